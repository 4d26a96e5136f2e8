import type { Clock } from "./platform/ports.ts";

/** So much longer than telling took is the rest after it: news of a large library must not hold up its work. */
const REST = 20;

/**
 * Calls `tell` at most once in `intervalMs`: at the first call, and once more when others came meanwhile. Where telling
 * takes long it is called less often.
 *
 * @param closed Once aborted, nothing is told any more, not even what was held back.
 */
export function coalesce(
  clock: Clock,
  intervalMs: number,
  closed: AbortSignal,
  tell: () => void,
): () => void {
  let resting = false;
  let due = false;
  return function mark(): void {
    if (closed.aborted) return;
    due = resting;
    if (resting) return;
    resting = true;
    const before = clock.monotonic();
    tell();
    const took = clock.monotonic() - before;
    clock.sleep(Math.max(intervalMs, REST * took), closed).then(() => {
      resting = false;
      if (due) mark();
    }, () => {}); // Closed meanwhile.
  };
}
