import * as v from "valibot";

/** Names that never lead to a site on the internet (RFC 6761, RFC 6762, RFC 8375 and common practice). */
const LOCAL_ENDINGS =
  /\.(local|localhost|localdomain|internal|intranet|lan|home|corp|private|arpa|onion|invalid)$/;

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A host name of the internet in the form in which URLs carry it: lower case, punycode, no port. */
export const exactHost = v.pipe(
  v.string(),
  v.check(
    isPublicName,
    (issue) =>
      `"${
        String(issue.input).slice(0, 100)
      }" is not a public host name such as "www.example.com": ` +
      "no address, port, scheme or local name is allowed",
  ),
);

/** An exact host, or `*.example.com` for all hosts below `example.com` (not itself). */
export const hostPattern = v.pipe(
  v.string(),
  v.check(
    (text) => isPublicName(text.startsWith("*.") ? text.slice(2) : text),
    (issue) =>
      `"${
        String(issue.input).slice(0, 100)
      }" is neither a public host name such as "www.example.com" ` +
      'nor a pattern such as "*.example.com": no address, port, scheme or local name is allowed',
  ),
);

/** @param host As in `URL.hostname`. */
export function matchesHost(pattern: string, host: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function isPublicName(text: string): boolean {
  const labels = text.split(".");
  if (text.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) {
    return false;
  }
  // URLs read a name that ends in a number as an IPv4 address, in whatever notation.
  if (!/^[a-z]/.test(labels.at(-1) ?? "") || LOCAL_ENDINGS.test(text)) return false;
  return URL.parse(`https://${text}/`)?.hostname === text;
}
