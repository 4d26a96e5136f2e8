import fc from "fast-check";
import { expect, test } from "vitest";
import { pathKey } from "../fold_path.ts";
import { type ListedEntry, placeEntries } from "./entry_paths.ts";

function entry(filename: string, more: Partial<ListedEntry> = {}): ListedEntry {
  return {
    filename,
    directory: false,
    encrypted: false,
    uncompressedSize: 1,
    compressedSize: 1,
    ...more,
  };
}

const pathsOf = (...names: string[]) =>
  placeEntries(names.map((name) => entry(name))).placed.map(({ segments }) => segments.join("/"));

test.each([
  "../evil.sh",
  "a/../../evil",
  "/etc/passwd",
  "C:\\Windows\\evil.dll",
  "a\\..\\..\\evil",
])(
  "placeEntries() unpacks nothing to %s",
  (name) => {
    expect(placeEntries([entry(name)])).toEqual({
      placed: [],
      skipped: [{ name, reason: "leadsOut" }],
    });
  },
);

test("placeEntries() leaves links and what takes a password out, and says so", () => {
  const link = entry("link", { externalFileAttributes: (0o120777 << 16) >>> 0 });
  const secret = entry("secret", { encrypted: true });
  expect(placeEntries([link, secret]).skipped).toEqual([
    { name: "link", reason: "link" },
    { name: "secret", reason: "encrypted" },
  ]);
});

test("placeEntries() passes over folders and what systems put into archives", () => {
  const all = [
    entry("a/", { directory: true }),
    entry("__MACOSX/._a.stl"),
    entry("b/.DS_Store"),
    entry("a/b.stl"),
  ];
  const { placed, skipped } = placeEntries(all);
  expect(placed.map(({ segments }) => segments)).toEqual([["a", "b.stl"]]);
  expect(skipped).toEqual([]);
});

test("placeEntries() makes names safe and gives twins places of their own", () => {
  expect(pathsOf("CON.stl", "a.stl", "A.STL", "./a.stl")).toEqual([
    expect.not.stringMatching(/^con\.stl$/i),
    "a.stl",
    "A (2).STL",
    "a (3).stl",
  ]);
});

test("placeEntries() puts no file where another has a folder", () => {
  expect(pathsOf("a", "a/b")).toEqual(["a", "a (2)/b"]);
  expect(pathsOf("a/b", "a")).toEqual(["a/b", "a (2)"]);
});

test("placeEntries() keeps all within the folder and apart, whatever the names are", () => {
  const part = fc.oneof(
    fc.constantFrom("..", ".", "", "a", "A", "CON", "a.", "\u202e", "a\u0301", "á"),
    fc.string({ unit: "binary", maxLength: 12 }),
  );
  const name = fc.array(part, { minLength: 1, maxLength: 4 }).chain((parts) =>
    fc.constantFrom("/", "\\").map((separator) => parts.join(separator))
  );
  fc.assert(fc.property(fc.array(name, { maxLength: 20 }), (names) => {
    const { placed } = placeEntries(names.map((one) => entry(one)));
    const paths = placed.map(({ segments }) => segments.join("/"));
    for (const { segments } of placed) {
      for (const segment of segments) {
        expect(segment).not.toMatch(/^\.{0,2}$|[/\\\0]/);
      }
    }
    const keys = paths.map(pathKey);
    expect(new Set(keys).size).toBe(keys.length);
    // No file is a folder of another.
    for (const key of keys) expect(keys.some((other) => other.startsWith(`${key}/`))).toBe(false);
  }));
});
