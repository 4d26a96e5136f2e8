import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { SyncError } from "../platform/errors.ts";
import { createInTurn } from "../platform/in_turn.ts";
import type { Clock } from "../platform/ports.ts";

/** Shortest password in characters. */
export const SHORTEST_PASSWORD = 12;

/** Failures of one address that cost nothing: people mistype. */
const FREE_FAILURES = 5;

/** Milliseconds of rest after the first failure that costs; each further one doubles it. */
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;

/** Addresses whose failures are remembered. */
const MOST_ADDRESSES = 1_000;

/** Attempts that may wait for their turn: each takes 32 MiB and some tenths of a second. */
const MOST_WAITING = 8;

const KEY_BYTES = 32;

/** How an attempt went. `restMs`: it was not looked at; the next one is, after so many milliseconds. */
export type Attempt = { readonly right: boolean } | { readonly restMs: number };

/** The password of a server that others can reach. Guessing is slow: one at a time, with growing rests. */
export class Password {
  readonly #clock: Clock;
  readonly #salt: Uint8Array;
  readonly #key: Uint8Array;
  readonly #inTurn = createInTurn();
  readonly #failures = new Map<string, { count: number; until: number }>();
  #waiting = 0;

  private constructor(clock: Clock, salt: Uint8Array, key: Uint8Array) {
    this.#clock = clock;
    this.#salt = salt;
    this.#key = key;
  }

  /** @throws {SyncError} `badInput` when it is shorter than {@linkcode SHORTEST_PASSWORD}. */
  static async create(password: string, clock: Clock): Promise<Password> {
    if ([...password].length < SHORTEST_PASSWORD) {
      throw new SyncError(
        "badInput",
        `The password is too short: give it ${SHORTEST_PASSWORD} characters or more`,
      );
    }
    const salt = randomBytes(16);
    return new Password(clock, salt, await derive(password, salt));
  }

  /** @param from Address of who tries. */
  async attempt(password: string, from: string): Promise<Attempt> {
    const restMs = this.#restOf(from);
    if (restMs > 0) return { restMs };
    if (this.#waiting >= MOST_WAITING) return { restMs: FIRST_REST_MS };
    this.#waiting++;
    try {
      return await this.#inTurn(async () => {
        // Others of the same address may have failed meanwhile.
        const restMs = this.#restOf(from);
        if (restMs > 0) return { restMs };
        const right = timingSafeEqual(await derive(password, this.#salt), this.#key);
        if (right) this.#failures.delete(from);
        else this.#noteFailure(from);
        return { right };
      });
    } finally {
      this.#waiting--;
    }
  }

  #restOf(from: string): number {
    return (this.#failures.get(from)?.until ?? 0) - this.#clock.monotonic();
  }

  #noteFailure(from: string): void {
    const count = (this.#failures.get(from)?.count ?? 0) + 1;
    const rest = count < FREE_FAILURES ? 0 : FIRST_REST_MS * 2 ** (count - FREE_FAILURES);
    this.#failures.delete(from);
    const until = this.#clock.monotonic() + Math.min(rest, LONGEST_REST_MS);
    this.#failures.set(from, { count, until });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest);
  }
}

type Scrypt = (
  password: string,
  salt: Uint8Array,
  bytes: number,
  options: { readonly N: number; readonly r: number; readonly p: number; readonly maxmem: number },
) => Promise<Uint8Array>;

/** RFC 7914 with the cost that OWASP advises for 32 MiB. */
async function derive(password: string, salt: Uint8Array): Promise<Uint8Array> {
  const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
  return await (promisify(scrypt) as Scrypt)(password.normalize("NFC"), salt, KEY_BYTES, cost);
}
