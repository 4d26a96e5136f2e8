/**
 * MyMiniFactory's web site: its addresses, and what an answer of it means before its content is looked at.
 *
 * @module
 */

import type { Host, HostResponse } from "../sdk/mod.ts";

/** The site, its two JSON interfaces and the minting of download links are all on this origin. */
export const SITE = "https://www.myminifactory.com";

/** More than any address of the site; the core refuses longer ones. */
const LONGEST_URL = 8000;

/** An answer of a JSON interface; failures that mean the same everywhere are thrown instead. */
export type JsonAnswer =
  | { readonly kind: "json"; readonly value: unknown }
  /** `loginPage`: a page for people instead of data, which is how the site library says "signed out". */
  | { readonly kind: "unauthorised" | "forbidden" | "missing" | "loginPage" };

/**
 * Gets JSON from `path` of the site.
 *
 * @throws `throttled` for limits and pages with 403, `challenged` for bot checks, `retryable` for 5xx, `badResponse` for broken JSON
 */
export async function getJson(host: Host, path: string): Promise<JsonAnswer> {
  const response = await host.request({
    url: SITE + path,
    headers: { accept: "application/json" },
  });
  throwIfDisturbed(host, response);
  const { status } = response;
  // The interfaces refuse in JSON. A page comes from the guard before them and says nothing about the model asked for.
  if (status === 403 && isHtml(response)) {
    throw host.error("throttled", "MyMiniFactory refuses requests for now");
  }
  if (status === 401) return { kind: "unauthorised" };
  if (status === 403) return { kind: "forbidden" };
  if (status === 404 || status === 410) return { kind: "missing" };
  if (isRedirect(status) || isLoginUrl(response.url) || (status === 200 && isHtml(response))) {
    return { kind: "loginPage" };
  }
  if (status !== 200) {
    throw host.error("badResponse", `MyMiniFactory answered ${status} for ${nameOf(path)}`);
  }
  return { kind: "json", value: parseJson(host, response.body, path) };
}

/**
 * Throws what no caller can make anything of.
 *
 * @throws `throttled`, `challenged` or `retryable`
 */
export function throwIfDisturbed(host: Host, response: HostResponse): void {
  const { status } = response;
  if (isBotCheck(response)) {
    throw host.error("challenged", "MyMiniFactory shows a bot check instead of an answer");
  }
  if (status === 429) throw host.error("throttled", "MyMiniFactory asks to slow down");
  if (status >= 500 || status === 408) {
    throw host.error("retryable", `MyMiniFactory has trouble: it answered ${status}`);
  }
}

/** Whether the answer is a page for people. */
export function isHtml(response: HostResponse): boolean {
  const type = response.headers["content-type"] ?? "";
  return type.includes("html") || response.body.trimStart().startsWith("<");
}

/** Whether `status` sends the client elsewhere. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** Whether the address is one of the sign-in pages. */
export function isLoginUrl(url: string): boolean {
  const parsed = siteUrl(url);
  if (parsed === null) return false;
  return parsed.hostname === "auth.myminifactory.com" || /\/login(?:\/|$)/.test(parsed.pathname);
}

/**
 * Absolute https address on a MyMiniFactory host, from what the site gives: relative, without scheme, plain http, with
 * spaces and apostrophes. Null for anything else.
 */
export function siteUrl(raw: string, base: string | URL = SITE): URL | null {
  let url: URL;
  try {
    url = new URL(raw.trim(), base);
  } catch {
    return null;
  }
  if (url.protocol === "http:" && url.port === "") url.protocol = "https:";
  const ours = url.hostname === "myminifactory.com" || url.hostname.endsWith(".myminifactory.com");
  if (url.protocol !== "https:" || url.port !== "" || !ours) return null;
  if (url.username !== "" || url.password !== "") return null;
  // Legal in a path, but storage hosts and shells disagree about it.
  url.pathname = url.pathname.replaceAll("'", "%27");
  return url.href.length > LONGEST_URL ? null : url;
}

// The core sees checks that carry Cloudflare's header; these words find those that do not.
function isBotCheck(response: HostResponse): boolean {
  if (response.headers["cf-mitigated"] !== undefined) return true;
  if (!isHtml(response)) return false;
  return /<title>\s*(?:just a moment|attention required)|\/cdn-cgi\/challenge-platform\/h\//i
    .test(response.body.slice(0, 50_000));
}

function parseJson(host: Host, body: string, path: string): unknown {
  if (body.trim() === "") {
    throw host.error("badResponse", `MyMiniFactory sent an empty answer for ${nameOf(path)}`);
  }
  try {
    return JSON.parse(body);
  } catch {
    throw host.error(
      "badResponse",
      `MyMiniFactory sent an incomplete or unreadable answer for ${
        nameOf(path)
      } (${body.length} characters)`,
    );
  }
}

function nameOf(path: string): string {
  return path.split("?")[0] ?? path;
}
