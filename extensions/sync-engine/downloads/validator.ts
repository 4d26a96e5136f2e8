/**
 * The validator to send as `If-Range`: a strong ETag, else the Last-Modified date (RFC 9110 §13.1.5).
 *
 * @returns Null when the answer carries none; such a download cannot be resumed safely.
 */
export function validatorOf(headers: Headers): string | null {
  const etag = headers.get("etag");
  return isEtag(etag) ? etag : headers.get("last-modified");
}

/** Whether a validator is a strong ETag: the same one stands for the same bytes. */
export function isEtag(validator: string | null): validator is string {
  return validator !== null && /^"[^"]*"$/.test(validator);
}
