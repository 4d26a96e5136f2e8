import { pathKey } from "../fold_path.ts";
import { safeName, suffixName } from "../safe_name.ts";

/** An entry as an archive lists it. */
export interface ListedEntry {
  /** Never trusted as a path. */
  readonly filename: string;
  readonly directory: boolean;
  readonly encrypted: boolean;
  /** Bytes that it says to have when unpacked. */
  readonly uncompressedSize: number;
  /** Bytes in the archive. */
  readonly compressedSize: number;
  /** With the mode of Unix in its upper half. */
  readonly externalFileAttributes?: number | undefined;
}

/** An entry and where it goes. */
export interface PlacedEntry<E extends ListedEntry> {
  readonly entry: E;
  /** Segments below the folder that is unpacked to, each a safe name. */
  readonly segments: readonly [string, ...string[]];
}

/** An entry that is not unpacked. */
export interface SkippedEntry {
  readonly name: string;
  readonly reason: "leadsOut" | "link" | "encrypted";
}

/** Of Unix: the kind of a file, and symbolic links among them. */
const KIND = 0o170000;
const LINK = 0o120000;

/** What operating systems put into archives for themselves. */
const CLUTTER = /(^|\/)(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini)(\/|$)/i;

/**
 * Gives each file of an archive a place. Paths that would lead out of the folder (CWE-22, "zip slip") and links are not
 * unpacked; all other names are made safe, and two entries never share a place.
 */
export function placeEntries<E extends ListedEntry>(
  entries: readonly E[],
): { readonly placed: readonly PlacedEntry<E>[]; readonly skipped: readonly SkippedEntry[] } {
  const placed: PlacedEntry<E>[] = [];
  const skipped: SkippedEntry[] = [];
  const taken = new Map<string, "file" | "folder">();
  for (const entry of entries) {
    const name = entry.filename.replaceAll("\\", "/");
    if (entry.directory || /^[./]*$/.test(name) || CLUTTER.test(name)) continue;
    const reason = reasonToSkip(entry, name);
    if (reason !== null) {
      skipped.push({ name: entry.filename, reason });
      continue;
    }
    const parts = name.split("/").filter((part) => part !== "" && part !== ".");
    const [first = "", ...rest] = free(parts.map((part) => safeName(part)));
    placed.push({ entry, segments: [first, ...rest] });
  }
  return { placed, skipped };

  /** The place of a file below folders that are no files, and where no folder is. */
  function free(parts: readonly string[]): string[] {
    const found: string[] = [];
    parts.forEach((part, at) => {
      const isFile = at === parts.length - 1;
      for (let n = 1;; n++) {
        const tried = n === 1 ? part : suffixName(part, ` (${n})`);
        const key = pathKey([...found, tried].join("/"));
        const there = taken.get(key);
        if (there !== undefined && (isFile || there === "file")) continue;
        taken.set(key, isFile ? "file" : "folder");
        found.push(tried);
        return;
      }
    });
    return found;
  }
}

function reasonToSkip(entry: ListedEntry, name: string): SkippedEntry["reason"] | null {
  if (entry.encrypted) return "encrypted";
  if ((((entry.externalFileAttributes ?? 0) >>> 16) & KIND) === LINK) return "link";
  const leadsOut = name.startsWith("/") || /^[A-Za-z]:/.test(name) ||
    name.split("/").includes("..");
  return leadsOut ? "leadsOut" : null;
}
