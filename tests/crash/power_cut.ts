import { join } from "node:path";
import { SyncError } from "../../extensions/sync-engine/platform/errors.ts";
import type { Random } from "../../extensions/sync-engine/platform/ports.ts";
import type { MemoryFs } from "../../extensions/sync-engine/platform/testing/memory_fs.ts";
import { openStore, type Store } from "../../extensions/sync-engine/store/store.ts";
import { CrashFs, type Fate } from "./crash_fs.ts";
import type { Scene } from "./scenes.ts";

/** How the process ends. */
export interface Cut {
  /** What becomes of what was not flushed. */
  readonly fateOf: (random: Random) => Fate;
  /** By how many operations of the disk the database is older: the last transactions are not flushed either. */
  readonly lost: (random: Random) => number;
}

/** The ends that are played. */
export const CUTS: Readonly<Record<string, Cut>> = {
  "the process is killed": { fateOf: () => "applied", lost: () => 0 },
  "the power fails, nothing unflushed arrives": { fateOf: () => "dropped", lost: () => 0 },
  "the power fails, unflushed bytes are spoilt": { fateOf: () => "spoilt", lost: () => 0 },
  "the power fails, anything may have arrived": {
    fateOf: (random) => (["applied", "dropped", "spoilt"] as const)[pick(random, 3)] ?? "applied",
    lost: (random) => pick(random, 12),
  },
};

/** What the next start finds. */
export interface Aftermath extends Disposable {
  readonly store: Store;
  readonly fs: MemoryFs;
}

/**
 * Plays a scene in a process that dies at operation `n` of the file system: the operation and all that follow it do not
 * happen.
 *
 * @returns Null when the scene ended before.
 */
export async function dieAt(
  n: number,
  { world, act }: Scene,
  { fateOf, lost }: Cut,
  random: Random,
): Promise<Aftermath | null> {
  const stop = new AbortController();
  const disk = new CrashFs(world.fs);
  const dir = join(world.dir, "crashed");
  const copyAt = Math.max(1, n - lost(random));
  let count = 0;
  world.fs.onOperation = () => {
    count++;
    if (count === copyAt) {
      Deno.mkdirSync(dir);
      world.store.copyTo(join(dir, "sync.db"));
    }
    if (count === n) stop.abort(new SyncError("cancelled", "The process is dead"));
    if (count >= n) throw new SyncError("cancelled", "The process is dead");
  };
  const { store, site: http } = world;
  const lived = await act({ store, fs: disk, http, signal: stop.signal }).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  world.fs.onOperation = undefined;
  if (!stop.signal.aborted) {
    if (lived) throw lived.error;
    return null;
  }
  const fs = await disk.cut(() => fateOf(random));
  const found = openStore({ dir, clock: world.clock });
  return { store: found, fs, [Symbol.dispose]: () => found.close() };
}

function pick(random: Random, count: number): number {
  return Math.floor(random.next() * count);
}
