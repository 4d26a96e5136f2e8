/** Work that several callers may want at once, done once for each key. */
export interface SharedWork<T> {
  /**
   * Joins the work under `key`, or starts it. It is aborted when every caller has left.
   *
   * @throws The signal's reason when it aborts first; else what `work` throws.
   */
  run(key: string, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  callers: number;
}

export function createSharedWork<T>(): SharedWork<T> {
  const flights = new Map<string, Flight<T>>();

  function start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const forget = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    const result = work(stop.signal).finally(forget);
    // Everybody may have left by the time it fails.
    result.catch(() => {});
    const flight: Flight<T> = { result, stop, callers: 0 };
    flights.set(key, flight);
    return flight;
  }

  return {
    async run(key, work, signal) {
      signal?.throwIfAborted();
      const flight = flights.get(key) ?? start(key, work);
      flight.callers++;
      const { promise: left, reject } = Promise.withResolvers<never>();
      const leave = () => reject(signal?.reason);
      signal?.addEventListener("abort", leave, { once: true });
      try {
        return await Promise.race([flight.result, left]);
      } finally {
        signal?.removeEventListener("abort", leave);
        if (--flight.callers === 0) {
          // A later caller must not join what is being stopped.
          if (flights.get(key) === flight) flights.delete(key);
          flight.stop.abort(signal?.reason);
        }
      }
    },
  };
}
