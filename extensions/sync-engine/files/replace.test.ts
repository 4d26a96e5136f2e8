import { join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { keepOldVersion } from "./replace.ts";

const ROOT = "/library";
const FOLDER = "Site/Maker/Dragon";
const PATH = `${FOLDER}/files/body.tar.gz`;
const VERSION = /^Site\/Maker\/Dragon\/\.versions\/body\.20260131T123456Z-[0-9a-f]{8}\.tar\.gz$/;

async function withFile(text: string): Promise<MemoryFs> {
  const fs = new MemoryFs({ now: () => Date.UTC(2026, 0, 31, 12, 34, 56, 789) });
  await fs.mkdir(`${ROOT}/${FOLDER}/files`);
  await fs.writeTextAtomic(`${ROOT}/${PATH}`, text);
  return fs;
}

test("keepOldVersion() moves the file to a name that tells its time", async () => {
  const fs = await withFile("old");
  const kept = await keepOldVersion(fs, ROOT, PATH);
  expect(kept).toMatch(VERSION);
  expect([...fs.files().keys()]).toEqual([`${ROOT}/${kept}`]);
  expect(await fs.readText(`${ROOT}/${kept}`)).toBe("old");
});

test("keepOldVersion() overwrites nothing, not even its like of the same second", async () => {
  const fs = await withFile("one");
  const first = await keepOldVersion(fs, ROOT, PATH);
  await fs.writeTextAtomic(`${ROOT}/${PATH}`, "two");
  const second = await keepOldVersion(fs, ROOT, PATH);
  expect(second).toMatch(VERSION);
  expect(second).not.toBe(first);
  expect(await fs.readText(`${ROOT}/${first}`)).toBe("one");
  expect(await fs.readText(`${ROOT}/${second}`)).toBe("two");
});

test("keepOldVersion() has its folder on stable storage before it moves a file there, and the move before it resolves", async () => {
  const fs = await withFile("old");
  const done: string[] = [];
  fs.onOperation = ({ name, path }) => void done.push(`${name} ${path.slice(ROOT.length)}`);
  await keepOldVersion(fs, ROOT, PATH);
  expect(done.filter((step) => !step.startsWith("stat"))).toEqual([
    `mkdir /${FOLDER}/.versions`,
    `syncDir /${FOLDER}`,
    `rename /${PATH}`,
    `syncDir /${FOLDER}/.versions`,
  ]);
});

test("keepOldVersion() is null when nothing stands there", async () => {
  const fs = new MemoryFs();
  expect(await keepOldVersion(fs, ROOT, PATH)).toBe(null);
  expect(await fs.stat(ROOT)).toBe(null);
});

test("keepOldVersion() moves even a folder out of the way", async () => {
  const fs = new MemoryFs();
  await fs.mkdir(`${ROOT}/${PATH}/inner`);
  const kept = await keepOldVersion(fs, ROOT, PATH);
  expect((await fs.stat(`${ROOT}/${kept}/inner`))?.kind).toBe("directory");
});

test("keepOldVersion() shortens a name that would become too long, on a real disk", async () => {
  const root = Deno.makeTempDirSync();
  try {
    const files = join(root, "Site", "Maker", "Dragon", "files");
    Deno.mkdirSync(files, { recursive: true });
    const name = "龍".repeat(83) + ".stl";
    Deno.writeTextFileSync(join(files, name), "old");
    const kept = await keepOldVersion(createDiskFs(), root, `${FOLDER}/files/${name}`);
    expect(kept).toMatch(/\/龍+\.\d{8}T\d{6}Z-[0-9a-f]{8}\.stl$/);
    expect(Deno.readTextFileSync(join(root, ...(kept ?? "").split("/")))).toBe("old");
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

test("keepOldVersion() stays below the root", async () => {
  await expect(keepOldVersion(new MemoryFs(), ROOT, "../x")).rejects.toThrow("leaves the library");
});
