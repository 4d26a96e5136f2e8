import type { Role, SiteRequest } from "./reply.ts";

/** Ways in which the simulator misbehaves. */
export type Fault =
  /** The right length is announced, the body is cut (by default in half), the connection closed. */
  | { readonly mode: "shortBody"; readonly bytes?: number }
  /** `Content-Length` is off by so many bytes; the whole body follows either way. */
  | { readonly mode: "lyingLength"; readonly by: number }
  /** Another, shorter file with headers that fit it: only the listed size tells. */
  | { readonly mode: "truncatedFile" }
  /** 200 and the whole file in answer to a range. */
  | { readonly mode: "ignoreRange" }
  /** 206 whose `Content-Range` begins elsewhere than asked (by default 1 byte later). */
  | { readonly mode: "wrongContentRange"; readonly by?: number }
  /** Content and ETag differ from what they were, anew with each hit. */
  | { readonly mode: "changedEtag" }
  /** 416, whatever was asked. */
  | { readonly mode: "refuse416" }
  /** 200 with the login page. */
  | { readonly mode: "htmlInstead" }
  /** 302, by default to `https://evil.example/`. */
  | { readonly mode: "redirectElsewhere"; readonly location?: string }
  /** 302 to this machine and to the cloud metadata address, in turns. */
  | { readonly mode: "redirectLoopback" }
  /** 302 to the very address that was asked. */
  | { readonly mode: "redirectLoop" }
  /** 403 as for a signed address whose time is over. */
  | { readonly mode: "expired" }
  /** The bytes asked for in gzip form, unasked. */
  | { readonly mode: "gzipRange" }
  /** So many bytes (by default half), then nothing until the client goes away. */
  | { readonly mode: "stall"; readonly bytes?: number }
  /** Chunks without end. */
  | { readonly mode: "endless" }
  /** The connection is torn down after so many bytes (by default half). */
  | { readonly mode: "reset"; readonly bytes?: number }
  /** One byte is flipped (by default in the middle). */
  | { readonly mode: "corrupt"; readonly at?: number }
  | { readonly mode: "serverError"; readonly status?: 500 | 502 | 503 | 504 }
  /** 429 with this `Retry-After`; null for none. */
  | { readonly mode: "throttle429"; readonly retryAfter?: string | null }
  /** 403 without any sign of Cloudflare. */
  | { readonly mode: "throttle403" }
  /** "Just a moment…" and, but for status 200, `cf-mitigated: challenge`. */
  | { readonly mode: "challenge"; readonly status?: 200 | 403 | 429 | 503 }
  /** Half of the JSON text. */
  | { readonly mode: "truncatedJson" }
  /** A list without items. */
  | { readonly mode: "emptyList" }
  /** A list that lacks its second half; totals are left as they were. */
  | { readonly mode: "shortList" }
  /** Valid JSON of a shape that nobody expects. */
  | { readonly mode: "wrongJson" }
  /** The body is filled up with blanks to so many bytes (by default 64 MiB). */
  | { readonly mode: "oversized"; readonly bytes?: number };

const MODES: Readonly<Record<Fault["mode"], true>> = {
  shortBody: true,
  lyingLength: true,
  truncatedFile: true,
  ignoreRange: true,
  wrongContentRange: true,
  changedEtag: true,
  refuse416: true,
  htmlInstead: true,
  redirectElsewhere: true,
  redirectLoopback: true,
  redirectLoop: true,
  expired: true,
  gzipRange: true,
  stall: true,
  endless: true,
  reset: true,
  corrupt: true,
  serverError: true,
  throttle429: true,
  throttle403: true,
  challenge: true,
  truncatedJson: true,
  emptyList: true,
  shortList: true,
  wrongJson: true,
  oversized: true,
};

/** The modes of all faults. */
export const FAULT_MODES: readonly string[] = Object.keys(MODES);

/** Which requests a fault hits. */
export interface FaultScope {
  readonly on: Role;
  /** Part of path and query, or a test of them. @default {""} */
  readonly path?: string | RegExp | ((path: string) => boolean);
  /** How many requests are hit. @default {Infinity} */
  readonly times?: number;
  /** Matching requests let through first. @default {0} */
  readonly after?: number;
}

/** Hostile modes that are switched on while the simulator runs. */
export interface Faults {
  /** Adds a fault; of several that match, the one added first strikes. */
  add(scope: FaultScope, fault: Fault): FaultHandle;
  clear(): void;
}

export interface FaultHandle {
  /** Requests that were hit so far. */
  readonly hits: number;
  remove(): void;
}

interface Rule {
  readonly scope: FaultScope;
  readonly fault: Fault;
  passed: number;
  hits: number;
}

/** A fault that strikes now; `hit` counts from 1. */
export interface Strike {
  readonly fault: Fault;
  readonly hit: number;
}

/** Keeps the faults that are switched on. */
export class FaultList implements Faults {
  #rules: Rule[] = [];

  add(scope: FaultScope, fault: Fault): FaultHandle {
    const rule: Rule = { scope, fault, passed: 0, hits: 0 };
    this.#rules.push(rule);
    return {
      get hits() {
        return rule.hits;
      },
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== rule);
      },
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault for this request, which is counted. */
  strike(role: Role, { url }: SiteRequest): Strike | null {
    const path = url.pathname + url.search;
    for (const rule of this.#rules) {
      const { on, times = Infinity, after = 0 } = rule.scope;
      if (on !== role || rule.hits >= times || !matches(rule.scope.path ?? "", path)) continue;
      if (rule.passed < after) {
        rule.passed++;
        continue;
      }
      rule.hits++;
      return { fault: rule.fault, hit: rule.hits };
    }
    return null;
  }
}

function matches(test: NonNullable<FaultScope["path"]>, path: string): boolean {
  if (typeof test === "string") return path.includes(test);
  // A sticky or global expression would remember where it stopped.
  return test instanceof RegExp
    ? new RegExp(test.source, test.flags.replace(/[gy]/g, "")).test(path)
    : test(path);
}
