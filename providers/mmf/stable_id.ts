/**
 * A short name for a text, the same on every machine: two 32-bit FNV-1a hashes with different starts, in base 36. Good
 * for telling the files of a model apart, not against forgery.
 */
export function hashText(text: string): string {
  return fnv1a(text, 0x811c9dc5).toString(36) + fnv1a(text, 0x3c6ef372).toString(36);
}

/** `<kind>-<n>`: the site's number where it gives one, else a name made of `text`. */
export function stableId(
  kind: "archive" | "file" | "image",
  number: string | null,
  text: string,
): string {
  return `${kind}-${number ?? `x${hashText(text)}`}`;
}

function fnv1a(text: string, start: number): number {
  let hash = start;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
