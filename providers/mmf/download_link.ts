/**
 * Mints download addresses. The site limits this harder than anything else, so it is done just before use.
 *
 * @module
 */

import type { FileRef, Host, HostResponse, Lease } from "../sdk/mod.ts";
import { readDownloadables } from "./downloadables.ts";
import {
  getJson,
  isHtml,
  isLoginUrl,
  isRedirect,
  SITE,
  siteUrl,
  throwIfDisturbed,
} from "./site.ts";

const MAX_HOPS = 3;

/**
 * The address of a file's bytes.
 *
 * @throws `needsAuth`, `locked`, `gone`, `throttled`, `challenged`, `retryable`, `badResponse`
 */
export async function downloadUrl(host: Host, file: FileRef): Promise<Lease> {
  const start = siteUrl(file.ref);
  if (start === null) {
    throw host.error("badResponse", `"${file.id}" has no address on MyMiniFactory`);
  }
  const object = /^\/download\/(?:object-)?([^/]+)/.exec(start.pathname)?.[1] ?? "";
  const whole = start.search === "";
  let url: URL = start;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    // Pictures, and files that the site gave on a storage host: public already.
    if (!isMint(url)) return { url: url.href, expiresAt: expiryOf(url) };
    const response: HostResponse = await host.request({ url: url.href, redirect: "manual" });
    throwIfDisturbed(host, response);
    if (!isRedirect(response.status)) throw await refusal(host, response, file, object, whole);
    const location = response.headers["location"] ?? "";
    const next: URL | null = location === "" ? null : siteUrl(location, url);
    if (next === null) {
      throw host.error("badResponse", `MyMiniFactory sends "${file.id}" to a foreign address`);
    }
    if (isLoginUrl(next.href)) throw signedOut(host);
    if (next.origin === SITE && !isMint(next)) throw await noFile(host, file, whole);
    url = next;
  }
  throw host.error("badResponse", `MyMiniFactory sends "${file.id}" in circles`);
}

/** When a signed address ends: milliseconds since the epoch, null when it does not say. */
export function expiryOf(url: URL): number | null {
  const query = new Map([...url.searchParams].map(([key, value]) => [key.toLowerCase(), value]));
  const seconds = wholeNumber(query.get("x-amz-expires"));
  const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get("x-amz-date") ?? "");
  if (seconds !== null && signed !== null) {
    const [, year, month, day, hour, minute, second] = signed;
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    return Number.isNaN(at) ? null : at + seconds * 1000;
  }
  const end = wholeNumber(query.get("exp")) ?? wholeNumber(query.get("expires"));
  if (end === null) return null;
  return end < 1e11 ? end * 1000 : end;
}

function wholeNumber(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,14}$/.test(value) ? Number(value) : null;
}

function isMint(url: URL): boolean {
  return url.origin === SITE && url.pathname.startsWith("/download/");
}

async function refusal(
  host: Host,
  response: HostResponse,
  file: FileRef,
  object: string,
  whole: boolean,
): Promise<Error> {
  switch (response.status) {
    case 401:
      return await noAccess(host, file);
    case 403:
      return await throttledOrLocked(host, file, object);
    case 404:
    case 410:
      return host.error("gone", `MyMiniFactory no longer has "${file.id}"`);
    case 200:
      if (isHtml(response)) return await noFile(host, file, whole);
  }
  return host.error(
    "badResponse",
    `MyMiniFactory answered ${response.status} instead of a download address for "${file.id}"`,
  );
}

// A plain 403 is how the site throttles minting, but also how it refuses a single item. The site library tells them
// apart and is not counted against the limit. In doubt it is a throttle: the core pauses and gives up on the one file
// after some tries, while "locked" would give up on good files and "retryable" would only lengthen the ban.
async function throttledOrLocked(host: Host, file: FileRef, object: string): Promise<Error> {
  const own = /^\d+$/.test(object)
    ? await readDownloadables(host, `object-${object}`, object)
    : null;
  if (own?.kind === "locked") return await noAccess(host, file);
  return host.error("throttled", "MyMiniFactory refuses download addresses for now");
}

// The site answers 401 alike for a file that this account may not have and for a sign-in that has ended. Only the account
// itself tells them apart; taking one locked file for the end of the sign-in would stop all the others.
async function noAccess(host: Host, file: FileRef): Promise<Error> {
  return await isSignedIn(host)
    ? host.error("locked", `MyMiniFactory does not open "${file.id}" to this account`)
    : signedOut(host);
}

async function isSignedIn(host: Host): Promise<boolean> {
  return (await getJson(host, "/api/v2/user")).kind === "json";
}

// A page instead of a file: the sign-in has ended, the site has made no zip, or this account may not have the file.
async function noFile(host: Host, file: FileRef, whole: boolean): Promise<Error> {
  if (!await isSignedIn(host)) return signedOut(host);
  return whole
    ? host.error("gone", `MyMiniFactory has no zip of the whole model for "${file.id}"`)
    : host.error("locked", `MyMiniFactory shows a page instead of "${file.id}": no access to it`);
}

function signedOut(host: Host): Error {
  return host.error("needsAuth", "MyMiniFactory asks to sign in before it gives downloads");
}
