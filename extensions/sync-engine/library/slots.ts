/** Lets so many work at once; the others wait in the order in which they came. */
export interface Slots {
  /**
   * Runs `work` when a slot is free.
   *
   * @throws The signal's reason when it aborts before that; else what `work` throws.
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createSlots(count: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();

  function release() {
    const [next] = waiting;
    if (!next) return void free++;
    waiting.delete(next);
    next();
  }

  async function acquire(signal: AbortSignal | undefined) {
    signal?.throwIfAborted();
    if (free > 0) return void free--;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Only a waiter gives up: a slot that was handed over is the caller's to release.
    const giveUp = () => {
      if (waiting.delete(resolve)) reject(signal?.reason);
    };
    waiting.add(resolve);
    signal?.addEventListener("abort", giveUp, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener("abort", giveUp);
    }
  }

  return {
    async run(work, signal) {
      await acquire(signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
