import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { findExtras } from "./find_extras.ts";
import { pathKey } from "./fold_path.ts";

const ROOT = "/library";
const MODEL = "Site/Maker/Dragon";

async function treeOf(paths: readonly string[]): Promise<MemoryFs> {
  const fs = new MemoryFs();
  for (const path of paths) {
    await fs.mkdir(dirname(`${ROOT}/${path}`));
    await fs.writeTextAtomic(`${ROOT}/${path}`, "x");
  }
  return fs;
}

function nothing(): boolean {
  return false;
}

test("findExtras() finds what no row knows, in order", async () => {
  const known = new Set([pathKey(`${MODEL}/files/BODY.stl`)]);
  const fs = await treeOf([
    `${MODEL}/renders/z.jpg`,
    `${MODEL}/files/body.STL`,
    `${MODEL}/files/deep/er/a.stl`,
    `${MODEL}/notes.txt`,
    "Site/Maker/Another/files/b.stl",
  ]);
  expect(await Array.fromAsync(findExtras(fs, ROOT, (key) => known.has(key)))).toEqual([
    "Site/Maker/Another/files/b.stl",
    `${MODEL}/files/deep/er/a.stl`,
    `${MODEL}/notes.txt`,
    `${MODEL}/renders/z.jpg`,
  ]);
});

test("findExtras() looks only into model folders", async () => {
  const fs = await treeOf(["a.txt", "Site/b.txt", "Site/Maker/c.txt", ".mmfsync-root.json"]);
  expect(await Array.fromAsync(findExtras(fs, ROOT, nothing))).toEqual([]);
});

test.each([
  ...["datapackage.json", "datapackage.json.damaged", "datapackage.json.damaged-2"],
  ...[".versions/a.20260101T000000Z-01234567.stl", ".versions/deep/a.stl", "files/a.stl.0f3.part"],
  ...[".12345678-1234.tmp", "files/.DS_Store", "files/Thumbs.db", "desktop.ini", "files/._a.stl"],
  ...["@eaDir/a.jpg", ".nfs0000000001", ".Trash-1000/files/a.stl", "Icon\r", ".directory"],
])("findExtras() leaves out %j", async (path) => {
  const fs = await treeOf([`${MODEL}/${path}`]);
  expect(await Array.fromAsync(findExtras(fs, ROOT, nothing))).toEqual([]);
});

test.each(["files/a.partial", "files/.hidden.stl", "files/datapackage.json.bak", "a.tmp"])(
  "findExtras() does not leave out %j",
  async (path) => {
    const fs = await treeOf([`${MODEL}/${path}`]);
    expect(await Array.fromAsync(findExtras(fs, ROOT, nothing))).toEqual([`${MODEL}/${path}`]);
  },
);

test("findExtras() finds nothing where there is no library", async () => {
  expect(await Array.fromAsync(findExtras(new MemoryFs(), ROOT, nothing))).toEqual([]);
});

test("findExtras() keeps to the folders that it is given", async () => {
  const other = "Site/Maker/Another";
  const fs = await treeOf([`${MODEL}/a.txt`, `${other}/files/b.txt`, "Site/Else/Third/c.txt"]);
  const below = [other, MODEL, other, "Site/Maker/Missing"];
  expect(await Array.fromAsync(findExtras(fs, ROOT, nothing, { below })))
    .toEqual([`${other}/files/b.txt`, `${MODEL}/a.txt`]);
  expect(await Array.fromAsync(findExtras(fs, ROOT, nothing, { below: [] }))).toEqual([]);
});

test("findExtras() follows no link, on a real disk", async () => {
  const root = Deno.makeTempDirSync();
  try {
    const files = join(root, "Site", "Maker", "Dragon", "files");
    Deno.mkdirSync(files, { recursive: true });
    Deno.writeTextFileSync(join(files, "a.stl"), "x");
    Deno.symlinkSync(root, join(files, "loop"));
    const found = await Array.fromAsync(findExtras(createDiskFs(), root, nothing));
    expect(found).toEqual([`${MODEL}/files/a.stl`]);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

test("findExtras() stops when the signal aborts", async () => {
  const stop = new AbortController();
  const fs = await treeOf([`${MODEL}/a.stl`, "Site/Maker/Other/b.stl"]);
  const found: string[] = [];
  const search = async () => {
    for await (const path of findExtras(fs, ROOT, nothing, { signal: stop.signal })) {
      found.push(path);
      stop.abort();
    }
  };
  await expect(search()).rejects.toMatchObject({ kind: "cancelled" });
  expect(found).toEqual([`${MODEL}/a.stl`]);
});
