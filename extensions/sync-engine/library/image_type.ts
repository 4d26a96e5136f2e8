/** Media types of pictures that are shown. Others are not, SVG least of all: it can carry scripts. */
export type ImageType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif";

/**
 * What a picture's first bytes say that it is, whatever its name or a header claims; null for all that is
 * not one of the known types.
 */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) return "image/gif";
  if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) return "image/webp";
  // ISO base media (ISO/IEC 14496-12): a box "ftyp" with the major brand.
  if (head.startsWith("ftypavif", 4) || head.startsWith("ftypavis", 4)) return "image/avif";
  return null;
}
