import { SyncError } from "../platform/errors.ts";
import type { Clock } from "../platform/ports.ts";

/** Length of a look in milliseconds, and the bytes that must have come within it: 200 bytes a second. */
const WINDOW_MS = 30_000;
const LEAST_BYTES = 6_000;

/** A guard over one transfer. */
export interface StallWatch {
  /** Aborts with a `retryable` SyncError when next to nothing arrives, or with the reason of one of the caller's signals. */
  readonly signal: AbortSignal;
  /** Says that so many bytes arrived. */
  touch(bytes: number): void;
  /** Ends the guard. */
  stop(): void;
}

/** Watches that a transfer keeps moving, at the cost of one timer for each window. */
export function watchForStall(clock: Clock, signals: readonly AbortSignal[] = []): StallWatch {
  const stall = new AbortController();
  const ended = new AbortController();
  let arrived = 0;

  async function watch(): Promise<void> {
    do {
      arrived = 0;
      await clock.sleep(WINDOW_MS, ended.signal);
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
    stop: () => ended.abort("The transfer is over"),
  };
}
