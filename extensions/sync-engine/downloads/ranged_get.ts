import { classifyStatus } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Http, HttpResponse } from "../platform/ports.ts";
import { BadAnswer } from "./bad_answer.ts";
import { parseContentRange } from "./content_range.ts";
import { validatorOf } from "./validator.ts";

const MAX_REDIRECTS = 5;

/** What to ask for. */
export interface RangedGet {
  readonly url: string;
  readonly start: number;
  /** Offset behind the last byte; null for all that follows. */
  readonly end: number | null;
  /** Sent as `If-Range`; null for a first request. */
  readonly validator: string | null;
  /** Length of the whole file where it is known already. */
  readonly size: number | null;
  readonly allowsUrl: (url: URL) => boolean;
  readonly signal: AbortSignal;
  /** As of the request to send. */
  readonly ownConnection: boolean;
}

/** An answer that was checked against the request. */
export interface RangedBody {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** True when the server sent the whole file anew (200), whatever stretch was asked for. */
  readonly whole: boolean;
  /** Length of the whole file, null when the server does not say. */
  readonly size: number | null;
  readonly validator: string | null;
  /** Bytes of the answer's head. */
  readonly headBytes: number;
}

/**
 * Asks for a stretch of a file and checks that the answer is that stretch of that file: status,
 * `Content-Range`, validator, encoding, redirects only where the provider may go.
 *
 * @throws {SyncError} `integrity` when the file on the server is not the one that was begun, so that
 * what is on disk is of no use; else of the kind that the answer calls for. The body is cancelled then.
 */
export async function rangedGet(
  { http, clock }: { http: Http; clock: Clock },
  request: RangedGet,
): Promise<RangedBody> {
  const { start, end } = request;
  const headers: Record<string, string> = {
    range: `bytes=${start}-${end === null ? "" : end - 1}`,
    // A compressed answer has no usable offsets.
    "accept-encoding": "identity",
  };
  if (request.validator !== null) headers["if-range"] = request.validator;

  const response = await follow(http, request, headers);
  try {
    return check(request, response, clock.now());
  } catch (error) {
    await response.body?.cancel().catch(() => {});
    throw error;
  }
}

async function follow(
  http: Http,
  { url, allowsUrl, signal, ownConnection }: RangedGet,
  headers: Record<string, string>,
): Promise<HttpResponse> {
  let target = parseUrl(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    if (!allowsUrl(target)) {
      throw new BadAnswer(`The download leads to ${target.host}, where this provider may not go`);
    }
    const response = await http.send({ url: target.href, headers, signal, ownConnection });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel().catch(() => {});
    target = parseUrl(location, target);
  }
  throw new BadAnswer(`The download was redirected more than ${MAX_REDIRECTS} times`);
}

function parseUrl(url: string, base?: URL): URL {
  try {
    return new URL(url, base);
  } catch (cause) {
    throw new BadAnswer("The site gave a download address that is not one", { cause });
  }
}

function check(
  request: RangedGet,
  { status, headers, body }: HttpResponse,
  now: number,
): RangedBody {
  const validator = validatorOf(headers);
  const headBytes = lengthOf(headers);
  if (
    status === 416 && headers.get("content-range") === "bytes */0" && request.start === 0
  ) {
    // An empty file has no byte to send: RFC 9110 §14.1.2 has "bytes=0-" fail there.
    return { body: new Blob([]).stream(), whole: true, size: 0, validator, headBytes };
  }
  const failure = classifyStatus(status, headers, { role: "storage", now });
  if (failure) throw new SyncError(failure, `The file server answered ${status}`);
  if (status !== 200 && status !== 206) {
    throw new BadAnswer(`The file server answered ${status} instead of the file`);
  }
  const type = headers.get("content-type") ?? "";
  if (/^text\/html\b|^application\/json\b/i.test(type)) {
    throw new BadAnswer("The site sent a web page instead of the file");
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new BadAnswer(`The file server sent the file in "${encoding}" form unasked`);
  }
  if (!body) throw new BadAnswer("The file server sent an answer without a body");
  if (status === 200) {
    return { body, whole: true, size: contentLength(headers), validator, headBytes };
  }
  const range = parseContentRange(headers.get("content-range"));
  if (!range || range.start !== request.start) {
    throw new SyncError(
      "integrity",
      "The file server sent another part of the file than asked for",
    );
  }
  if (range.size === null) {
    throw new BadAnswer("The file server does not say how long the file is");
  }
  // Whoever does not know the length may ask for more than there is.
  const wantedEnd = Math.min(request.end ?? Infinity, range.size);
  if (
    range.end !== wantedEnd - 1 || (request.size !== null && range.size !== request.size)
  ) {
    throw new SyncError("integrity", "The file on the server has another length than before");
  }
  if (request.validator !== null && validator !== null && validator !== request.validator) {
    throw new SyncError("integrity", "The file on the server changed while it was downloaded");
  }
  return { body, whole: false, size: range.size, validator, headBytes };
}

function contentLength(headers: Headers): number | null {
  const value = headers.get("content-length");
  return value !== null && /^\d{1,16}$/.test(value) ? Number(value) : null;
}

/** Bytes of a head in HTTP/1.1, as about a line of it more than its headers. */
function lengthOf(headers: Headers): number {
  let length = "HTTP/1.1 206 Partial Content\r\n\r\n".length;
  for (const [name, value] of headers) length += `${name}: ${value}\r\n`.length;
  return length;
}
