import { CHALLENGE_PAGE, FORBIDDEN_PAGE } from "../http/pages.ts";
import { html, type Reply } from "../http/reply.ts";
import type { Quota } from "../options.ts";

/** How often links were asked for, and how that went. */
export interface LinkTally {
  /** Asked for within the quota. */
  readonly granted: number;
  /** Refused plainly: the quota was used up. */
  readonly refused: number;
  /** Refused with a challenge: asked for inside a lockout, which each time begins anew. */
  readonly escalations: number;
}

/**
 * The rolling quota of download links: over it comes a plain 403 and a lockout; then 429 with a challenge, and each
 * attempt inside the lockout begins it anew.
 */
export class LinkThrottle {
  readonly #quota: Quota | null;
  readonly #now: () => number;
  readonly #tally = { granted: 0, refused: 0, escalations: 0 };
  #minted: number[] = [];
  #lockedUntil = -Infinity;

  constructor(quota: Quota | null, now: () => number) {
    this.#quota = quota;
    this.#now = now;
  }

  get tally(): LinkTally {
    return { ...this.#tally };
  }

  /** Counts a link that is asked for; answers the refusal, or null when it may be minted. */
  refusal(): Reply | null {
    if (this.#quota && !this.#admits(this.#quota)) {
      const { windowMs, lockoutMs = windowMs } = this.#quota;
      const now = this.#now();
      const isEscalation = now < this.#lockedUntil;
      this.#lockedUntil = now + lockoutMs;
      if (isEscalation) {
        this.#tally.escalations++;
        return html(429, CHALLENGE_PAGE, { "cf-mitigated": "challenge" });
      }
      this.#tally.refused++;
      return html(403, FORBIDDEN_PAGE);
    }
    this.#tally.granted++;
    return null;
  }

  #admits({ links, windowMs }: Quota): boolean {
    const now = this.#now();
    if (now < this.#lockedUntil) return false;
    this.#minted = this.#minted.filter((time) => time > now - windowMs);
    if (this.#minted.length >= links) return false;
    this.#minted.push(now);
    return true;
  }
}
