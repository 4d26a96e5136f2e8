import { expect, test } from "vitest";
import { openRoot } from "./files/marker.ts";
import { content, makeWorld, ROOT, type World } from "./downloads/testing/world.ts";
import { FileActions, type FileActionsPorts } from "./file_actions.ts";
import { writeRootId } from "./root_id.ts";

const ASSET = "mmf:object-1";

/** File actions on a model of two files, and what they did to the rest of the engine. */
async function makeActions(world: World, change: Partial<FileActionsPorts> = {}) {
  const { fs, store, ports } = world;
  await fs.remove(`${ROOT}/.mmfsync-root.json`);
  const { id } = await openRoot(fs, ROOT, { ...ports, expectedId: null });
  writeRootId(store, id);
  const ids = world.list(1, [
    { name: "a.stl", bytes: content(10) },
    { name: "b.stl", bytes: content(20) },
  ]);
  const told: string[] = [];
  const tell = (what: string) => () => void told.push(what);
  const actions = new FileActions({
    ...ports,
    news: { library: tell("library"), queue: tell("queue"), status: tell("status") },
    root: () => ROOT,
    requireWriter: () => {},
    busy: () => null,
    live: {
      drop: (fileIds) => Promise.resolve(void told.push(`drop ${fileIds.length}`)),
      alone: (work) => work(),
      goOn: tell("goOn"),
    },
    ...change,
  });
  return { actions, ids, told };
}

/** Puts a file on disk as a download does. */
async function fetched({ fs, store }: World, id: string): Promise<void> {
  const path = store.files.get(id)?.path ?? "";
  await fs.mkdir(`${ROOT}/${path.slice(0, path.lastIndexOf("/"))}`);
  await fs.writeTextAtomic(`${ROOT}/${path}`, "0123456789");
  const result = { sha256: "aa".repeat(32), size: 10, validator: null, revision: "1", at: 5 };
  store.files.markDownloaded(id, result);
  store.jobs.finish(id);
}

test("FileActions tells what changed, and has what it queues fetched", async () => {
  using world = makeWorld();
  const { actions, told } = await makeActions(world);
  await actions.refetch({ assetId: ASSET });
  expect(told.splice(0)).toEqual(["goOn", "library", "queue", "status"]);
  await actions.remove({ assetId: ASSET });
  expect(told.splice(0)).toEqual(["drop 2", "library", "queue", "status"]);
  await actions.restore({ assetId: ASSET });
  expect(told).toEqual(["goOn", "library", "queue", "status"]);
});

test("FileActions.refetch() puts files before all others, whatever became of their jobs", async () => {
  using world = makeWorld();
  const { store } = world;
  const { actions, ids: [a = "", b = ""] } = await makeActions(world);
  world.list(2, [{ name: "c.stl", bytes: content(30) }]);
  store.jobs.fail(a, "gone", "It is gone");
  store.jobs.pause({ fileIds: [b] });
  store.jobs.moveToFront({ assetId: "mmf:object-2" });
  expect(await actions.refetch({ assetId: ASSET })).toEqual({ queued: 2 });
  expect(store.jobs.list().rows.map(({ fileId, state }) => [fileId, state])).toEqual([
    [a, "queued"],
    [b, "queued"],
    ["mmf:object-2/file-1", "queued"],
  ]);
});

test("FileActions.refetch() changes nothing when nothing can be fetched", async () => {
  using world = makeWorld();
  const { store } = world;
  const { actions, ids } = await makeActions(world);
  await fetched(world, ids[0] ?? "");
  store.assets.setWanted({ ids: [ASSET] }, false);
  store.assets.setAvailability(ASSET, "locked");
  const before = store.files.byAsset(ASSET);
  await expect(actions.refetch({ assetId: ASSET })).rejects.toMatchObject({ kind: "gone" });
  expect(store.files.byAsset(ASSET)).toEqual(before);
  expect(store.assets.row(ASSET)?.wanted).toBe(false);
});

test("FileActions.remove() drops the jobs of what is not here yet, even before the first sync", async () => {
  using world = makeWorld();
  const { store } = world;
  const { actions, ids } = await makeActions(world);
  store.settings.remove("rootId");
  expect(await actions.remove({ assetId: ASSET })).toEqual({ removed: 2, bytes: 0 });
  expect(store.jobs.counts().queued).toBe(0);
  expect(store.removals.underWay()).toEqual([]);
  store.removals.takeBack(ids);
  await fetched(world, ids[0] ?? "");
  await expect(actions.remove({ assetId: ASSET })).rejects.toThrow(/sync once first/);
  expect(world.disk().size).toBe(1);
});

test("FileActions.remove() says which file could not be deleted, after it has deleted the others", async () => {
  using world = makeWorld();
  const { actions, ids } = await makeActions(world);
  for (const id of ids) await fetched(world, id);
  world.fs.onOperation = ({ name, path }) => {
    if (name === "remove" && path.endsWith("/a.stl")) throw new Error("It is open");
  };
  await expect(actions.remove({ assetId: ASSET })).rejects.toThrow();
  expect(world.store.files.byAsset(ASSET)).toMatchObject([{ removed: false }, { removed: true }]);
});

test("FileActions changes nothing while the library is being moved, but opens files", async () => {
  using world = makeWorld();
  const { actions, ids } = await makeActions(world, { busy: () => "move" });
  await fetched(world, ids[0] ?? "");
  for (const change of ["refetch", "remove", "restore"] as const) {
    await expect(actions[change]({ assetId: ASSET })).rejects.toThrow(/being moved/);
  }
  const { file, size } = await actions.open(ids[0] ?? "");
  file.close();
  expect(size).toBe(10);
});

test("FileActions.idle() waits for what is being done, so that nothing is moved beside it", async () => {
  using world = makeWorld();
  const { actions, ids } = await makeActions(world);
  for (const id of ids) await fetched(world, id);
  const removing = actions.remove({ assetId: ASSET });
  await actions.idle();
  expect([...world.disk().keys()].filter((path) => path.endsWith(".stl"))).toEqual([]);
  await removing;
});

test("FileActions.endRemovals() leaves what it cannot end for the next time", async () => {
  using world = makeWorld();
  const { store, log } = world;
  const { actions, ids } = await makeActions(world);
  await fetched(world, ids[0] ?? "");
  store.removals.begin(ids);
  const marker = await world.fs.readText(`${ROOT}/.mmfsync-root.json`);
  await world.fs.remove(`${ROOT}/.mmfsync-root.json`);
  await actions.endRemovals();
  expect(store.removals.underWay()).toHaveLength(2);
  expect(log.entries).toMatchObject([{ message: "Removals could not be ended" }]);
  await world.fs.writeTextAtomic(`${ROOT}/.mmfsync-root.json`, marker ?? "");
  await actions.endRemovals();
  expect(store.removals.underWay()).toEqual([]);
});
