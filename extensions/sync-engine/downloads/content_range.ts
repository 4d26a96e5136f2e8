/** What a `Content-Range` header says: bytes [start, end] of `size`, null where it says `*`. */
export interface ContentRange {
  readonly start: number;
  /** Inclusive, as on the wire. */
  readonly end: number;
  readonly size: number | null;
}

/**
 * Parses a `Content-Range` of a 206 answer (RFC 9110 §14.4).
 *
 * @returns Null for anything that is not exactly of that form, or that contradicts itself.
 */
export function parseContentRange(value: string | null): ContentRange | null {
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(value ?? "");
  if (!match) return null;
  const [, first = "", last = "", whole = ""] = match;
  const start = Number(first);
  const end = Number(last);
  const size = whole === "*" ? null : Number(whole);
  if (end < start || (size !== null && end >= size)) return null;
  return { start, end, size };
}
