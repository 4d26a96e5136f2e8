import { expect, test } from "vitest";
import { MARKER_NAME } from "../files/marker.ts";
import { readSidecar } from "../files/sidecar.ts";
import { SyncError } from "../platform/errors.ts";
import { writeAssetSidecar } from "./asset_sidecar.ts";
import { partPath } from "./part_path.ts";
import { removeFiles } from "./remove_files.ts";
import { content, makeWorld, ROOT, type World } from "./testing/world.ts";

const FOLDER = "mmf/Somebody/Model 1";
const A = `${FOLDER}/files/a.stl`;
const B = `${FOLDER}/files/b.stl`;
const SIDECAR = `${FOLDER}/datapackage.json`;

/** A model with two files that are here. */
async function filled(world: World): Promise<[first: string, second: string]> {
  const { fs, store } = world;
  const [first = "", second = ""] = world.list(1, [
    { name: "a.stl", bytes: content(10) },
    { name: "b.stl", bytes: content(20) },
  ]);
  await fs.mkdir(`${ROOT}/${FOLDER}/files`);
  for (const [id, path] of [[first, A], [second, B]] as const) {
    // Longer than what was downloaded: changed since.
    await fs.writeTextAtomic(`${ROOT}/${path}`, "changed by somebody");
    store.jobs.finish(id);
    const sha256 = "aa".repeat(32);
    store.files.markDownloaded(id, { sha256, size: 10, validator: null, revision: "1", at: 5 });
  }
  const assetId = "mmf:object-1";
  await writeAssetSidecar({ fs, store, root: ROOT, assetId, arrived: new Map(), at: 5 });
  return [first, second];
}

async function sidecarFiles(world: World) {
  const sidecar = await readSidecar(world.fs, `${ROOT}/${SIDECAR}`);
  return sidecar?.state === "ours" ? sidecar.sidecar.files : null;
}

test("removeFiles() deletes a file with its part, and says so in sidecar and history", async () => {
  using world = makeWorld();
  const { fs, store } = world;
  const [first] = await filled(world);
  await fs.writeTextAtomic(`${ROOT}/${partPath(A, first)}`, "half");
  store.parts.begin(first, { revision: "2", validator: null, size: 30, chunkSize: 8 });
  store.removals.begin([first]);
  expect(await removeFiles(world.ports)).toEqual({ files: 1, bytes: 19, error: null });
  expect([...world.disk().keys()]).toEqual([SIDECAR, B]);
  expect(store.parts.get(first)).toBeNull();
  expect(store.files.get(first)).toMatchObject({ removed: true, sha256: null });
  expect(await sidecarFiles(world)).toMatchObject([
    { id: "file-1", removed: true, sha256: null, downloadedAt: null },
    { id: "file-2", sha256: "aa".repeat(32) },
  ]);
  expect(store.history.query()).toMatchObject({
    total: 1,
    rows: [{ fileId: first, outcome: "removed", bytes: 19, title: "Model 1", name: "a.stl" }],
  });
});

test("removeFiles() takes empty folders away, and keeps what is the user's and what was replaced", async () => {
  using world = makeWorld();
  const { fs, store } = world;
  store.removals.begin(await filled(world));
  await fs.mkdir(`${ROOT}/${FOLDER}/.versions`);
  await fs.writeTextAtomic(`${ROOT}/${FOLDER}/.versions/a.old.stl`, "old");
  await fs.writeTextAtomic(`${ROOT}/${FOLDER}/mine.txt`, "mine");
  await removeFiles(world.ports);
  expect(await fs.stat(`${ROOT}/${FOLDER}/files`)).toBeNull();
  expect([...world.disk().keys()])
    .toEqual([`${FOLDER}/.versions/a.old.stl`, SIDECAR, `${FOLDER}/mine.txt`]);
});

test("removeFiles() makes nothing for a model of which nothing was ever here", async () => {
  using world = makeWorld();
  world.store.removals.begin(world.list(1, [{ name: "a.stl", bytes: content(10) }]));
  expect(await removeFiles(world.ports)).toMatchObject({ files: 1, bytes: 0 });
  expect([...world.disk().keys()]).toEqual([]);
  expect(world.store.removals.underWay()).toEqual([]);
});

test("removeFiles() counts what cannot be deleted as here again, and goes on with the rest", async () => {
  using world = makeWorld();
  const { fs, store } = world;
  const [first, second] = await filled(world);
  store.removals.begin([first, second]);
  fs.onOperation = ({ name, path }) => {
    if (name !== "remove" || path !== `${ROOT}/${A}`) return;
    throw new SyncError("retryable", "A slicer has it open");
  };
  expect(await removeFiles(world.ports))
    .toMatchObject({ files: 1, error: { message: "A slicer has it open" } });
  expect(store.files.get(first)).toMatchObject({ removed: false, sha256: "aa".repeat(32) });
  expect(store.files.get(second)).toMatchObject({ removed: true });
  expect(store.removals.underWay()).toEqual([]);
});

test("removeFiles() leaves the rest under way when the drive goes away, and ends it when it is back", async () => {
  using world = makeWorld();
  const { fs, store } = world;
  store.removals.begin(await filled(world));
  const marker = `${ROOT}/${MARKER_NAME}`;
  fs.onOperation = ({ name, path }) => {
    if (name === "stat" && path === marker) throw new SyncError("permission", "It is gone");
  };
  await expect(removeFiles(world.ports)).rejects.toMatchObject({ kind: "permission" });
  expect(store.removals.underWay()).toHaveLength(2);
  fs.onOperation = undefined;
  expect(await removeFiles(world.ports)).toMatchObject({ files: 2, error: null });
});

test("removeFiles() ends what a crash at any step left under way", async () => {
  for (let step = 1;; step++) {
    using world = makeWorld();
    const { fs, store } = world;
    store.removals.begin(await filled(world));
    let operations = 0;
    let crashed = false;
    fs.onOperation = () => {
      // From then on nothing happens any more, as after the end of a process.
      crashed ||= ++operations === step;
      if (crashed) throw new SyncError("permission", "Crash");
    };
    await removeFiles(world.ports).catch(() => {});
    fs.onOperation = undefined;
    await removeFiles(world.ports);
    expect([...world.disk().keys()]).toEqual([SIDECAR]);
    expect(store.removals.underWay()).toEqual([]);
    expect(await sidecarFiles(world)).toMatchObject([{ removed: true }, { removed: true }]);
    expect(store.history.query({ outcome: "removed" }).total).toBe(2);
    if (!crashed) break;
  }
});

test("removeFiles() deletes no folder that stands at a file's place", async () => {
  using world = makeWorld();
  const { fs, store } = world;
  const [first] = await filled(world);
  await fs.remove(`${ROOT}/${A}`);
  await fs.mkdir(`${ROOT}/${A}`);
  store.removals.begin([first]);
  expect(await removeFiles(world.ports)).toMatchObject({ files: 0, error: { kind: "permission" } });
  expect(await fs.stat(`${ROOT}/${A}`)).toMatchObject({ kind: "directory" });
});
