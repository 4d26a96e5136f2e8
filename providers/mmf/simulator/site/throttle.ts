import { CHALLENGE_PAGE, FORBIDDEN_PAGE } from "../http/pages.ts";
import { html, type Reply } from "../http/reply.ts";
import type { Quota } from "../options.ts";

/**
 * The rolling quota of download links: over it comes a plain 403, then 429 with a challenge, and each attempt
 * inside the lockout begins it anew.
 */
export class LinkThrottle {
  readonly #quota: Quota | null;
  readonly #now: () => number;
  #minted: number[] = [];
  #lockedUntil = -Infinity;

  constructor(quota: Quota | null, now: () => number) {
    this.#quota = quota;
    this.#now = now;
  }

  /** Counts a link that is asked for; answers the refusal, or null when it may be minted. */
  refusal(): Reply | null {
    if (!this.#quota) return null;
    const { links, windowMs } = this.#quota;
    const now = this.#now();
    if (now < this.#lockedUntil) {
      this.#lockedUntil = now + windowMs;
      return html(429, CHALLENGE_PAGE, { "cf-mitigated": "challenge" });
    }
    this.#minted = this.#minted.filter((time) => time > now - windowMs);
    if (this.#minted.length >= links) {
      this.#lockedUntil = now + windowMs;
      return html(403, FORBIDDEN_PAGE);
    }
    this.#minted.push(now);
    return null;
  }
}
