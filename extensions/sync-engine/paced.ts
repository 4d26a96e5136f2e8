import type { Clock } from "./platform/ports.ts";

/** Shortest time in milliseconds between two events of progress. */
const INTERVAL_MS = 100;

/**
 * Passes on what comes after a while.
 *
 * @param isLast Whether something is to be passed on in any case. @default never
 */
export function paced<T>(
  clock: Pick<Clock, "monotonic">,
  tell: (progress: T) => void,
  isLast: (progress: T) => boolean = () => false,
): (progress: T) => void {
  let told = -Infinity;
  return (progress) => {
    const now = clock.monotonic();
    if (now - told < INTERVAL_MS && !isLast(progress)) return;
    told = now;
    tell(progress);
  };
}
