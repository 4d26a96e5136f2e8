import { join } from "node:path";
import process from "node:process";
import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";
import type { Clock } from "../platform/ports.ts";

/** The lock's file in the app data directory. */
export const LOCK_NAME = "engine.lock";

/** How often the holder says that it lives, in milliseconds. */
export const HEARTBEAT_MS = 5_000;

/** Age in milliseconds from which on a heartbeat counts as stopped. */
export const STALE_MS = 15_000;

const Holder = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Milliseconds since the Unix epoch, like `started`. */
  heartbeat: v.number(),
  started: v.number(),
  /** Where the holder can be talked to, once it listens. */
  port: v.optional(v.number()),
  /** Tells this lock from any other. */
  token: v.string(),
});

/** What the lock's file says. */
export type LockHolder = v.InferOutput<typeof Holder>;

/** A held lock. */
export interface ProfileLock {
  /** Aborts when another process has taken over, as after a long sleep of the machine. */
  readonly lost: AbortSignal;
  /** Tells other processes where this one listens. */
  setPort(port: number): void;
  release(): void;
}

/** Options for {@linkcode lockProfile}. */
export interface LockOptions {
  readonly clock: Clock;
  /** @default {process.pid} */
  readonly pid?: number;
  /**
   * Whether a process exists.
   * @default {a signal-0 probe}
   */
  readonly isAlive?: (pid: number) => boolean;
}

/**
 * Makes this process the only one that works in an app data directory. A lock whose process is gone, or whose heartbeat
 * is older than {@linkcode STALE_MS}, is taken over.
 *
 * @throws {SyncError} `badInput` when another process holds the lock.
 */
export function lockProfile(dir: string, options: LockOptions): ProfileLock {
  const { clock, pid = process.pid, isAlive = processExists } = options;
  const path = join(dir, LOCK_NAME);
  const now = clock.now();
  let mine: LockHolder = { pid, heartbeat: now, started: now, token: crypto.randomUUID() };
  makeDirectory(dir);
  guarded(path, () => take(path, mine, (holder) => isHeld(holder, clock.now(), isAlive)));

  const stop = new AbortController();
  const lost = new AbortController();
  const write = (change: Partial<LockHolder>) => {
    if (stop.signal.aborted || lost.signal.aborted) return;
    guarded(path, () => {
      if (readLock(path)?.token !== mine.token) {
        lost.abort(new SyncError("badInput", "Another process has taken over this profile"));
        return;
      }
      mine = { ...mine, ...change };
      replace(path, mine);
    });
  };
  beat(clock, stop.signal, lost.signal, () => write({ heartbeat: clock.now() }));
  return {
    lost: lost.signal,
    setPort: (port) => write({ port }),
    release() {
      if (stop.signal.aborted) return;
      stop.abort();
      guarded(path, () => {
        if (readLock(path)?.token === mine.token) Deno.removeSync(path);
      });
    },
  };
}

/** Who holds the lock of an app data directory, if anybody does. */
export function lockHolder(dir: string, options: LockOptions): LockHolder | null {
  const { clock, isAlive = processExists } = options;
  const holder = readLock(join(dir, LOCK_NAME));
  return holder && isHeld(holder, clock.now(), isAlive) ? holder : null;
}

function isHeld(holder: LockHolder, now: number, isAlive: (pid: number) => boolean): boolean {
  // A heartbeat from the future is from before the clock was set back.
  return Math.abs(now - holder.heartbeat) <= STALE_MS && isAlive(holder.pid);
}

/** Creates the lock's file, or replaces one that nobody holds any more. */
function take(path: string, mine: LockHolder, held: (holder: LockHolder) => boolean): void {
  const text = JSON.stringify(mine);
  try {
    Deno.writeTextFileSync(path, text, { createNew: true });
    return;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) {
      throw new SyncError("permission", `Cannot write "${path}": check the folder`, { cause });
    }
  }
  const holder = readLock(path);
  if (holder && held(holder)) {
    throw new SyncError(
      "badInput",
      `Cannot use this profile: process ${holder.pid} is already working with it. Close it first`,
    );
  }
  replace(path, mine);
}

/** Readers see the old text or the new one, never a part. */
function replace(path: string, holder: LockHolder): void {
  const partial = `${path}.${holder.pid}`;
  Deno.writeTextFileSync(partial, JSON.stringify(holder));
  Deno.renameSync(partial, path);
}

/** Null when there is none, and when it makes no sense. */
function readLock(path: string): LockHolder | null {
  try {
    return v.parse(Holder, JSON.parse(Deno.readTextFileSync(path)));
  } catch {
    return null;
  }
}

/**
 * Looking and writing must be one step, or two processes could take over from a third. The operating system's own file
 * lock, which ends with its process, makes it one.
 */
function guarded(path: string, work: () => void): void {
  using guard = Deno.openSync(`${path}.guard`, { create: true, write: true });
  try {
    guard.lockSync(true);
  } catch {
    // Some network file systems have no locks; creating the file exclusively still guards the usual case.
  }
  work();
}

async function beat(
  clock: Clock,
  stop: AbortSignal,
  lost: AbortSignal,
  renew: () => void,
): Promise<void> {
  while (!stop.aborted && !lost.aborted) {
    try {
      await clock.sleep(HEARTBEAT_MS, stop);
    } catch {
      return;
    }
    try {
      renew();
    } catch {
      // A full disk or a virus scanner; the next beat is soon enough.
    }
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function makeDirectory(dir: string): void {
  try {
    Deno.mkdirSync(dir, { recursive: true });
  } catch (cause) {
    throw new SyncError("permission", `Cannot make the app data directory "${dir}"`, { cause });
  }
}
