import { classifyStatus, classifyThrown } from "../platform/classify.ts";
import { type Failure, SyncError } from "../platform/errors.ts";
import type { Clock, Http, HttpResponse, Log, Random } from "../platform/ports.ts";
import { withTimeout } from "../platform/with_timeout.ts";
import type { HostRequest, HostResponse } from "../../../providers/sdk/mod.ts";
import type { Manifest } from "./manifest.ts";
import type { Pacer } from "./pacer.ts";
import { readText } from "./read_text.ts";
import {
  allowedHeaders,
  type Attached,
  type Credentials,
  credentialsFor,
  withCredentials,
} from "./request_headers.ts";
import { guardTarget, type Resolve } from "./target_guard.ts";

export interface HostHttpOptions {
  readonly manifest: Manifest;
  /** Sends its honest `user-agent` by itself. */
  readonly http: Http;
  readonly credentials: Credentials;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Looks up host names, to refuse those of private networks. @default {undefined} not looked up */
  readonly resolve?: Resolve | undefined;
}

/** Sends a plugin's request under the rules of its manifest. */
export type HostHttp = (request: HostRequest, signal?: AbortSignal) => Promise<HostResponse>;

const MOST_REDIRECTS = 5;
const TRIES = 3;
const FIRST_BACKOFF_MS = 500;
/** A longer pause is not waited out here: the plugin's call fails and is taken up again later. */
const LONGEST_WAIT_MS = 10_000;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface Message {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Builds what answers a plugin's requests. Each request: target allowed, turn taken, credential attached, sent,
 * read; again after a hiccup of the site, and again for each redirect.
 *
 * It throws `SyncError`s: `permission` for a target that the manifest does not name, `badInput` for a
 * malformed request, `throttled` and `challenged` when the site wants silence, `retryable` when it cannot be
 * reached, `bug` for an answer over the manifest's size, `cancelled`.
 */
export function createHostHttp(options: HostHttpOptions): HostHttp {
  const { manifest, http, credentials, pacer, clock, random, log, resolve } = options;
  let rest: Failure["kind"] & ("throttled" | "challenged") = "throttled";

  return async (request, signal) => {
    const follow = request.redirect !== "manual";
    let message = firstMessage(request);
    for (let hops = 0;; hops++) {
      const answer = await exchange(message, follow, signal);
      const next = follow ? redirected(message, answer) : null;
      if (!next) return toHostResponse(message.url, answer);
      if (hops === MOST_REDIRECTS) {
        throw new SyncError(
          "retryable",
          `${next.url.host} redirected more than ${MOST_REDIRECTS} times`,
        );
      }
      message = next;
    }
  };

  /** One message and its answer, tried anew when the site has a hiccup: providers only read. */
  async function exchange(message: Message, follow: boolean, signal?: AbortSignal) {
    for (let tries = 1;; tries++) {
      let wait = FIRST_BACKOFF_MS * 2 ** (tries - 1) * (0.5 + random.next());
      try {
        const answer = await attempt(message, follow, signal);
        const { status, headers } = answer;
        const failure = classifyStatus(status, headers, { role: "api", now: clock.now() });
        log.debug("Provider request", { plugin: manifest.id, host: message.url.host, status });
        if (failure?.kind === "throttled" || failure?.kind === "challenged") {
          throw silence(failure.kind, failure.after, message.url);
        }
        if (failure?.kind !== "retryable") return answer;
        if (failure.after !== undefined && failure.after > LONGEST_WAIT_MS) {
          throw silence("throttled", failure.after, message.url);
        }
        if (tries === TRIES) return answer;
        wait = Math.max(wait, failure.after ?? 0);
      } catch (error) {
        const failure = toSyncError(error, signal);
        if (failure.kind !== "retryable" || tries === TRIES) throw failure;
      }
      await clock.sleep(wait, signal).catch((error) => Promise.reject(toSyncError(error, signal)));
    }
  }

  async function attempt(message: Message, follow: boolean, signal?: AbortSignal): Promise<Answer> {
    await guardTarget(manifest, message.url, resolve);
    const silent = pacer.pausedUntil - clock.now();
    if (silent > LONGEST_WAIT_MS) {
      throw new SyncError({ kind: rest, after: silent }, `${manifest.name} asked for a pause`);
    }
    const { hostname } = message.url;
    const attached = await credentialsFor(manifest, hostname, credentials);
    const answer = await send(message, attached, follow, signal);
    if (answer.status !== 401 || !await renewAny(attached)) return answer;
    // Once: what the site refuses again, it refuses for good.
    const renewed = await credentialsFor(manifest, hostname, credentials);
    return await send(message, renewed, follow, signal);
  }

  /** Whether there is another credential to try than those that the site has just refused. */
  async function renewAny(attached: readonly Attached[]): Promise<boolean> {
    let renewed = false;
    for (const { scheme, value } of attached) {
      renewed = await credentials.renew(scheme, value) || renewed;
    }
    return renewed;
  }

  async function send(
    message: Message,
    attached: readonly Attached[],
    follow: boolean,
    signal?: AbortSignal,
  ): Promise<Answer> {
    await pacer.turn(signal);
    const { timeoutMs, maxResponse } = manifest.http;
    const { method, body } = message;
    const { url, headers: proof } = withCredentials(message.url, attached);
    return await withTimeout(clock, timeoutMs, signal, async (signal) => {
      const response = await http.send({
        url: url.href,
        method,
        headers: { ...message.headers, ...proof },
        ...(body === undefined ? {} : { body }),
        signal,
      });
      const { status, headers } = response;
      if (!follow || !isRedirect(response)) {
        return { status, headers, body: await readText(response, maxResponse) };
      }
      await response.body?.cancel();
      return { status, headers, body: "" };
    });
  }

  function silence(kind: typeof rest, after: number, { host }: URL): SyncError {
    rest = kind;
    pacer.pauseUntil(clock.now() + after);
    log.warn("Provider asks for silence", { plugin: manifest.id, host, kind, after });
    const what = kind === "challenged" ? "checks for robots" : "asks for a pause";
    return new SyncError({ kind, after }, `${host} ${what}: ${Math.ceil(after / 1000)} seconds`);
  }
}

function firstMessage({ url, method = "GET", headers, body }: HostRequest): Message {
  const parsed = URL.parse(url);
  if (!parsed) throw new SyncError("badInput", "A request's address is not valid");
  parsed.hash = "";
  const sent = method === "POST" && body !== undefined ? { body } : {};
  return { url: parsed, method, headers: allowedHeaders(headers), ...sent };
}

function isRedirect({ status, headers }: Pick<HttpResponse, "status" | "headers">): boolean {
  return REDIRECTS.has(status) && headers.has("location");
}

/** The message that a redirect asks for (RFC 9110, 15.4), null when the answer is none. */
function redirected(message: Message, answer: Answer): Message | null {
  if (!isRedirect(answer)) return null;
  const url = URL.parse(answer.headers.get("location") ?? "", message.url);
  if (!url) throw new SyncError("retryable", `${message.url.host} redirected to no valid address`);
  url.hash = "";
  if (answer.status === 307 || answer.status === 308) return { ...message, url };
  const { "content-type": _, ...headers } = message.headers;
  return { url, method: "GET", headers };
}

function toHostResponse(url: URL, { status, headers, body }: Answer): HostResponse {
  const shown = [...headers].filter(([name]) => name !== "set-cookie" && name !== "set-cookie2");
  return { status, url: url.href, headers: Object.fromEntries(shown), body };
}

function toSyncError(error: unknown, signal: AbortSignal | undefined): SyncError {
  return signal?.aborted
    ? new SyncError("cancelled", "Stopped", { cause: error })
    : classifyThrown(error);
}
