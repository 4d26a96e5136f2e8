import type { SimImage } from "./sim_object.ts";

/** Sides of the reduced images, which the site marks by a prefix of the file name. */
export const IMAGE_SIZES = [70, 230, 720, 1000] as const;

/** Address of the image as the site writes it: with literal blanks and apostrophes. */
export function imageUrl(
  { host, folder, name }: SimImage,
  size: (typeof IMAGE_SIZES)[number] | null = null,
): string {
  const path = host === "dl" ? "object-assets" : "object-images";
  const prefix = size === null ? "" : `${size}X${size}-`;
  return `https://${host}.myminifactory.com/${path}/${folder}/images/${prefix}${name}`;
}

/** Takes an image address apart; null when it is none. */
export function parseImagePath(
  path: string,
): { folder: string; name: string; size: number | null } | null {
  const match = /^\/object-(?:assets|images)\/([0-9a-f]+)\/images\/([^/]+)$/.exec(path);
  const file = match?.[2];
  if (!match?.[1] || file === undefined) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(file);
  } catch {
    return null;
  }
  const sized = /^(\d+)X\1-(.*)$/s.exec(decoded);
  return {
    folder: match[1],
    name: sized?.[2] ?? decoded,
    size: sized?.[1] === undefined ? null : Number(sized[1]),
  };
}
