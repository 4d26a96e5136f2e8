/** What everything else waits for: the host has one thread, and a dialog keeps it. */
export interface Gate {
  /** Resolves when nobody holds the gate. */
  pass(): Promise<void>;
  /** Holds the gate until the work has ended. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(): Gate {
  let held: Promise<unknown> = Promise.resolve();
  return {
    pass: async () => void await held,
    hold(work) {
      const mine = held.then(work);
      held = mine.catch(() => {});
      return mine;
    },
  };
}
