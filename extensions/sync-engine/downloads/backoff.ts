import type { Failure } from "../platform/errors.ts";
import type { Random } from "../platform/ports.ts";

/** Most failed attempts at one file before it is set aside. */
export const MAX_ATTEMPTS = 5;

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 5 * 60_000;

/**
 * Milliseconds to wait before the next attempt: exponential from 2 s to 5 min with equal jitter, never
 * less than what the site asked for, nothing when a first lease ran out.
 *
 * @param attempts Failed attempts so far, 1 or more.
 */
export function backoffDelay(attempts: number, failure: Failure, random: Random): number {
  if (failure.kind === "needsNewLease" && attempts === 1) return 0;
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
  const delay = full / 2 + random.next() * full / 2;
  const asked = "after" in failure && failure.after !== undefined ? failure.after : 0;
  return Math.max(asked, Math.round(delay));
}
