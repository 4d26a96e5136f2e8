import fc from "fast-check";
import { expect, test } from "vitest";
import { pathKey } from "./fold_path.ts";
import { createLayout, type Layout } from "./layout.ts";
import { isRelativePath } from "./resolve_in_root.ts";
import { safeName } from "./safe_name.ts";
import { oddName } from "./testing/odd_names.ts";
import { segmentFaults } from "./testing/segment_faults.ts";

const FREE = () => false;
const DRAGON = {
  provider: "MyMiniFactory",
  creator: "Loot Studios",
  title: "Dragon v1.5",
  id: "object-200",
};
const FOLDER = "MyMiniFactory/Loot Studios/Dragon v1.5";

test("Layout.assetFolder() is provider, creator and model", () => {
  expect(createLayout({ taken: FREE }).assetFolder(DRAGON)).toBe(FOLDER);
});

test.each([null, "", "  "])("Layout.assetFolder() has a folder for the creator %j", (creator) => {
  expect(createLayout({ taken: FREE }).assetFolder({ ...DRAGON, creator }))
    .toBe("MyMiniFactory/Unknown creator/Dragon v1.5");
});

test("Layout.assetFolder() takes no name for a path", () => {
  const odd = { provider: "../x", creator: "/etc", title: "..\\..\\Windows", id: "object-1" };
  expect(createLayout({ taken: FREE }).assetFolder(odd)).toBe("_._x/_etc/_._.._Windows");
});

test("Layout.assetFolder() appends the id, then a hash, to what is taken", () => {
  const layout = createLayout({ taken: (key) => key === pathKey(FOLDER) });
  expect(layout.assetFolder(DRAGON)).toBe(`${FOLDER} (object-200)`);
  const third = layout.assetFolder({ ...DRAGON, title: "DRAGON V1.5" });
  expect(third).toMatch(/^MyMiniFactory\/Loot Studios\/DRAGON V1\.5 \([0-9a-f]{8}\)$/);
  const fourth = layout.assetFolder({ ...DRAGON, title: "DRAGON V1.5" });
  expect(fourth).not.toBe(third);
});

test("Layout.assetFolder() goes straight to a hash where a long id has no room", () => {
  const long = {
    provider: "p".repeat(40),
    creator: "c".repeat(60),
    title: "ᔺ",
    id: "i".repeat(40),
  };
  const layout = createLayout({ taken: FREE });
  const first = layout.assetFolder(long);
  expect(layout.assetFolder(long)).toMatch(new RegExp(`^${first} \\([0-9a-f]{8}\\)$`));
});

test("Layout.filePath() sorts models and images", () => {
  const layout = createLayout({ taken: FREE });
  expect(layout.filePath(FOLDER, { kind: "model", name: "body.stl", id: "file-1" }))
    .toBe(`${FOLDER}/files/body.stl`);
  expect(layout.filePath(FOLDER, { kind: "image", name: "body.stl", id: "image-1" }))
    .toBe(`${FOLDER}/renders/body.stl`);
});

test("Layout.filePath() puts the id before the extension of what is taken", () => {
  const layout = createLayout({ taken: FREE });
  const path = (name: string, id: string) => layout.filePath(FOLDER, { kind: "model", name, id });
  expect(path("a.zip", "archive-1")).toBe(`${FOLDER}/files/a.zip`);
  expect(path("A.ZIP", "archive-2")).toBe(`${FOLDER}/files/A (archive-2).ZIP`);
  expect(path("a.zip", "archive-2")).toMatch(/\/a \([0-9a-f]{8}\)\.zip$/);
  expect(path("a.tar.gz", "archive-3")).toBe(`${FOLDER}/files/a.tar.gz`);
  expect(path("a.tar.gz", "archive-4")).toBe(`${FOLDER}/files/a (archive-4).tar.gz`);
  expect(path("straße.stl", "file-5")).toBe(`${FOLDER}/files/straße.stl`);
  expect(path("STRASSE.stl", "file-6")).toBe(`${FOLDER}/files/STRASSE (file-6).stl`);
});

test("Layout.filePath() goes straight to a hash where an id is no ASCII", () => {
  const layout = createLayout({ taken: (key) => key.endsWith("/a.zip") });
  expect(layout.filePath(FOLDER, { kind: "model", name: "a.zip", id: "龍".repeat(40) }))
    .toMatch(/\/a \([0-9a-f]{8}\)\.zip$/);
});

test("Layout.filePath() keeps a folder that is longer than the layout makes", () => {
  const folder = `${"p".repeat(100)}/${"c".repeat(100)}/${"m".repeat(100)}`;
  const name = "n".repeat(300) + ".stl";
  const path = createLayout({ taken: FREE }).filePath(folder, {
    kind: "model",
    name,
    id: "file-1",
  });
  expect(path).toBe(`${folder}/files/${"n".repeat(76)}.stl`);
});

const asset = fc.record({
  provider: oddName,
  creator: fc.option(oddName),
  title: oddName,
  id: fc.oneof(oddName, fc.constantFrom("object-1", "OBJECT-1", "object-2")),
});
const file = fc.record({
  kind: fc.constantFrom("model" as const, "image" as const),
  name: oddName,
  id: fc.oneof(oddName, fc.constantFrom("file-1", "FILE-1", "file-2")),
});
/** Few different names, so that most of them collide. */
const alike = fc.record({
  kind: fc.constantFrom("model" as const, "image" as const),
  name: fc.constantFrom("a.stl", "A.STL", "a .stl", "a (file-1).stl", "é", "e\u0301", "ß", "SS"),
  id: fc.constantFrom("file-1", "FILE-1", "file-2"),
});

function paths(layout: Layout, library: { asset: AssetOf; files: FileOf[] }[]): string[] {
  return library.flatMap(({ asset, files }) => {
    const folder = layout.assetFolder(asset);
    return [folder, ...files.map((one) => layout.filePath(folder, one))];
  });
}
type AssetOf = Parameters<Layout["assetFolder"]>[0];
type FileOf = Parameters<Layout["filePath"]>[1];

const library = fc.array(
  fc.record({ asset, files: fc.array(fc.oneof(file, alike), { maxLength: 8 }) }),
  { maxLength: 5 },
);

test("Layout gives every file a path of its own: valid, below the root, not too long, the same again", () => {
  fc.assert(
    fc.property(library, fc.func(fc.boolean()), (library, chance) => {
      // Half of the first candidates are taken by somebody else.
      const others = new Set<string>();
      const seen = new Map<string, boolean>();
      const taken = (key: string) => {
        const known = seen.get(key) ?? (seen.size % 2 === 0 && chance(key) === true);
        seen.set(key, known);
        if (known) others.add(key);
        return known;
      };
      const made = paths(createLayout({ taken }), library);
      const keys = made.map(pathKey);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.filter((key) => others.has(key))).toEqual([]);
      for (const path of made) {
        expect(isRelativePath(path)).toBe(true);
        expect(path.length).toBeLessThanOrEqual(240);
        const segments = path.split("/");
        expect(segments.flatMap(segmentFaults)).toEqual([]);
        expect([3, 5]).toContain(segments.length);
        for (const [at, segment] of segments.entries()) {
          if (at !== 3) expect(safeName(segment)).toBe(segment);
        }
      }
      expect(paths(createLayout({ taken: (key) => others.has(key) }), library)).toEqual(made);
    }),
    { numRuns: 200 },
  );
});
