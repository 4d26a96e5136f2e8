import type { Clock } from "./platform/ports.ts";

/** Samples that are kept: five minutes. */
const SAMPLES = 300;

/** How many bytes came in each of the last seconds. */
export class SpeedHistory {
  readonly #clock: Clock;
  /** By second modulo its length; the second that is not over yet has a place too. */
  readonly #bytes = new Array<number>(SAMPLES + 1).fill(0);
  /** The newest second that has a place. */
  #second: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#second = this.#now();
  }

  add(bytes: number): void {
    this.#advance();
    const at = this.#second % this.#bytes.length;
    this.#bytes[at] = (this.#bytes[at] ?? 0) + bytes;
  }

  /** Bytes in each of the last 300 whole seconds, oldest first. */
  samples(): number[] {
    this.#advance();
    const length = this.#bytes.length;
    return Array.from(
      { length: SAMPLES },
      (_, i) => this.#bytes[(this.#second + 1 + i) % length] ?? 0,
    );
  }

  #advance(): void {
    const now = this.#now();
    const passed = Math.min(now - this.#second, this.#bytes.length);
    for (let i = 0; i < passed; i++) this.#bytes[(now - i) % this.#bytes.length] = 0;
    this.#second = now;
  }

  #now(): number {
    return Math.floor(this.#clock.monotonic() / 1000);
  }
}
