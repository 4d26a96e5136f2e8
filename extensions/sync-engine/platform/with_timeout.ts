import { SyncError } from "./errors.ts";
import type { Clock } from "./ports.ts";

/**
 * Runs `work` with a signal that aborts after `ms` milliseconds by the clock, or with the caller's.
 *
 * @throws {SyncError} `retryable` when it took longer; else what `work` throws
 */
export async function withTimeout<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const done = new AbortController();
  clock.sleep(ms, done.signal).then(
    () => late.abort(new SyncError("retryable", `The site did not answer within ${ms} ms`)),
    () => {},
  );
  try {
    return await work(signal ? AbortSignal.any([late.signal, signal]) : late.signal);
  } catch (error) {
    throw late.signal.aborted ? late.signal.reason : error;
  } finally {
    done.abort();
  }
}
