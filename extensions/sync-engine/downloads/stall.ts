import { SyncError } from "../platform/errors.ts";
import type { Clock } from "../platform/ports.ts";

/** Options for {@linkcode watchForStall}. */
export interface StallOptions {
  /** Longest silence in milliseconds. @default {30_000} */
  readonly idleMs?: number;
}

/** A guard over one transfer. */
export interface StallWatch {
  /** Aborts with a `retryable` SyncError when nothing arrived for too long, or with the reason of the caller's signal. */
  readonly signal: AbortSignal;
  /** Says that bytes arrived. */
  touch(): void;
  /** Ends the guard. */
  stop(): void;
}

/** Watches that a transfer keeps moving, at the cost of one timer for its whole life. */
export function watchForStall(
  clock: Clock,
  signal: AbortSignal | undefined,
  { idleMs = 30_000 }: StallOptions = {},
): StallWatch {
  const stall = new AbortController();
  const ended = new AbortController();
  let last = clock.monotonic();

  async function watch(): Promise<void> {
    for (;;) {
      const left = last + idleMs - clock.monotonic();
      if (left <= 0) break;
      await clock.sleep(left, ended.signal);
    }
    stall.abort(new SyncError("retryable", `Nothing arrived for ${idleMs / 1000} seconds`));
  }
  watch().catch(() => {}); // Only `stop` ends the sleep early.

  return {
    signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
    touch: () => void (last = clock.monotonic()),
    stop: () => ended.abort("The transfer is over"),
  };
}
