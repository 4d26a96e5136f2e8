import type { Clock } from "./platform/ports.ts";

/** What the speed is an average of, in milliseconds. */
const WINDOW_MS = 4_000;

/** Arrivals that are so close together are one, in milliseconds. */
const GRAIN_MS = 200;

/** A beginning is not divided by less than this, or its first bytes would look like a flood. Milliseconds. */
const LEAST_MS = 1_000;

/** How fast bytes came over the last few seconds. */
export class SpeedMeter {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #arrivals: { readonly at: number; bytes: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(bytes: number): void {
    if (bytes === 0) return;
    const now = this.#clock.monotonic();
    const last = this.#arrivals.at(-1);
    if (last && now - last.at < GRAIN_MS) last.bytes += bytes;
    else this.#arrivals.push({ at: now, bytes });
    this.#forget(now);
  }

  /** Bytes a second. */
  speed(): number {
    const now = this.#clock.monotonic();
    this.#forget(now);
    const [first] = this.#arrivals;
    if (!first) return 0;
    const bytes = this.#arrivals.reduce((sum, one) => sum + one.bytes, 0);
    return Math.round(bytes / Math.max(LEAST_MS, now - first.at) * 1000);
  }

  #forget(now: number): void {
    while (this.#arrivals[0] && now - this.#arrivals[0].at > WINDOW_MS) this.#arrivals.shift();
  }
}
