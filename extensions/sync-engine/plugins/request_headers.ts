import { SyncError } from "../platform/errors.ts";
import type { Secrets } from "../platform/ports.ts";
import type { Manifest } from "./manifest.ts";

/** What a plugin may say in headers. Who the user is, who we are and how the message travels is the core's. */
const ALLOWED: ReadonlySet<string> = new Set([
  "accept",
  "accept-language",
  "content-type",
  "if-modified-since",
  "if-none-match",
  "x-requested-with",
]);

/** Visible ASCII, spaces and tabs (RFC 9110, 5.5). */
const VALUE = /^[\t\x20-\x7e]*$/;

/**
 * Keeps the headers that a plugin may set; names in lower case.
 *
 * @throws {SyncError} badInput on a value that HTTP forbids, such as one with a line break
 */
export function allowedHeaders(
  given: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(given ?? {})) {
    const lower = name.toLowerCase();
    if (!ALLOWED.has(lower)) continue;
    if (!VALUE.test(value)) {
      throw new SyncError("badInput", `The header "${lower}" has characters that HTTP forbids`);
    }
    kept[lower] = value;
  }
  return kept;
}

/**
 * The stored credentials that `host` is to be sent. Of two schemes with the same header the first one
 * that the user has filled in counts.
 *
 * @throws {SyncError} needsAuth on a credential that cannot be sent
 */
export async function credentialHeaders(
  { id, auth }: Manifest,
  host: string,
  secrets: Pick<Secrets, "get">,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const { id: name, label, header, prefix, hosts } of auth.schemes) {
    const key = header.toLowerCase();
    if (!hosts.includes(host) || key in headers) continue;
    const secret = (await secrets.get(id, name))?.trim();
    if (!secret) continue;
    if (!VALUE.test(secret)) {
      throw new SyncError("needsAuth", `The stored "${label}" has characters that cannot be sent`);
    }
    headers[key] = prefix + secret;
  }
  return headers;
}
