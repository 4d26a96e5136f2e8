import type { Clock } from "../platform/ports.ts";

/** Of the limit, how much may have been saved up while nobody took anything. Milliseconds. */
const BURST_MS = 250;

/** Largest share given at once, so that all get their turns. Milliseconds of the limit. */
const TURN_MS = 20;

/** Smaller shares would cost more than the bytes are worth. */
const LEAST_TURN = 4096;

interface Waiter {
  readonly wanted: number;
  readonly grant: (bytes: number) => void;
}

/** What is needed to take part in a {@linkcode Throttle}. */
export type Take = Throttle["take"];

/**
 * Shares a bandwidth between all transfers: a token bucket whose tokens are bytes. Whoever wants to read asks first,
 * gets its share in turn, and gives back what did not come. What the system has already received on its own is not
 * counted until it is read: its buffers, on Linux up to some megabytes a connection, may be filled faster than the limit
 * says before the sender slows down, which `npm run bench` measures.
 */
export class Throttle {
  readonly #clock: Clock;
  readonly #limit: () => number | null;
  readonly #waiting: Waiter[] = [];
  #tokens = 0;
  #filledAt: number;
  #serving = false;

  /** @param limit Bytes a second just now, null for no limit; asked for at each turn. */
  constructor(clock: Clock, limit: () => number | null) {
    this.#clock = clock;
    this.#limit = limit;
    this.#filledAt = clock.monotonic();
  }

  /**
   * Asks for bytes.
   *
   * @param wanted At least 1.
   * @returns How many may be read now, from 1 to `wanted`; at once where nothing has to be waited for.
   * @throws The signal's reason when it aborts first.
   */
  readonly take = (wanted: number, signal: AbortSignal): number | Promise<number> => {
    const limit = this.#limit();
    if (limit === null) return wanted;
    const share = this.#waiting.length > 0 ? null : this.#share(wanted, limit);
    return share ?? this.#queue(wanted, signal);
  };

  /** Returns bytes that were granted and did not come. */
  readonly giveBack = (bytes: number): void => {
    this.#tokens += bytes;
  };

  #queue(wanted: number, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        wanted,
        grant(bytes) {
          signal.removeEventListener("abort", leave);
          resolve(bytes);
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(waiter);
      if (!this.#serving) void this.#serve();
    });
  }

  /** Serves those who wait in turn until nobody does. */
  async #serve(): Promise<void> {
    this.#serving = true;
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      const limit = this.#limit();
      const share = limit === null ? first.wanted : this.#share(first.wanted, limit);
      if (share !== null) {
        this.#waiting.shift();
        first.grant(share);
      } else if (limit !== null) {
        const missing = turn(first.wanted, limit) - this.#tokens;
        await this.#clock.sleep(Math.ceil(missing / limit * 1000));
      }
    }
    this.#serving = false;
  }

  /** Takes a turn's bytes out of the bucket, null when it does not hold them yet. */
  #share(wanted: number, limit: number): number | null {
    const now = this.#clock.monotonic();
    const come = (now - this.#filledAt) / 1000 * limit;
    this.#filledAt = now;
    this.#tokens = Math.min(burst(limit), this.#tokens + come);
    const share = turn(wanted, limit);
    if (this.#tokens < share) return null;
    this.#tokens -= share;
    return share;
  }
}

/**
 * Most bytes that can pass at once.
 *
 * @param limit Bytes a second.
 */
export function burst(limit: number): number {
  return Math.max(LEAST_TURN, limit * BURST_MS / 1000);
}

function turn(wanted: number, limit: number): number {
  return Math.min(wanted, Math.max(LEAST_TURN, Math.ceil(limit * TURN_MS / 1000)));
}
