import { CHALLENGE_PAUSE_MS, type Failure, THROTTLE_PAUSE_MS } from "./errors.ts";
import { parseRetryAfter } from "./retry_after.ts";

export interface ClassifyStatusOptions {
  /** `api`: the site itself, asked with the account's credentials. `storage`: a signed address. */
  readonly role: "api" | "storage";
  /** Milliseconds since the Unix epoch, to read dates in `Retry-After`. */
  readonly now: number;
}

/** Even "try again at once" gets a breath, so that a confused server is not hammered. */
const SHORTEST_PAUSE_MS = 1000;

/**
 * What an answer's status means, or null when it is no failure: 1xx, 2xx and 3xx, because redirects
 * are followed or refused by whoever sent the request.
 *
 * A bot check (`cf-mitigated: challenge`) counts with any status, since Cloudflare serves it with 403,
 * 429, 503 and 200 alike.
 */
export function classifyStatus(
  status: number,
  headers: Headers,
  { role, now }: ClassifyStatusOptions,
): Failure | null {
  const asked = parseRetryAfter(headers.get("retry-after"), now);
  const pause = asked === null ? null : Math.max(asked, SHORTEST_PAUSE_MS);
  if (headers.get("cf-mitigated")?.trim().toLowerCase() === "challenge") {
    return { kind: "challenged", after: Math.max(pause ?? 0, CHALLENGE_PAUSE_MS) };
  }
  if (status < 400) return null;
  if (status === 429) return { kind: "throttled", after: pause ?? THROTTLE_PAUSE_MS };
  if (status >= 500 || TRANSIENT.has(status)) {
    return pause === null ? { kind: "retryable" } : { kind: "retryable", after: pause };
  }
  return role === "storage" ? ofStorage(status) : ofApi(status);
}

/**
 * 407: the network's own proxy, not the site. 408: the server waited too long for us. 421: wrong
 * connection reused. 423: locked for the moment (WebDAV). 425: too early.
 */
const TRANSIENT: ReadonlySet<number> = new Set([407, 408, 421, 423, 425]);

function ofApi(status: number): Failure {
  switch (status) {
    case 401:
      return { kind: "needsAuth" };
    case 402:
    case 403:
    case 451:
      return { kind: "locked" };
    case 404:
    case 410:
      return { kind: "gone" };
    default:
      // The request itself was wrong, and sending it again changes nothing.
      return { kind: "bug" };
  }
}

/**
 * A signed address says nothing about the file: 403 is what S3 answers after it ran out, 400 what it
 * answers when the credential behind the signature did, 404 and 410 what a store of generated archives
 * answers once it has swept. In each case the site knows better, so it is asked again.
 */
function ofStorage(status: number): Failure {
  switch (status) {
    case 400:
    case 401:
    case 403:
    case 404:
    case 410:
      return { kind: "needsNewLease" };
    // The bytes on disk do not belong to the file that is there now: start over.
    case 412:
    case 416:
      return { kind: "integrity" };
    case 402:
    case 451:
      return { kind: "locked" };
    default:
      return { kind: "bug" };
  }
}
