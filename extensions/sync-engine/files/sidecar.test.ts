import { join } from "node:path";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { createDiskFs } from "../platform/fs.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import type { Sidecar } from "./datapackage.ts";
import { readSidecar, writeSidecar } from "./sidecar.ts";

const FOLDER = "MyMiniFactory/Loot/Dragon";
const PATH = `/library/${FOLDER}/datapackage.json`;
const SIDECAR: Sidecar = {
  provider: "mmf",
  assetId: "object-200",
  revision: "r1",
  title: "Dragon",
  creator: null,
  description: null,
  url: null,
  license: null,
  tags: [],
  image: null,
  files: [],
};

async function withText(text: string): Promise<MemoryFs> {
  const fs = new MemoryFs();
  await fs.mkdir(`/library/${FOLDER}`);
  await fs.writeTextAtomic(PATH, text);
  return fs;
}

test("writeSidecar() and readSidecar() work on a real disk", async () => {
  const root = Deno.makeTempDirSync();
  try {
    const fs = createDiskFs();
    await writeSidecar(fs, root, FOLDER, SIDECAR);
    const path = join(root, ...FOLDER.split("/"), "datapackage.json");
    expect(await readSidecar(fs, path)).toMatchObject({ state: "ours", sidecar: SIDECAR });
    await writeSidecar(fs, root, FOLDER, { ...SIDECAR, title: "Drake" }, { sync: false });
    expect(await readSidecar(fs, path)).toMatchObject({ sidecar: { title: "Drake" } });
    expect([...Deno.readDirSync(join(root, ...FOLDER.split("/")))]).toHaveLength(1);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

test("readSidecar() is null where there is none", async () => {
  expect(await readSidecar(new MemoryFs(), PATH)).toBe(null);
});

test("writeSidecar() writes nothing when nothing changed", async () => {
  const fs = new MemoryFs();
  await writeSidecar(fs, "/library", FOLDER, SIDECAR);
  const done: string[] = [];
  fs.onOperation = ({ name }) => void done.push(name);
  await writeSidecar(fs, "/library", FOLDER, SIDECAR);
  expect(done).toEqual(["stat", "readText"]);
});

test("writeSidecar() keeps what another program wrote", async () => {
  const fs = await withText('{"title": "Mine", "caption": "Hand-painted"}');
  await writeSidecar(fs, "/library", FOLDER, SIDECAR);
  expect(JSON.parse((await fs.readText(PATH)) ?? "")).toMatchObject({
    title: "Dragon",
    caption: "Hand-painted",
  });
  expect([...fs.files().keys()]).toEqual([PATH]);
});

test("writeSidecar() keeps damaged ones aside, however many", async () => {
  const fs = await withText('{"title": "Mi');
  await writeSidecar(fs, "/library", FOLDER, SIDECAR);
  await fs.writeTextAtomic(PATH, "\0\0\0");
  await writeSidecar(fs, "/library", FOLDER, SIDECAR);
  expect(await readSidecar(fs, PATH)).toMatchObject({ state: "ours" });
  expect(await fs.readText(`${PATH}.damaged`)).toBe('{"title": "Mi');
  expect(await fs.readText(`${PATH}.damaged-2`)).toBe("\0\0\0");
});

test("writeSidecar() keeps aside what is no file", async () => {
  const fs = new MemoryFs();
  await fs.mkdir(PATH);
  expect(await readSidecar(fs, PATH)).toEqual({ state: "damaged", reason: "It is not a file" });
  await writeSidecar(fs, "/library", FOLDER, SIDECAR);
  expect(await readSidecar(fs, PATH)).toMatchObject({ state: "ours" });
  expect((await fs.stat(`${PATH}.damaged`))?.kind).toBe("directory");
});

test("readSidecar() does not read what is too large to be one", async () => {
  const fs = await withText("{}");
  const file = await fs.open(PATH, { write: true });
  await file.truncate(65 * 1024 * 1024);
  file.close();
  expect(await readSidecar(fs, PATH))
    .toEqual({ state: "damaged", reason: "It has 68157440 bytes" });
});

test("readSidecar() tells a file that may not be read from a disk that fails", async () => {
  const fs = await withText("{}");
  fs.onOperation = ({ name }) => {
    if (name === "readText") throw new SyncError("permission", "Not allowed");
  };
  expect(await readSidecar(fs, PATH)).toEqual({ state: "damaged", reason: "Not allowed" });
  fs.onOperation = ({ name }) => {
    if (name === "readText") throw new SyncError("retryable", "Try again");
  };
  await expect(readSidecar(fs, PATH)).rejects.toThrow("Try again");
  await expect(writeSidecar(fs, "/library", FOLDER, SIDECAR)).rejects.toThrow("Try again");
});

test("writeSidecar() stays below the root", async () => {
  const fs = new MemoryFs();
  await expect(writeSidecar(fs, "/library", "../x", SIDECAR)).rejects.toThrow("leaves the library");
  expect(fs.files().size).toBe(0);
});
