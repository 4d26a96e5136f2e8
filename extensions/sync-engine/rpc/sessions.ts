import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../platform/ports.ts";

/** Most tokens that wait for their use, and most sessions; the oldest goes first. */
const MOST = 64;

/** An unguessable text, fit for URLs and cookies: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Single-use tokens, and the sessions that they were exchanged for. Only hashes are kept. */
export class Sessions {
  readonly #clock: Clock;
  readonly #tokens: { readonly hash: Uint8Array; readonly until: number }[] = [];
  readonly #sessions: Uint8Array[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * A token for one use.
   *
   * @param lifeMs Milliseconds.
   */
  newToken(lifeMs = Infinity): string {
    const token = newSecret();
    push(this.#tokens, { hash: hashOf(token), until: this.#clock.monotonic() + lifeMs });
    return token;
  }

  /** Uses a token up; false when it is not, or no longer, good. */
  redeem(token: string): boolean {
    const at = indexOf(this.#tokens.map(({ hash }) => hash), token);
    const [found] = at < 0 ? [] : this.#tokens.splice(at, 1);
    return found !== undefined && this.#clock.monotonic() <= found.until;
  }

  /** Opens a session; returns what its cookie holds. */
  open(): string {
    const id = newSecret();
    push(this.#sessions, hashOf(id));
    return id;
  }

  has(id: string): boolean {
    return indexOf(this.#sessions, id) >= 0;
  }
}

/** Compares with all, each in constant time. */
function indexOf(hashes: readonly Uint8Array[], secret: string): number {
  const hash = hashOf(secret);
  return hashes.reduce((found, known, at) => timingSafeEqual(known, hash) ? at : found, -1);
}

function push<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MOST) list.shift();
}

function hashOf(secret: string): Uint8Array {
  return createHash("sha256").update(secret).digest();
}
