import { dirname } from "node:path/posix";
import { requireMarker } from "../files/marker.ts";
import { removeEmpty } from "../files/remove_empty.ts";
import { resolveInRoot } from "../files/resolve_in_root.ts";
import { statInRoot } from "../files/stat_in_root.ts";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Fs, Log } from "../platform/ports.ts";
import type { StoredFile } from "../store/files.ts";
import type { Store } from "../store/store.ts";
import { writeAssetSidecar } from "./asset_sidecar.ts";
import { removePart } from "./remove_part.ts";

/** What {@linkcode removeFiles} needs. */
export interface RemoveFilesPorts {
  readonly fs: Fs;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Absolute path of the library root, whose marker was seen. */
  readonly root: string;
}

/** What {@linkcode removeFiles} did. */
export interface Removed {
  readonly files: number;
  /** Bytes that it freed. */
  readonly bytes: number;
  /** Why the first of those that are still there could not be deleted; they count as here again. */
  readonly error: SyncError | null;
}

/**
 * Deletes from disk all files whose removal is under way, whatever became of their content, then the folders that are
 * empty; the model's sidecar says from then on that they were removed. To be called while nothing of these models is
 * written. A crash between any two steps leaves the rest under way.
 *
 * @throws {SyncError} `permission` when the root goes away meanwhile: the rest stays under way.
 */
export async function removeFiles(ports: RemoveFilesPorts): Promise<Removed> {
  let [done, bytes] = [0, 0];
  let error: SyncError | null = null;
  const byAsset = Map.groupBy(ports.store.removals.underWay(), ({ assetId }) => assetId);
  for (const [assetId, files] of byAsset) {
    const deleted = new Map<StoredFile, number>();
    for (const file of files) {
      try {
        deleted.set(file, await deleteFile(ports, file));
      } catch (thrown) {
        const failed = await takeBack(ports, file, classifyThrown(thrown));
        error ??= failed;
      }
    }
    const folders = new Set(files.map(({ path }) => dirname(path)));
    await flushFolders(ports, folders);
    await removeEmpty(ports.fs, ports.root, folders);
    // On a drive that went away nothing was deleted, though nothing is there.
    await requireMarker(ports.fs, ports.root);
    await updateSidecar(ports, assetId);
    record(ports, deleted);
    done += deleted.size;
    for (const freed of deleted.values()) bytes += freed;
  }
  return { files: done, bytes, error };
}

/** Returns the bytes that it freed. */
async function deleteFile(
  { fs, store, root }: RemoveFilesPorts,
  { id, path }: StoredFile,
): Promise<number> {
  const info = await statInRoot(fs, root, path);
  if (info?.kind === "directory") {
    throw new SyncError("permission", `Cannot delete "${path}": a folder stands there`);
  }
  await fs.remove(resolveInRoot(root, path));
  await removePart(fs, store, root, id);
  return info?.size ?? 0;
}

/** After a power cut nothing may be there again that the rows call removed. */
async function flushFolders(
  { fs, root }: RemoveFilesPorts,
  folders: Iterable<string>,
): Promise<void> {
  for (const folder of folders) {
    if ((await statInRoot(fs, root, folder))?.kind !== "directory") continue;
    await fs.syncDir(resolveInRoot(root, folder));
  }
}

async function takeBack(
  { fs, store, log, root }: RemoveFilesPorts,
  { id, path }: StoredFile,
  error: SyncError,
): Promise<SyncError> {
  await requireMarker(fs, root);
  log.warn("A file could not be deleted", { file: path, kind: error.kind });
  store.removals.takeBack([id]);
  return error;
}

async function updateSidecar(
  { fs, store, clock, root }: RemoveFilesPorts,
  assetId: string,
): Promise<void> {
  const folder = store.assets.get(assetId)?.folder;
  // Where nothing ever was, nothing is made.
  if (!folder || !await fs.stat(resolveInRoot(root, folder))) return;
  await writeAssetSidecar({ fs, store, root, assetId, arrived: new Map(), at: clock.now() });
}

function record(
  { store, clock }: RemoveFilesPorts,
  deleted: ReadonlyMap<StoredFile, number>,
): void {
  store.transaction(() => {
    for (const [{ id, assetId, provider, name }, bytes] of deleted) {
      store.removals.end(id);
      store.history.append({
        at: clock.now(),
        provider,
        fileId: id,
        title: store.assets.get(assetId)?.title ?? "",
        name,
        outcome: "removed",
        bytes,
        reason: null,
        message: null,
      });
    }
  });
}
