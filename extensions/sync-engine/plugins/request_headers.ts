import { SyncError } from "../platform/errors.ts";
import type { AuthScheme, Manifest } from "./manifest.ts";

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

/** Where the user's credentials for one provider come from. */
export interface Credentials {
  /** The value that is sent for a scheme; null when the user has not signed in that way. */
  get(scheme: AuthScheme): Promise<string | null>;
  /** After the site has refused `value`: whether there is another one now. */
  renew(scheme: AuthScheme, value: string): Promise<boolean>;
}

/** A credential on its way. */
export interface Attached {
  readonly scheme: AuthScheme;
  readonly value: string;
}

/**
 * The credentials that `host` is to be sent. Of two schemes in the same header the first one that the user has filled in
 * counts. One that goes into the address is for those who have no other.
 *
 * @throws {SyncError} needsAuth on a credential that cannot be sent, and when all that there were have run out
 */
export async function credentialsFor(
  { auth }: Pick<Manifest, "auth">,
  host: string,
  credentials: Pick<Credentials, "get">,
): Promise<Attached[]> {
  const attached: Attached[] = [];
  let over: SyncError | null = null;
  const headersFirst = auth.schemes.toSorted((a, b) => Number(!a.header) - Number(!b.header));
  for (const scheme of headersFirst) {
    const { header } = scheme;
    const isTaken = attached.some((other) => header === null || other.scheme.header === header);
    if (!scheme.hosts.includes(host) || isTaken) continue;
    try {
      const value = sendable(scheme, await credentials.get(scheme));
      if (value !== null) attached.push({ scheme, value });
    } catch (error) {
      // Another way in may still be open.
      if (!(error instanceof SyncError && error.kind === "needsAuth")) throw error;
      over ??= error;
    }
  }
  if (attached.length === 0 && over) throw over;
  return attached;
}

function sendable({ label }: AuthScheme, kept: string | null): string | null {
  const value = kept?.trim();
  if (!value) return null;
  if (VALUE.test(value)) return value;
  throw new SyncError("needsAuth", `The stored "${label}" has characters that cannot be sent`);
}

/** The address and headers of a request with its credentials. */
export function withCredentials(
  url: URL,
  attached: readonly Attached[],
): { readonly url: URL; readonly headers: Record<string, string> } {
  const target = new URL(url);
  const headers: Record<string, string> = {};
  for (const { scheme: { header, query, prefix }, value } of attached) {
    if (header !== null) headers[header.toLowerCase()] = prefix + value;
    else if (query !== null) target.searchParams.set(query, value);
  }
  return { url: target, headers };
}
