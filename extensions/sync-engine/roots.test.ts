import { join } from "node:path";
import { expect, test } from "vitest";
import { MARKER_NAME } from "./files/marker.ts";
import { SyncError } from "./platform/errors.ts";
import { readRootId } from "./root_id.ts";
import { readRootMove } from "./root_move.ts";
import {
  LIBRARY_ID,
  type MovingLibrary,
  movingLibrary,
  NEW,
  NOTE,
  OLD,
  refuseRenames,
  sha256,
} from "./testing/moving_library.ts";

/** The library is where it is said to be, whole, and nowhere else. */
async function expectAt(scene: MovingLibrary, root: string): Promise<void> {
  const { fs, belongings, store } = scene;
  const other = root === OLD ? NEW : OLD;
  expect(scene.root()).toBe(root);
  const here = scene.files(root);
  const there = scene.files(other);
  for (const [path, hash] of belongings) expect([path, here.get(path)]).toEqual([path, hash]);
  expect([...there.keys()].filter((path) => belongings.has(path))).toEqual([]);
  expect(await fs.stat(join(root, MARKER_NAME))).not.toBe(null);
  expect(await fs.stat(join(other, MARKER_NAME))).toBe(null);
  expect(await fs.readText(NOTE)).toBe("mine, beside the models");
  expect(readRootMove(store)).toBe(null);
}

for (const oneVolume of [true, false]) {
  const where = oneVolume ? "within a volume" : "to another volume";

  test(`run() moves the library ${where}, and only what belongs to it`, async () => {
    using scene = await movingLibrary({ oneVolume });
    expect(await scene.roots().run({ path: NEW, how: "move" })).toBe(NEW);
    await expectAt(scene, NEW);
    expect([...scene.files(OLD).keys()]).toEqual(["note.txt"]);
    expect(scene.files(NEW)).toEqual(scene.belongings);
    expect(scene.store.assets.summary({}).filesHere).toBe(3);
    expect(readRootId(scene.store)).toBe(LIBRARY_ID);
    expect(scene.heard.at(-1)?.[0]).toBe("settingsChanged");
  });

  test(`run() moves the library ${where} and back again`, async () => {
    using scene = await movingLibrary({ oneVolume });
    await scene.roots().run({ path: NEW, how: "move" });
    await scene.roots().run({ path: OLD, how: "move" });
    await expectAt(scene, OLD);
    expect(await scene.fs.stat(NEW)).toBe(null);
  });
}

test("run() tells how far a copy is, and that it is whole", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  await scene.roots().run({ path: NEW, how: "move" });
  const progress = scene.heard.filter(([event]) => event === "rootProgress").map(([, data]) =>
    data
  );
  const bytes = [...scene.belongings.keys()].reduce(
    (sum, path) => sum + (scene.fs.files().get(join(NEW, path))?.length ?? 0),
    0,
  );
  const of = { ofFiles: scene.belongings.size, ofBytes: bytes };
  expect(progress[0]).toEqual({ files: 0, bytes: 0, ...of });
  expect(progress.at(-1)).toEqual({ files: of.ofFiles, bytes, ...of });
});

test("run() puts all back when it is stopped in the middle of a copy", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  const stop = new AbortController();
  let copied = 0;
  scene.fs.onOperation = (operation) => {
    refuseRenames(operation);
    if (operation.name === "file.sync" && ++copied === 4) {
      stop.abort(new SyncError("cancelled", "Stopped"));
    }
  };
  const attempt = scene.roots().run({ path: NEW, how: "move" }, stop.signal);
  await expect(attempt).rejects.toMatchObject({ kind: "cancelled" });
  await expectAt(scene, OLD);
  expect(await scene.fs.stat(NEW)).toBe(null);
});

test("run() leaves a move to be gone on with when the app is closed, and settle() does so", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  const stop = new AbortController();
  let copied = 0;
  scene.fs.onOperation = (operation) => {
    refuseRenames(operation);
    if (operation.name === "file.sync" && ++copied === 4) {
      stop.abort(new SyncError("cancelled", "Closed"));
    }
  };
  const closing = scene.roots({ isStopWished: false }).run({ path: NEW, how: "move" }, stop.signal);
  await expect(closing).rejects.toMatchObject({ kind: "cancelled" });
  expect([scene.root(), readRootMove(scene.store)?.phase]).toEqual([OLD, "moving"]);
  expect(() => scene.roots().requireSettled()).toThrow("on its way");
  const before = copied;
  await scene.roots().settle(new AbortController().signal);
  await expectAt(scene, NEW);
  // What was recorded and had arrived was read again, not copied again.
  expect(copied - before).toBeLessThan(scene.belongings.size);
  expect(() => scene.roots().requireSettled()).not.toThrow();
});

