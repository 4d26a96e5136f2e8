import { join } from "node:path";
import { SIDECAR_NAME } from "../files/datapackage.ts";
import { resolveInRoot } from "../files/layout.ts";
import { readSidecar } from "../files/sidecar.ts";
import { verifyFile } from "../files/verify.ts";
import type { Fs } from "../platform/ports.ts";
import type { Store } from "../store/store.ts";

/** What {@linkcode recognise} needs. */
export interface RecognisePorts {
  readonly fs: Fs;
  readonly store: Store;
  /** Absolute path of the library root. */
  readonly root: string;
}

/** Most assets of a page of the store. */
const PAGE = 500;

/**
 * Finds files that are on disk though no row says so, where the sidecar beside them says what they are: a library that
 * was away for a while. Each is read, and believed only when it is what its sidecar says.
 *
 * @returns How many were found.
 * @throws {SyncError} `cancelled` When the signal aborts; or whatever the disk fails with.
 */
export async function recognise(ports: RecognisePorts, signal: AbortSignal): Promise<number> {
  let found = 0;
  for (const { id, folder } of incomplete(ports.store)) {
    signal.throwIfAborted();
    found += await recogniseAsset(ports, id, folder, signal);
  }
  return found;
}

async function recogniseAsset(
  { fs, store, root }: RecognisePorts,
  assetId: string,
  folder: string,
  signal: AbortSignal,
): Promise<number> {
  const sidecar = await readSidecar(fs, join(resolveInRoot(root, folder), SIDECAR_NAME));
  if (sidecar?.state !== "ours") return 0;
  const said = new Map(sidecar.sidecar.files.map((file) => [`${assetId}/${file.id}`, file]));
  let found = 0;
  for (const { id, path, sha256: known, removed } of store.files.byAsset(assetId)) {
    const file = said.get(id);
    if (known !== null || removed || path !== `${folder}/${file?.path}`) continue;
    const { sha256 = null, size = null, revision = null, validator = null } = file ?? {};
    if (sha256 === null || size === null || revision === null) continue;
    const verdict = await verifyFile(fs, resolveInRoot(root, path), { size, sha256 }, { signal });
    // What a cloud drive keeps elsewhere is believed to be what the sidecar says: reading would fetch all of it.
    if (verdict !== "OK" && verdict !== "UNVERIFIED") continue;
    const at = file?.downloadedAt ?? 0;
    store.files.markDownloaded(id, { sha256, size, validator, revision, at });
    found++;
  }
  return found;
}

/** Assets with a folder of which something is not here; all are read before the first is told. */
function incomplete(store: Store): { readonly id: string; readonly folder: string }[] {
  const all: { readonly id: string; readonly folder: string }[] = [];
  for (let offset = 0;; offset += PAGE) {
    const { rows } = store.assets.query({ notDownloaded: true, offset, limit: PAGE });
    for (const { id, folder } of rows) if (folder !== null) all.push({ id, folder });
    if (rows.length < PAGE) return all;
  }
}
