import type { Clock } from "../ports.ts";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that moves only when told to. Sleepers wake in the order of their times. */
export class FakeClock implements Clock {
  #time: number;
  #setBy = 0;
  #sleepers: Sleeper[] = [];

  /** @param start Milliseconds since the Unix epoch. */
  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#time = start;
  }

  now(): number {
    return this.#time + this.#setBy;
  }

  monotonic(): number {
    return this.#time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { until: this.#time + Math.max(0, ms), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        reject(signal.reason);
      }, { once: true });
    });
  }

  /** Sets the wall clock on, or back when negative: nobody wakes earlier or later for it. */
  set(ms: number): void {
    this.#setBy += ms;
  }

  /** How many are asleep. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves time on by `ms`, waking each sleeper at its own time and letting it run. */
  async advance(ms: number): Promise<void> {
    const end = this.#time + ms;
    await settle();
    for (;;) {
      const next = this.#nextUpTo(end);
      if (!next) break;
      this.#sleepers = this.#sleepers.filter((one) => one !== next);
      this.#time = Math.max(this.#time, next.until);
      next.wake();
      await settle();
    }
    this.#time = end;
  }

  /** Runs `work` to its end, jumping to the next sleeper's time whenever there is one. */
  async finish<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const watched = work.finally(() => done = true);
    watched.catch(() => {});
    while (!done) {
      await settle();
      const next = this.#nextUpTo(Infinity);
      if (next && !done) await this.advance(next.until - this.#time);
    }
    return await watched;
  }

  #nextUpTo(end: number): Sleeper | undefined {
    let next: Sleeper | undefined;
    for (const one of this.#sleepers) {
      if (one.until <= end && (!next || one.until < next.until)) next = one;
    }
    return next;
  }
}

/** Lets everything that is ready run, real I/O included. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