test("settle() drops a move whose new drive has gone before anything left the old place", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  await cutOff(scene);
  scene.fs.onOperation = undefined;
  await scene.fs.rename(NEW, "/unplugged");
  await scene.roots().settle(new AbortController().signal);
  await expectAt(scene, OLD);
});

test("settle() asks for the drive when a part of the library is on it", async () => {
  using scene = await movingLibrary({ oneVolume: true });
  let renamed = 0;
  scene.fs.onOperation = ({ name }) => {
    if (name === "rename" && ++renamed === 2) throw new SyncError("cancelled", "Killed");
  };
  await expect(scene.roots({ isStopWished: false }).run({ path: NEW, how: "move" })).rejects
    .toThrow();
  scene.fs.onOperation = undefined;
  await scene.fs.rename(NEW, "/unplugged");
  const settling = scene.roots().settle(new AbortController().signal);
  await expect(settling).rejects.toThrow("connect its drive");
  await scene.fs.rename("/unplugged", NEW);
  await scene.roots().settle(new AbortController().signal);
  await expectAt(scene, NEW);
});

test("run() keeps what the user changes while it copies, in the old place", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  const painting = `${OLD}/MyMiniFactory/Somebody/Model 1/my painting.txt`;
  const repainted = "MINE, IN A MODEL'S FOLDER";
  let changed = false;
  scene.fs.onOperation = (operation) => {
    refuseRenames(operation);
    if (changed || operation.path !== `${NEW}/MyMiniFactory/Somebody/Model 2`) return;
    changed = true;
    scene.later(5_000);
    void scene.fs.writeTextAtomic(painting, repainted);
  };
  await scene.roots().run({ path: NEW, how: "move" });
  expect(scene.root()).toBe(NEW);
  expect([await scene.fs.readText(painting), changed]).toEqual([repainted, true]);
  expect(scene.log.messages("warn")).toContain("Files stayed in the old place");
});

test("run() does not begin a copy for which there is no room", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  scene.fs.capacity = scene.fs.used + 1_000;
  const attempt = scene.roots().run({ path: NEW, how: "move" });
  await expect(attempt).rejects.toMatchObject({ kind: "diskFull" });
  scene.fs.capacity = Infinity;
  await expectAt(scene, OLD);
});

test("run() does not believe a copy that reads back otherwise", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  const { open } = scene.fs;
  scene.fs.open = async (path, options) => {
    const file = await open.call(scene.fs, path, options);
    if (!path.startsWith(NEW) || options?.write) return file;
    const read = async (into: Uint8Array, at: number) => {
      const count = await file.read(into, at);
      into[0] = 0;
      return count;
    };
    return { ...file, read };
  };
  const attempt = scene.roots().run({ path: NEW, how: "move" });
  await expect(attempt).rejects.toMatchObject({ kind: "integrity" });
  await expectAt(scene, OLD);
});

test("run() takes a file along whose content is not what was recorded", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  const path = "MyMiniFactory/Somebody/Model 1/files/part.stl";
  await scene.fs.writeTextAtomic(`${OLD}/${path}`, "edited by hand");
  await scene.clock.advance(1);
  await scene.roots().run({ path: NEW, how: "move" });
  expect(scene.files(NEW).get(path)).toBe(sha256("edited by hand"));
  expect(scene.log.messages("warn")).toContain("A moved file is not as recorded");
});

test.each([
  ["a folder of the same name", "MyMiniFactory/theirs.txt", /has a folder "MyMiniFactory" already/],
  ["a marker of another library", MARKER_NAME, /holds another library/],
])("run() moves nothing to where there is %s", async (_what, name, reason) => {
  using scene = await movingLibrary({ oneVolume: true });
  const path = join(NEW, name);
  await scene.fs.mkdir(join(path, ".."));
  await scene.fs.writeTextAtomic(path, JSON.stringify({ format: 1, id: "2" }));
  for (const how of name === MARKER_NAME ? ["move", "adopt"] as const : ["move"] as const) {
    await expect(scene.roots().change({ path: NEW, how })).rejects.toThrow(reason);
  }
  expect(scene.root()).toBe(OLD);
  expect(scene.files(OLD).size).toBe(scene.belongings.size + 1);
});

