/** Marks that Unicode calls ignorable: zero-width joiners, variation selectors, soft hyphens, … */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * What decides whether two '/'-separated paths would be the same file on *any* of the file systems that we
 * write to, so that a library can move between them. It is stricter than each of them alone:
 *
 * - NTFS compares upper-cased, and its tools drop trailing dots and spaces
 * - APFS compares canonically decomposed and case-folded
 * - ext4 with `casefold` (and HFS+) moreover skip ignorable code points
 * - compatibility forms (`ﬁ`, `K`, full width) are folded too, because people cannot tell them apart
 *
 * A key is only for comparing: it is not a path.
 */
export function pathKey(path: string): string {
  return path.split("/").map(foldSegment).join("/");
}

function foldSegment(segment: string): string {
  return segment
    .normalize("NFKD")
    .replace(IGNORABLE, "")
    // Lower first: ẞ has no upper case but ß has, SS.
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKD")
    // ℀ and ／ decompose into a slash, which would change the number of segments.
    .replaceAll("/", "_")
    .replace(/[. ]+$/, "");
}
