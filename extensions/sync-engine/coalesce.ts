import type { Clock } from "./platform/ports.ts";

/**
 * Calls `tell` at most once in `intervalMs`: at the first call, and once more when others came meanwhile.
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
    tell();
    clock.sleep(intervalMs, closed).then(() => {
      resting = false;
      if (due) mark();
    }, () => {}); // Closed meanwhile.
  };
}
