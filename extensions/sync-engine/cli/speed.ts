/** Milliseconds over which the speed is taken. */
const WINDOW_MS = 5000;

/** Bytes per second over the last seconds. */
export class Speed {
  readonly #samples: { readonly at: number; readonly bytes: number }[] = [];

  /**
   * Takes note of a total and tells the speed, 0 while there is too little to tell.
   *
   * @param at Monotonic milliseconds.
   * @param bytes All bytes so far; may fall back when a transfer starts anew.
   */
  note(at: number, bytes: number): number {
    const samples = this.#samples;
    samples.push({ at, bytes });
    while (samples.length > 2 && (samples[0]?.at ?? at) < at - WINDOW_MS) samples.shift();
    const first = samples[0];
    if (!first || at - first.at < 500) return 0;
    return Math.max(0, (bytes - first.bytes) / (at - first.at) * 1000);
  }
}
