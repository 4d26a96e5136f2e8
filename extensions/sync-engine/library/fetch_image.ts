import { classifyStatus } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Http, HttpResponse } from "../platform/ports.ts";
import { withTimeout } from "../platform/with_timeout.ts";
import type { Manifest } from "../plugins/manifest.ts";
import type { Pacer } from "../plugins/pacer.ts";
import { guardTarget, type Resolve } from "../plugins/target_guard.ts";
import { imageTypeOf } from "./image_type.ts";

/** Most bytes of a picture that is shown in a list. */
export const MAX_IMAGE_BYTES = 4 * 1024 * 1024;

const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif";

export interface FetchImagePorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly pacer: Pacer;
  /** Looks up host names, to refuse those of private networks. @default {undefined} not looked up */
  readonly resolve?: Resolve | undefined;
}

/**
 * Fetches a public picture of a provider's site, once and without credentials. Every redirect has to stay on hosts
 * of the manifest.
 *
 * @throws {SyncError} `permission` for a host that the manifest does not name; `integrity` for what is no picture or
 * larger than `MAX_IMAGE_BYTES`; what the site's status means; `retryable` when it cannot be reached; `cancelled`
 */
export async function fetchImage(
  { http, clock, pacer, resolve }: FetchImagePorts,
  manifest: Manifest,
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  let url = parse(address, undefined);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    await guardTarget(manifest, url, resolve);
    await pacer.turn(signal);
    const answer = await withTimeout(clock, manifest.http.timeoutMs, signal, async (signal) => {
      const response = await http.send({ url: url.href, headers: { accept: ACCEPT }, signal });
      return await readAnswer(response, url, clock.now());
    });
    if ("bytes" in answer) return answer.bytes;
    url = parse(answer.location, url);
  }
  throw new SyncError("integrity", `${url.host} redirected more than ${MOST_REDIRECTS} times`);
}

function parse(address: string, base: URL | undefined): URL {
  const url = URL.parse(address, base);
  if (!url) throw new SyncError("integrity", "A picture's address is not valid");
  url.hash = "";
  return url;
}

async function readAnswer(
  response: HttpResponse,
  { host }: URL,
  now: number,
): Promise<{ readonly bytes: Uint8Array } | { readonly location: string }> {
  const { status, headers, body } = response;
  const failure = classifyStatus(status, headers, { role: "api", now });
  const location = REDIRECTS.has(status) ? headers.get("location") : null;
  if (failure || location !== null || status !== 200) {
    await body?.cancel();
    if (failure) throw new SyncError(failure, `${host} answered ${status} instead of a picture`);
    if (location !== null) return { location };
    throw new SyncError("integrity", `${host} answered ${status} instead of a picture`);
  }
  const bytes = await readBytes(response);
  if (imageTypeOf(bytes) === null) {
    throw new SyncError("integrity", `${host} answered something that is no picture`);
  }
  return { bytes };
}

async function readBytes({ headers, body }: HttpResponse): Promise<Uint8Array> {
  const tooLarge = () =>
    new SyncError("integrity", `A picture is larger than ${MAX_IMAGE_BYTES} bytes`);
  if (Number(headers.get("content-length")) > MAX_IMAGE_BYTES) {
    await body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    // Leaving the loop cancels the body.
    if (size > MAX_IMAGE_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
