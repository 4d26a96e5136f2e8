import { SyncError } from "../platform/errors.ts";
import type { Clock } from "../platform/ports.ts";

/** Length of a look in milliseconds, and the bytes that must have come within it: 200 bytes a second. */
const WINDOW_MS = 30_000;
const LEAST_BYTES = 6_000;

/** Least time between two looks at what is left of a window, in milliseconds. */
const LOOK_MS = 1_000;

/** A guard over one transfer. */
export interface StallWatch {
  /** Aborts with a `retryable` SyncError when next to nothing arrives, or with the reason of one of the caller's signals. */
  readonly signal: AbortSignal;
  /** Says that so many bytes arrived. */
  touch(bytes: number): void;
  /** Does not count the time until this settles, in which nothing can come. One at a time. */
  excuse<T>(wait: T | Promise<T>): Promise<T>;
  /** Ends the guard. */
  stop(): void;
}

/** Watches that a transfer keeps moving, at the cost of one timer for each window. */
export function watchForStall(clock: Clock, signals: readonly AbortSignal[] = []): StallWatch {
  const stall = new AbortController();
  const ended = new AbortController();
  let arrived = 0;
  let excused = 0;
  let excusedSince: number | null = null;
  const excusedSoFar = () =>
    excused + (excusedSince === null ? 0 : clock.monotonic() - excusedSince);

  async function watch(): Promise<void> {
    do {
      arrived = 0;
      for (let left = WINDOW_MS; left > 0;) {
        const before = excusedSoFar();
        await clock.sleep(Math.max(LOOK_MS, left), ended.signal);
        left = excusedSoFar() - before;
      }
    } while (arrived >= LEAST_BYTES);
    const seconds = WINDOW_MS / 1000;
    stall.abort(
      new SyncError("retryable", `Only ${arrived} bytes arrived within ${seconds} seconds`),
    );
  }
  watch().catch(() => {}); // Only `stop` ends the sleep early.

  return {
    signal: AbortSignal.any([...signals, stall.signal]),
    touch: (bytes) => void (arrived += bytes),
    async excuse(wait) {
      const since = excusedSince = clock.monotonic();
      try {
        return await wait;
      } finally {
        excused += clock.monotonic() - since;
        excusedSince = null;
      }
    },
    stop: () => ended.abort("The transfer is over"),
  };
}
