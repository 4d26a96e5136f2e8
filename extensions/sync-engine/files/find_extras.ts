import { join } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { DirEntry, Fs } from "../platform/ports.ts";
import { SIDECAR_NAME } from "./datapackage.ts";
import { pathKey } from "./fold_path.ts";
import { MARKER_NAME } from "./marker.ts";
import { VERSIONS_FOLDER } from "./replace.ts";
import { UNPACKED_MARKER } from "./unpack/unpacked_marker.ts";
import { statInRoot } from "./stat_in_root.ts";

/** Options for {@linkcode findExtras}. */
export interface FindExtrasOptions {
  /** Only these folders, '/'-separated below the root. @default all */
  readonly below?: Iterable<string>;
  readonly signal?: AbortSignal;
}

/** `<Provider>/<Creator>/<Model>` */
const MODEL_DEPTH = 3;

const OWN: ReadonlySet<string> = new Set([MARKER_NAME, SIDECAR_NAME, VERSIONS_FOLDER]);

/** Partial files, what was kept aside, and what a crash left of an atomic write. */
const OWN_PATTERN = /\.part$|^datapackage\.json\.damaged(-\d+)?$|^\.[0-9a-f-]{8,36}\.tmp$/;

/** What operating systems and network drives leave in folders. */
const DROPPINGS: ReadonlySet<string> = new Set([
  "$recycle.bin",
  ".directory",
  ".ds_store",
  ".fseventsd",
  ".spotlight-v100",
  ".temporaryitems",
  ".trashes",
  "@eadir",
  "desktop.ini",
  "ehthumbs.db",
  "icon\r",
  "lost+found",
  "system volume information",
  "thumbs.db",
]);

/** AppleDouble files, open-but-deleted files of NFS and FUSE, Linux bins. */
const DROPPING_PATTERN = /^\._|^\.nfs[0-9a-f]{8}|^\.fuse_hidden|^\.trash-\d+$/;

/**
 * Finds the files in model folders that no row knows: '/'-separated paths below the root, in a stable order. Symbolic links are
 * not followed and not reported.
 *
 * @param isKnown Whether a row has this {@linkcode pathKey}.
 * @throws {SyncError} `cancelled` When the signal aborts; or whatever the disk fails with.
 */
export async function* findExtras(
  fs: Fs,
  root: string,
  isKnown: (key: string) => boolean,
  options: FindExtrasOptions = {},
): AsyncGenerator<string> {
  if (!options.below) yield* walk([]);
  for (const folder of new Set(options.below)) {
    if ((await statInRoot(fs, root, folder))?.kind === "directory") yield* walk(folder.split("/"));
  }

  async function* walk(segments: readonly string[]): AsyncGenerator<string> {
    if (options.signal?.aborted) {
      throw new SyncError("cancelled", "Stopped looking for files", {
        cause: options.signal.reason,
      });
    }
    const entries = await listReadable(fs, join(root, ...segments));
    // What came out of an archive belongs to it.
    if (entries.some(({ name }) => name === UNPACKED_MARKER)) return;
    for (const entry of entries.filter(isTheirs).sort(byName)) {
      const below = [...segments, entry.name];
      if (entry.kind === "directory") yield* walk(below);
      if (entry.kind !== "file" || segments.length < MODEL_DEPTH) continue;
      const path = below.join("/");
      if (!isKnown(pathKey(path))) yield path;
    }
  }
}

/** What the system keeps from this user holds nothing that a sync put there. */
export async function listReadable(fs: Pick<Fs, "list">, folder: string): Promise<DirEntry[]> {
  try {
    return await fs.list(folder);
  } catch (error) {
    if (error instanceof SyncError && error.kind === "permission") return [];
    throw error;
  }
}

/** Whether an entry of a folder was put there by people, rather than by the app or the system. */
export function isTheirs({ name }: DirEntry): boolean {
  const lower = name.toLowerCase();
  return !OWN.has(lower) && !OWN_PATTERN.test(lower) &&
    !DROPPINGS.has(lower) && !DROPPING_PATTERN.test(lower);
}

function byName(a: DirEntry, b: DirEntry): number {
  return a.name < b.name ? -1 : 1;
}
