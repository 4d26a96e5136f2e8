import ipaddr from "ipaddr.js";
import type { Incoming } from "./incoming.ts";

/** For whom a server answers. */
export interface GuardOptions {
  /** The address that it listens on. */
  readonly hostname: string;
  /** Names besides the address by which it may be called; any port. */
  readonly allowedHosts: readonly string[];
  /** Origins besides its own whose pages may talk to it. */
  readonly allowedOrigins: readonly string[];
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Whether an address or name means this computer and can be reached from nowhere else. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_NAMES.has(hostname) || hostname === "::1";
}

/**
 * Keeps foreign pages out. A page whose own name was made to point here (DNS rebinding) shows itself by its `Host`; any
 * other page by its `Origin` or `Sec-Fetch-Site`, which scripts cannot change.
 */
export class HostGuard {
  readonly #options: GuardOptions;
  readonly #names: ReadonlySet<string>;

  constructor(options: GuardOptions) {
    this.#options = options;
    const own = isLoopback(options.hostname) ? [] : [options.hostname];
    this.#names = new Set([...LOOPBACK_NAMES, ...own, ...options.allowedHosts]
      .map((name) => name.toLowerCase()));
  }

  /** The request's `Host` when it is one of ours, else null. */
  host(request: Incoming): string | null {
    const host = request.header("host")?.toLowerCase() ?? "";
    const url = URL.parse(`http://${host}`);
    // Anything more than a name and a port would be normalised away.
    if (!url || (url.host !== host && `${url.host}:80` !== host)) return null;
    return this.#names.has(url.hostname) || this.#isOwnAddress(url.hostname) ? host : null;
  }

  /** Whether a page of another site is behind the request. */
  isForeign(request: Incoming, host: string): boolean {
    const origin = request.header("origin");
    if (origin !== null) {
      return origin !== `http://${host}` && origin !== `https://${host}` &&
        !this.#options.allowedOrigins.includes(origin);
    }
    const site = request.header("sec-fetch-site");
    return site !== null && site !== "same-origin" && site !== "none";
  }

  /** Whether pages of another origin may show what is here. */
  get hasNeighbours(): boolean {
    return this.#options.allowedOrigins.length > 0;
  }

  /** Whether the request is for an image of such a page on this computer, which comes without `Origin`. */
  isNeighboursImage(request: Incoming): boolean {
    return this.hasNeighbours && request.header("origin") === null &&
      request.header("sec-fetch-site") === "same-site";
  }

  /** The origin to name in CORS headers, null where none is needed. */
  corsOrigin(request: Incoming): string | null {
    const origin = request.header("origin");
    return origin !== null && this.#options.allowedOrigins.includes(origin) ? origin : null;
  }

  /** Rebinding needs a name: whoever calls by address means this very computer. */
  #isOwnAddress(hostname: string): boolean {
    return !isLoopback(this.#options.hostname) &&
      ipaddr.isValid(hostname.replace(/^\[(.*)\]$/, "$1"));
  }
}

/** Whether the user goes to a page, by a link on whatever site. It cannot be framed or read from there. */
export function isNavigation(request: Incoming): boolean {
  return request.header("sec-fetch-mode") === "navigate" &&
    request.header("sec-fetch-dest") === "document";
}