test("run() adopts a copy that the user made, without reading or changing it", async () => {
  using scene = await movingLibrary({ oneVolume: true });
  await scene.fs.rename(OLD, NEW);
  await scene.fs.mkdir(OLD);
  expect(await scene.roots().check({ path: NEW })).toMatchObject({ library: "own", problem: null });
  await scene.roots().run({ path: NEW, how: "adopt" });
  expect([scene.root(), readRootId(scene.store)]).toEqual([NEW, LIBRARY_ID]);
  expect(scene.store.assets.summary({}).filesHere).toBe(3);
});

test("run() marks as missing what an adopted folder does not have, and knows it again on the way back", async () => {
  using scene = await movingLibrary({ oneVolume: true });
  await scene.roots().run({ path: NEW, how: "adopt" });
  expect(scene.root()).toBe(NEW);
  expect(scene.store.assets.summary({}).filesHere).toBe(0);
  expect(scene.files(OLD).size).toBe(scene.belongings.size + 1);
  expect(await scene.roots().check({ path: OLD })).toMatchObject({ library: "own" });
  const spoilt = `${OLD}/Cults/Somebody/Model 3/files/part.stl`;
  await scene.fs.writeTextAtomic(spoilt, "not what the sidecar says");
  await scene.roots().run({ path: OLD, how: "adopt" });
  expect(scene.root()).toBe(OLD);
  expect(scene.store.assets.summary({}).filesHere).toBe(2);
});

test("run() changes nothing when the present root is already meant", async () => {
  using scene = await movingLibrary({ oneVolume: true });
  for (const how of ["move", "adopt"] as const) {
    expect(await scene.roots().run({ path: `${OLD}/`, how })).toBe(OLD);
  }
  await expectAt(scene, OLD);
});

test("run() does not move a library that is not there", async () => {
  using scene = await movingLibrary({ oneVolume: true });
  await scene.fs.rename(OLD, "/unplugged");
  const attempt = scene.roots().run({ path: NEW, how: "move" });
  await expect(attempt).rejects.toMatchObject({ kind: "permission" });
  expect(await scene.fs.stat(NEW)).toBe(null);
});

test("change() answers at once and tells the end, good or bad", async () => {
  using scene = await movingLibrary({ oneVolume: true });
  const roots = scene.roots();
  expect(await roots.change({ path: NEW, how: "move" })).toEqual({ started: true });
  const told = () =>
    scene.heard.filter(([event]) => event === "rootChanged").map(([, data]) => data);
  await until(() => told().length === 1);
  scene.fs.onOperation = ({ name }) => {
    if (name === "rename") throw new SyncError("cancelled", "No");
  };
  await roots.change({ path: OLD, how: "move" });
  await until(() => told().length === 2);
  expect(told()).toMatchObject([{ root: NEW }, { error: { code: "cancelled" } }]);
  await expect(roots.change({ path: "models", how: "move" })).rejects.toMatchObject({
    kind: "badInput",
  });
});

test("resume() goes on in the background with a move that was cut off", async () => {
  using scene = await movingLibrary({ oneVolume: false });
  expect(scene.roots().resume()).toBe(false);
  await cutOff(scene);
  expect(scene.roots().resume()).toBe(true);
  await until(() => scene.heard.some(([event]) => event === "rootChanged"));
  expect(scene.heard.at(-1)).toEqual(["rootChanged", { root: NEW }]);
  await expectAt(scene, NEW);
});

/** A move to another volume whose process dies in the middle. */
async function cutOff(scene: MovingLibrary): Promise<void> {
  let copied = 0;
  scene.fs.onOperation = (operation) => {
    refuseRenames(operation);
    if (operation.name === "file.sync" && ++copied > 3) throw new SyncError("cancelled", "Killed");
  };
  const move = scene.roots({ isStopWished: false }).run({ path: NEW, how: "move" });
  await expect(move).rejects.toThrow("Killed");
  scene.fs.onOperation = refuseRenames;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 0));
}
