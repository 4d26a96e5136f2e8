/**
 * What is brought up to date before a sync looks or fetches.
 *
 * @module
 */
import { removeLeftovers } from "./downloads/leftovers.ts";
import { missingFiles } from "./downloads/presence.ts";
import { openRoot } from "./files/marker.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import { readRootId, writeRootId } from "./root_id.ts";
import { LONGEST_PAUSE_MS } from "./store/pauses.ts";
import type { Store } from "./store/store.ts";

/** Fewer missing files than this are repaired without a question. */
const FEW_FILES = 20;

/**
 * Brings the queue of earlier runs up to date.
 *
 * @param options `retryFailed` gives files another chance that failed for good, `full` even those that the site refuses.
 */
export function tidyQueue(
  { clock, store }: { readonly clock: Clock; readonly store: Store },
  { full = false, retryFailed = true }: { readonly full?: boolean; readonly retryFailed?: boolean },
): void {
  // A clock that once ran ahead must not silence a provider for years.
  const latest = clock.now() + LONGEST_PAUSE_MS;
  store.transaction(() => {
    store.jobs.requeueRunning();
    if (retryFailed) store.jobs.requeueFailedExcept(full ? [] : ["locked", "refused", "gone"]);
    store.jobs.removeObsolete();
    store.jobs.startBefore(latest);
    store.pauses.endBefore(latest);
  });
}

/**
 * Makes sure that a folder is the library's root, and removes what an earlier process left half done in it.
 *
 * @throws {SyncError} `permission` when it is another library's, or its drive is not there.
 */
export async function openLibraryRoot(
  { fs, store, random, clock }: {
    readonly fs: Fs;
    readonly store: Store;
    readonly random: Random;
    readonly clock: Clock;
  },
  root: string,
): Promise<void> {
  const expectedId = readRootId(store);
  const { id } = await openRoot(fs, root, { expectedId, random, clock });
  if (id !== expectedId) writeRootId(store, id);
  await removeLeftovers(fs, store, root);
}

/**
 * Forgets files that vanished from disk, so that they are fetched again. Returns how many.
 *
 * @throws {SyncError} `permission` when that are too many to believe it unasked.
 */
export async function forgetMissing(
  { fs, store, log }: { readonly fs: Fs; readonly store: Store; readonly log: Log },
  { root, acceptRemovals = false, signal }: {
    readonly root: string;
    readonly acceptRemovals?: boolean;
    readonly signal: AbortSignal;
  },
): Promise<number> {
  const downloaded = [...store.files.downloaded()];
  const missing = await missingFiles(fs, root, downloaded, signal);
  if (missing.length >= FEW_FILES && missing.length > downloaded.length / 2 && !acceptRemovals) {
    throw new SyncError(
      "permission",
      `${missing.length} of ${downloaded.length} files are not in ${root} any more. ` +
        "If they are on a drive, connect it; to fetch them again, sync with --accept-removals",
    );
  }
  store.files.markFetchableMissing(missing.map(({ id }) => id));
  if (missing.length > 0) log.warn("Files were missing on disk", { count: missing.length });
  return missing.length;
}
