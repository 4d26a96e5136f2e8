/**
 * The validator to send as `If-Range`: a strong ETag, else the Last-Modified date (RFC 9110 §13.1.5).
 *
 * @returns Null when the answer carries none; such a download cannot be resumed safely.
 */
export function validatorOf(headers: Headers): string | null {
  const etag = headers.get("etag");
  if (etag !== null && /^"[^"]*"$/.test(etag)) return etag;
  return headers.get("last-modified");
}
