import fc from "fast-check";
import { expect, test } from "vitest";
import { formatSidecar, type ParsedSidecar, parseSidecar, type Sidecar } from "./datapackage.ts";
import { isRelativePath } from "./resolve_in_root.ts";

const SHA = "ab".repeat(32);

const SIDECAR: Sidecar = {
  provider: "mmf",
  assetId: "object-200",
  revision: "r1",
  title: "Dragon",
  creator: "Loot Studios",
  description: "A dragon.",
  url: "https://www.myminifactory.com/object/3d-print-dragon-200",
  license: "CC-BY-4.0",
  tags: ["dragon", "32mm"],
  image: "renders/Big View.jpg",
  files: [
    {
      id: "archive-33",
      kind: "model",
      name: "Dragon: body.zip",
      path: "files/Dragon_ body.zip",
      sha256: SHA,
      size: 123,
      validator: '"etag"',
      revision: "f1",
      downloadedAt: Date.UTC(2026, 0, 31, 12),
    },
    {
      id: "image-1",
      kind: "image",
      name: "Big View.jpg",
      path: "renders/Big View.jpg",
      sha256: null,
      size: null,
      validator: null,
      revision: null,
      downloadedAt: null,
    },
    {
      id: "file-2",
      kind: "model",
      name: "tail.stl",
      path: "files/tail.stl",
      sha256: SHA,
      size: 5,
      validator: null,
      revision: "f2",
      downloadedAt: 0,
      removed: true,
    },
  ],
};

function ours(text: string): Sidecar {
  const parsed = parseSidecar(text);
  if (parsed.state !== "ours") throw new Error(`Not ours: ${JSON.stringify(parsed)}`);
  return parsed.sidecar;
}

test("formatSidecar() writes the fields that other programs read", () => {
  const document = JSON.parse(formatSidecar(SIDECAR));
  const { mmfsync, ...frictionless } = document;
  expect(frictionless).toEqual({
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: "mmf-object-200",
    title: "Dragon",
    description: "A dragon.",
    homepage: "https://www.myminifactory.com/object/3d-print-dragon-200",
    image: "renders/Big View.jpg",
    keywords: ["dragon", "32mm"],
    licenses: [{ name: "CC-BY-4.0" }],
    contributors: [{ title: "Loot Studios", roles: ["creator"] }],
    resources: [{
      name: "files-dragon_-body.zip",
      title: "Dragon: body.zip",
      path: "files/Dragon_ body.zip",
      mediatype: "application/zip",
      bytes: 123,
      hash: `sha256:${SHA}`,
    }],
  });
  expect(mmfsync).toMatchObject({ format: 1, provider: "mmf", assetId: "object-200" });
  expect(mmfsync.files[0].downloadedAt).toBe("2026-01-31T12:00:00.000Z");
});

test("formatSidecar() leaves out what is not known", () => {
  const bare = { ...SIDECAR, description: null, url: null, license: null, creator: null, tags: [] };
  const keys = Object.keys(JSON.parse(formatSidecar({ ...bare, image: null, files: [] })));
  expect(keys).toEqual(["$schema", "name", "title", "resources", "mmfsync"]);
});

test("formatSidecar() names a license only by an SPDX id", () => {
  const licenses = (license: string) =>
    JSON.parse(formatSidecar({ ...SIDECAR, license })).licenses[0];
  expect(licenses("CC-BY-NC-SA-4.0")).toEqual({ name: "CC-BY-NC-SA-4.0" });
  expect(licenses("Download - Share - Credit")).toEqual({
    title: "Download - Share - Credit",
    path: SIDECAR.url,
  });
  expect(ours(formatSidecar({ ...SIDECAR, license: "All mine" })).license).toBe("All mine");
});

test("formatSidecar() gives each resource a name of its own", () => {
  const [first] = SIDECAR.files;
  if (!first) throw new Error("No file");
  const files = ["files/a b.stl", "files/a-b.stl", "files/龍.stl", "files/虎.stl", "龍"]
    .map((path) => ({ ...first, path }));
  const { resources } = JSON.parse(formatSidecar({ ...SIDECAR, files }));
  expect(resources.map((one: { name: string }) => one.name))
    .toEqual(["files-a-b.stl", "files-a-b.stl-2", "files-.stl", "files-.stl-2", "unnamed"]);
});

