import { join } from "node:path";
import { expect, test } from "vitest";
import { MARKER_NAME } from "../../extensions/sync-engine/files/marker.ts";
import { type FailureKind, SyncError } from "../../extensions/sync-engine/platform/errors.ts";
import { readRootMove } from "../../extensions/sync-engine/root_move.ts";
import { openStore, type Store } from "../../extensions/sync-engine/store/store.ts";
import {
  type MovingLibrary,
  movingLibrary,
  NEW,
  NOTE,
  OLD,
  refuseRenames,
} from "../../extensions/sync-engine/testing/moving_library.ts";

const KINDS: readonly FailureKind[] = ["diskFault", "diskFull", "permission"];

const NEVER = new AbortController().signal;

/** Counts the operations of the disk and acts before the `n`-th. */
function atOperation(
  { fs }: MovingLibrary,
  oneVolume: boolean,
  n: number,
  act: (count: number) => void,
): void {
  let count = 0;
  fs.onOperation = (operation) => {
    if (++count >= n) act(count);
    if (!oneVolume) refuseRenames(operation);
  };
}

/**
 * Moves the library in a process that dies at operation `n`: the operation and all that follow do not happen, and of a
 * file that was being written half is there.
 *
 * @returns The database as it was at that moment, null when the move ended before.
 */
async function dieAt(scene: MovingLibrary, oneVolume: boolean, n: number): Promise<Store | null> {
  const dir = join(scene.dir, "crashed");
  const unflushed = new Set<string>();
  let isDead = false;
  atOperation(scene, oneVolume, n, (count) => {
    if (count === n) {
      isDead = true;
      Deno.mkdirSync(dir);
      scene.store.copyTo(join(dir, "sync.db"));
    }
    throw new SyncError("cancelled", "The process is dead");
  });
  const counting = scene.fs.onOperation;
  scene.fs.onOperation = (operation) => {
    counting?.(operation);
    if (operation.name === "file.write") unflushed.add(operation.path);
    if (operation.name === "file.sync") unflushed.delete(operation.path);
  };
  await scene.roots({ isStopWished: false }).run({ path: NEW, how: "move" }).catch(() => {});
  scene.fs.onOperation = undefined;
  if (!isDead) return null;
  for (const path of unflushed) {
    const file = await scene.fs.open(path, { write: true });
    await file.truncate(Math.floor(await file.size() / 2));
    file.close();
  }
  return openStore({ dir, clock: scene.clock });
}

/** Nothing is lost, whatever happened: each file is whole in the old place or in the new one. */
function expectNothingLost(scene: MovingLibrary, when: string): void {
  const [old, young] = [scene.files(OLD), scene.files(NEW)];
  for (const [path, hash] of scene.belongings) {
    expect([old.get(path), young.get(path)], `${path} ${when}`).toContain(hash);
  }
}

/** Each file is whole in the root that counts. */
function expectWhole(scene: MovingLibrary, store: Store, when: string): void {
  const here = scene.files(scene.root(store));
  for (const [path, hash] of scene.belongings) {
    expect([path, here.get(path), when]).toEqual([path, hash, when]);
  }
}

/** The library is in one place, that which the settings name, and nothing of it is elsewhere. */
async function expectSettled(scene: MovingLibrary, store: Store, when: string): Promise<void> {
  expectWhole(scene, store, when);
  const other = scene.root(store) === OLD ? NEW : OLD;
  const rest = [...scene.files(other).keys()].filter((path) => scene.belongings.has(path));
  expect(rest, when).toEqual([]);
  expect(await scene.fs.stat(join(scene.root(store), MARKER_NAME)), when).not.toBe(null);
  expect(readRootMove(store), when).toBe(null);
  expect(await scene.fs.readText(NOTE), when).toBe("mine, beside the models");
}

for (const oneVolume of [true, false]) {
  const where = oneVolume ? "within a volume" : "to another volume";

  test(`a move ${where} survives a crash at any operation of the file system`, async () => {
    const ends = new Set<string>();
    let n = 1;
    for (;; n++) {
      using scene = await movingLibrary({ oneVolume });
      const store = await dieAt(scene, oneVolume, n);
      if (store === null) {
        await expectSettled(scene, scene.store, "at the end");
        break;
      }
      const when = `after operation ${n}`;
      try {
        expectNothingLost(scene, when);
        // What is copied stays whole in the place that counts at any time.
        if (!oneVolume) expectWhole(scene, store, when);
        if (!oneVolume) scene.fs.onOperation = refuseRenames;
        const roots = scene.roots({ store });
        await roots.settle(NEVER);
        ends.add(scene.root(store));
        expectWhole(scene, store, when);
        await roots.run({ path: NEW, how: "move" });
        await expectSettled(scene, store, when);
        expect(scene.root(store), when).toBe(NEW);
      } finally {
        store.close();
      }
    }
    // Before the move was noted it never was; after that it goes on.
    expect([...ends]).toEqual([OLD, NEW]);
    expect(n).toBeGreaterThan(oneVolume ? 15 : 100);
  }, 60_000);

  test(`a move ${where} is whole again when it was stopped at any operation`, async () => {
    let wasStopped = true;
    for (let n = 1; wasStopped; n++) {
      using scene = await movingLibrary({ oneVolume });
      const stop = new AbortController();
      atOperation(scene, oneVolume, n, () => stop.abort(new SyncError("cancelled", "Stopped")));
      await scene.roots().run({ path: NEW, how: "move" }, stop.signal).catch(() => {});
      wasStopped = stop.signal.aborted;
      scene.fs.onOperation = undefined;
      await scene.roots().settle(NEVER);
      await expectSettled(scene, scene.store, `stopped at operation ${n}`);
    }
  }, 60_000);

  test(`a move ${where} gets over any one operation that fails`, async () => {
    let struck = true;
    for (let n = 1; struck; n++) {
      using scene = await movingLibrary({ oneVolume });
      struck = false;
      atOperation(scene, oneVolume, n, (count) => {
        if (count !== n) return;
        struck = true;
        throw new SyncError(KINDS[n % KINDS.length] ?? "diskFault", `Operation ${n} fails`);
      });
      const when = `operation ${n}`;
      await scene.roots().run({ path: NEW, how: "move" }).catch(() => {});
      expectNothingLost(scene, when);
      if (!oneVolume) expectWhole(scene, scene.store, when);
      scene.fs.onOperation = oneVolume ? undefined : refuseRenames;
      await scene.roots().settle(NEVER);
      expectWhole(scene, scene.store, when);
      expect(readRootMove(scene.store), when).toBe(null);
    }
  }, 60_000);
}
