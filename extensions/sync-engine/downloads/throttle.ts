import type { Clock } from "../platform/ports.ts";

/** Of the limit, how much may have been saved up while nobody took anything. Milliseconds. */
const BURST_MS = 450;

/** Largest share given at once to read, so that all get their turns. Milliseconds of the limit. */
const TURN_MS = 20;

/**
 * Largest share given at once to ask for. Milliseconds of the limit: few enough that ten seconds hold almost as many
 * turns as they should, and so many that no server is asked more than two or three times a second.
 */
const TURN_AHEAD_MS = 400;

/** Up to this limit the system's buffers count: they are filled sooner than a few seconds of it. Bytes a second. */
const TURNS_UP_TO = 5_000_000;

/** Smaller shares would cost more than the bytes are worth. */
const LEAST_TURN = 4096;

interface Waiter {
  readonly wanted: number;
  readonly turnMs: number;
  readonly grant: (bytes: number) => void;
}

/** What is needed to take part in a {@linkcode Throttle}. */
export type Share = Pick<Throttle, "isLow" | "take" | "takeAhead" | "giveBack">;

/**
 * Shares a bandwidth between all transfers: a token bucket whose tokens are bytes. Whoever wants to read asks first,
 * gets its share in turn, and gives back what did not come.
 *
 * What is read is not what comes over the wire: the system receives ahead on its own until its buffers are full, on
 * Linux some megabytes a connection (`net.ipv4.tcp_rmem`). At a low limit those are minutes of it. There a share is to be
 * taken before the server is even asked for the bytes (`takeAhead`).
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

  /** Whether the limit of just now is so low that bytes are to be taken before they are asked for. */
  get isLow(): boolean {
    const limit = this.#limit();
    return limit !== null && limit <= TURNS_UP_TO;
  }

  /**
   * Takes bytes that are to be read.
   *
   * @param wanted At least 1.
   * @returns How many may be read now, from 1 to `wanted`; at once where nothing has to be waited for.
   * @throws The signal's reason when it aborts first.
   */
  readonly take = (wanted: number, signal: AbortSignal): number | Promise<number> =>
    this.#take(wanted, TURN_MS, signal);

  /** As `take`, for bytes that a server is to be asked for: fewer and larger shares. */
  readonly takeAhead = (wanted: number, signal: AbortSignal): number | Promise<number> =>
    this.#take(wanted, TURN_AHEAD_MS, signal);

  /** Returns bytes that were granted and did not come; negative for what came without having been granted. */
  readonly giveBack = (bytes: number): void => {
    this.#tokens += bytes;
  };

  #take(wanted: number, turnMs: number, signal: AbortSignal): number | Promise<number> {
    const limit = this.#limit();
    if (limit === null) return wanted;
    const share = this.#waiting.length > 0 ? null : this.#share(turn(wanted, turnMs, limit), limit);
    return share ?? this.#queue(wanted, turnMs, signal);
  }

  #queue(wanted: number, turnMs: number, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        wanted,
        turnMs,
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
      const bytes = limit === null ? first.wanted : turn(first.wanted, first.turnMs, limit);
      if (limit === null || this.#share(bytes, limit) !== null) {
        this.#waiting.shift();
        first.grant(bytes);
      } else {
        await this.#clock.sleep(Math.ceil((bytes - this.#tokens) / limit * 1000));
      }
    }
    this.#serving = false;
  }

  /** Takes bytes out of the bucket, null when it does not hold them yet. */
  #share(bytes: number, limit: number): number | null {
    const now = this.#clock.monotonic();
    const come = (now - this.#filledAt) / 1000 * limit;
    this.#filledAt = now;
    this.#tokens = Math.min(burst(limit), this.#tokens + come);
    if (this.#tokens < bytes) return null;
    this.#tokens -= bytes;
    return bytes;
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

function turn(wanted: number, turnMs: number, limit: number): number {
  return Math.min(wanted, Math.max(LEAST_TURN, Math.ceil(limit * turnMs / 1000)));
}