test("formatSidecar() carries over what other programs wrote", () => {
  const foreign = JSON.stringify({
    title: "Old title",
    caption: "Mine",
    collections: [{ title: "Dragons" }],
    resources: [
      { path: "files/Dragon_ body.zip", up: "+y", presupported: true, bytes: 1 },
      { path: "files/tail.stl" },
      { path: "notes.txt", description: "My notes" },
      "odd",
    ],
  });
  const previous = parseSidecar("\ufeff" + foreign);
  expect(previous.state).toBe("foreign");
  const text = formatSidecar(SIDECAR, previous);
  expect(JSON.parse(text)).toMatchObject({
    title: "Dragon",
    caption: "Mine",
    collections: [{ title: "Dragons" }],
    resources: [
      { path: "files/Dragon_ body.zip", up: "+y", presupported: true, bytes: 123 },
      { path: "notes.txt", description: "My notes" },
    ],
  });
  expect(formatSidecar(SIDECAR, parseSidecar(text))).toBe(text);
});

test("formatSidecar() drops a resource that it wrote itself and that is gone", () => {
  const text = formatSidecar(SIDECAR);
  const later = formatSidecar({ ...SIDECAR, files: [] }, parseSidecar(text));
  expect(JSON.parse(later).resources).toEqual([]);
});

test("formatSidecar() starts anew where the previous one is damaged", () => {
  const previous: ParsedSidecar = { state: "damaged", reason: "It is not JSON" };
  expect(formatSidecar(SIDECAR, previous)).toBe(formatSidecar(SIDECAR));
});

const block = JSON.parse(formatSidecar(SIDECAR)).mmfsync;
test.each([
  ["", "It is not JSON"],
  ["{", "It is not JSON"],
  ["[]", "It is not a JSON object"],
  ["null", "It is not a JSON object"],
  [JSON.stringify({ mmfsync: null }), "not understood"],
  [JSON.stringify({ mmfsync: { ...block, format: 2 } }), '"format"'],
  [JSON.stringify({ mmfsync: { ...block, files: [{}] } }), '"files.0.id"'],
  ...["../x", "/etc/passwd", "a\\b", "C:x", ""].map((path) => [
    JSON.stringify({ mmfsync: { ...block, files: [{ ...block.files[0], path }] } }),
    "Path leaves the model folder",
  ]),
  [
    JSON.stringify({ mmfsync: { ...block, files: [{ ...block.files[0], sha256: "AB" }] } }),
    "sha256",
  ],
  [JSON.stringify({ mmfsync: { ...block, files: [{ ...block.files[0], size: -1 }] } }), "size"],
  [
    JSON.stringify({ mmfsync: { ...block, files: [{ ...block.files[0], downloadedAt: "x" }] } }),
    "Not a date",
  ],
])("parseSidecar() says why %s is damaged", (text, reason) => {
  expect(parseSidecar(text)).toMatchObject({ state: "damaged" });
  expect(JSON.stringify(parseSidecar(text))).toContain(JSON.stringify(reason).slice(1, -1));
});

test("parseSidecar() forgives what others did to the common fields", () => {
  const edited = { ...JSON.parse(formatSidecar(SIDECAR)), title: 5, keywords: "x", homepage: [] };
  expect(ours(JSON.stringify({ ...edited, image: "../x", description: false }))).toEqual({
    ...SIDECAR,
    title: "",
    tags: [],
    url: null,
    image: null,
    description: null,
  });
});

test("parseSidecar() never throws", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    expect(["foreign", "damaged"]).toContain(parseSidecar(text).state);
  }));
});

const text = fc.string({ unit: "binary" });
const path = text.filter(isRelativePath);
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of);
const sidecar: fc.Arbitrary<Sidecar> = fc.record({
  provider: text,
  assetId: text,
  revision: text,
  title: text,
  creator: orNull(text),
  description: orNull(text),
  url: orNull(fc.webUrl()),
  license: orNull(text),
  tags: fc.array(text),
  image: orNull(path),
  files: fc.array(fc.record({
    id: text,
    kind: fc.constantFrom("model" as const, "image" as const),
    name: text,
    path,
    sha256: orNull(fc.stringMatching(/^[0-9a-f]{64}$/)),
    size: orNull(fc.maxSafeNat()),
    validator: orNull(text),
    revision: orNull(text),
    downloadedAt: orNull(fc.date({ noInvalidDate: true }).map((date) => date.getTime())),
    removed: fc.boolean(),
  }, {
    requiredKeys: [
      "id",
      "kind",
      "name",
      "path",
      "sha256",
      "size",
      "validator",
      "revision",
      "downloadedAt",
    ],
  })),
});

test("parseSidecar() reads back what formatSidecar() wrote, over whatever stood there", () => {
  fc.assert(
    fc.property(sidecar, orNull(fc.oneof(sidecar.map((one) => formatSidecar(one)), fc.json())), (
      written,
      before,
    ) => {
      const text = formatSidecar(written, before === null ? null : parseSidecar(before));
      expect(ours(text)).toEqual(written);
      expect(formatSidecar(ours(text), parseSidecar(text))).toBe(text);
    }),
  );
});
