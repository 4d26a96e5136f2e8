/**
 * Sets right what a verification found.
 *
 * @module
 */
import { writeAssetSidecar } from "./downloads/asset_sidecar.ts";
import { adoptSalvaged, salvage } from "./downloads/salvage.ts";
import { SIDECAR_NAME } from "./files/datapackage.ts";
import { resolveInRoot } from "./files/layout.ts";
import { classifyThrown } from "./platform/classify.ts";
import type { Clock, Fs, Log } from "./platform/ports.ts";
import type { StoredFile } from "./store/files.ts";
import type { Store } from "./store/store.ts";

/** What mending needs. */
export interface MendPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly log: Log;
  /** Absolute path of the library root. */
  readonly root: string;
}

/** What has been prepared. */
export interface Mending {
  /** Files that are to be fetched again, in the queue by now. */
  readonly fileIds: readonly string[];
  readonly reusedBytes: number;
  readonly keptAside: number;
}

/** File systems give the time of a change to two seconds at worst (FAT). */
const TIME_GRAIN_MS = 2_000;

/**
 * Queues bad files to be fetched again, before all others. What is good of a damaged one goes into its partial file.
 * Files that cannot be fetched stay as they are: their record is the last proof of what was there.
 *
 * @throws {SyncError} `cancelled` When the signal aborts.
 */
export async function queueBad(
  ports: MendPorts,
  fileIds: readonly string[],
  signal: AbortSignal,
): Promise<Mending> {
  const { store } = ports;
  const queued: string[] = [];
  let [reusedBytes, keptAside] = [0, 0];
  for (const id of fileIds) {
    const file = store.files.get(id);
    if (!file || file.sha256 === null || !store.files.canBeFetched(id)) continue;
    const damaged = await lookAt(ports, file);
    const salvaged = damaged && !damaged.isWork ? await salvage(ports, file, signal) : null;
    store.transaction(() => {
      if (!damaged) store.files.markMissing(id);
      else store.files.markStale([id]);
      if (damaged && !damaged.isWork) store.repairs.begin(id, damaged);
      if (salvaged) adoptSalvaged(store, file, salvaged);
      store.jobs.enqueueMany([id]);
      store.jobs.requeueFailed({ fileIds: [id] });
    });
    reusedBytes += salvaged?.bytes ?? 0;
    keptAside += damaged?.isWork ? 1 : 0;
    queued.push(id);
  }
  if (queued.length > 0) store.jobs.moveToFront({ fileIds: queued });
  return { fileIds: queued, reusedBytes, keptAside };
}

/**
 * What stands at the place of a bad file; null when there is no file. `isWork`: it was changed after it came, so
 * that somebody may have saved their own work there.
 */
async function lookAt({ fs, root }: MendPorts, { path, downloadedAt }: StoredFile) {
  const info = await fs.stat(resolveInRoot(root, path));
  if (info?.kind !== "file") return null;
  const { size, modifiedAt } = info;
  // An empty file is nobody's work.
  const isWork = size > 0 && modifiedAt > (downloadedAt ?? 0) + TIME_GRAIN_MS;
  return { size, modifiedAt, isWork };
}

/** Writes sidecars anew; a damaged one is kept aside. Returns how many could be written. */
export async function rewriteSidecars(
  { store, fs, clock, log, root }: MendPorts,
  assetIds: Iterable<string>,
): Promise<number> {
  let written = 0;
  for (const assetId of assetIds) {
    const at = clock.now();
    try {
      await writeAssetSidecar({ fs, store, root, assetId, arrived: new Map(), at });
      const folder = store.assets.row(assetId)?.folder;
      store.findings.drop(`${folder}/${SIDECAR_NAME}`);
      written++;
    } catch (error) {
      log.warn("A sidecar could not be written", { kind: classifyThrown(error).kind });
    }
  }
  return written;
}
