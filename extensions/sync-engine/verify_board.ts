import type { Clock } from "./platform/ports.ts";
import type { Emit } from "./protocol.ts";
import { SpeedMeter } from "./speed_meter.ts";

/** Milliseconds between two `verifyProgress` events. */
const INTERVAL_MS = 250;

/** Tells how far a verification is. */
export class VerifyBoard {
  readonly #emit: Emit;
  readonly #clock: Clock;
  readonly #meter: SpeedMeter;
  readonly #of: { readonly files: number; readonly bytes: number };
  #files: number;
  #bytes: number;
  #toldAt = -Infinity;

  /** @param done What is done already. */
  constructor(
    { emit, clock }: { readonly emit: Emit; readonly clock: Clock },
    of: { readonly files: number; readonly bytes: number },
    done: { readonly files: number; readonly bytes: number },
  ) {
    this.#emit = emit;
    this.#clock = clock;
    this.#meter = new SpeedMeter(clock);
    this.#of = of;
    this.#files = done.files;
    this.#bytes = done.bytes;
  }

  read(bytes: number): void {
    this.#bytes += bytes;
    this.#meter.add(bytes);
    this.#tell();
  }

  /** A file was looked at, `unread` bytes of which there was no need to read. */
  checked(unread: number): void {
    this.#files++;
    this.#bytes += unread;
    this.#tell();
  }

  /** Tells the end, whenever the last news was. */
  end(): void {
    this.#toldAt = -Infinity;
    this.#tell();
  }

  #tell(): void {
    const now = this.#clock.monotonic();
    if (now - this.#toldAt < INTERVAL_MS) return;
    this.#toldAt = now;
    this.#emit("verifyProgress", {
      checked: this.#files,
      of: this.#of.files,
      bytes: this.#bytes,
      ofBytes: this.#of.bytes,
      speed: this.#meter.speed(),
    });
  }
}
