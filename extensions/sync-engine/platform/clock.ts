import type { Clock } from "./ports.ts";

/** Longest delay of a timer in milliseconds: above 2³¹ − 1 it would fire at once. */
const LONGEST_TIMER_MS = 24 * 3_600_000;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      let left = ms;
      const wait = () => {
        const step = Math.min(left, LONGEST_TIMER_MS);
        left -= step;
        return setTimeout(() => {
          if (left > 0) return timer = wait();
          signal?.removeEventListener("abort", stop);
          resolve();
        }, step);
      };
      let timer = wait();
      signal?.addEventListener("abort", stop, { once: true });
    });
  },
};
