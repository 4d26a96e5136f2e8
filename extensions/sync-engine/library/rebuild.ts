import type { Fs, Log } from "../platform/ports.ts";
import { findSidecars, type FoundSidecar } from "../files/find_sidecars.ts";
import type { Store } from "../store/store.ts";
import { type Counted, takeIn } from "./take_in_sidecar.ts";
import { filesOnDisk } from "./files_on_disk.ts";

/** What {@linkcode rebuild} needs. */
export interface RebuildPorts {
  readonly fs: Fs;
  readonly store: Store;
  readonly log: Log;
}

/** Options for {@linkcode rebuild}. */
export interface RebuildOptions {
  /** Absolute path of the library root, whose marker was seen. */
  readonly root: string;
  readonly signal?: AbortSignal;
  /** Called after each batch with the tally so far. */
  readonly onProgress?: (tally: Readonly<RebuildTally>) => void;
}

/** What became of the model folders; each adds one to `added`, `known`, `odd` or `foreign`. */
export interface RebuildTally extends Counted {
  /** Model folders with a sidecar. */
  folders: number;
  /** Models that the database did not have. */
  added: number;
  known: number;
  /** Sidecars that are damaged, or of a model that has another folder. */
  odd: number;
  /** Sidecars of other programs. */
  foreign: number;
  /** Ids of the providers of models that were added. */
  readonly providers: Set<string>;
}

/**
 * Reads into the database what the sidecars of the model folders know and it does not: models, files, hashes,
 * validators, what was removed. A file counts as here when one of the recorded length is in its place; its bytes are not
 * read, which is for a verification to do. What the database has of a model is newer and stays.
 *
 * @throws {SyncError} `cancelled` When the signal aborts; or whatever the disk fails with. What was read until then stays,
 * and the next call goes on from there.
 */
export async function rebuild(
  { fs, store, log }: RebuildPorts,
  { root, signal, onProgress }: RebuildOptions,
): Promise<RebuildTally> {
  const tally: RebuildTally = {
    folders: 0,
    added: 0,
    known: 0,
    odd: 0,
    foreign: 0,
    files: 0,
    bytes: 0,
    removed: 0,
    providers: new Set(),
  };
  for await (const batch of findSidecars(fs, root, signal)) {
    const here = await Promise.all(batch.map((found) => filesOnDisk(fs, root, found)));
    store.transaction(() => batch.forEach((found, at) => count(found, here[at] ?? new Set())));
    onProgress?.(tally);
  }
  const { providers: _, ...counts } = tally;
  log.info("Library read back from its folders", counts);
  return tally;

  function count({ folder, parsed }: FoundSidecar, here: ReadonlySet<string>): void {
    tally.folders++;
    if (parsed.state === "foreign") return void tally.foreign++;
    if (parsed.state === "damaged") {
      log.warn("A sidecar is damaged", { path: folder, reason: parsed.reason });
      return void tally.odd++;
    }
    const { outcome, files, bytes, removed } = takeIn(store, folder, parsed.sidecar, here);
    tally[outcome]++;
    if (outcome === "added") tally.providers.add(parsed.sidecar.provider);
    tally.files += files;
    tally.bytes += bytes;
    tally.removed += removed;
  }
}
