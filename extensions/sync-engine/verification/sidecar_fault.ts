import { join } from "node:path";
import { SIDECAR_NAME } from "../files/datapackage.ts";
import { resolveInRoot } from "../files/resolve_in_root.ts";
import { readSidecar } from "../files/sidecar.ts";
import type { Fs } from "../platform/ports.ts";
import type { Store } from "../store/store.ts";

/** What {@linkcode sidecarFault} needs. */
export interface SidecarFaultPorts {
  readonly store: Store;
  readonly fs: Fs;
  /** Absolute path of the library root. */
  readonly root: string;
}

/**
 * What is wrong with the sidecar of a model: that it is not there, damaged, another program's, or says other things
 * about the files than the database. Null when the library could be rebuilt from it, or the model has nothing on disk.
 *
 * @returns A sentence without a full stop.
 */
export async function sidecarFault(
  { store, fs, root }: SidecarFaultPorts,
  assetId: string,
): Promise<string | null> {
  const asset = store.assets.row(assetId);
  const files = store.files.downloadedOf(assetId);
  if (!asset || asset.folder === null || files.length === 0) return null;
  const { folder, provider } = asset;
  const found = await readSidecar(fs, join(resolveInRoot(root, folder), SIDECAR_NAME));
  if (found === null) return "It is not there";
  if (found.state === "damaged") return found.reason;
  if (found.state === "foreign") return "Another program has replaced it";
  const { sidecar } = found;
  if (sidecar.provider !== provider || sidecar.assetId !== assetId.slice(provider.length + 1)) {
    return "It is of another model";
  }
  const said = new Map(sidecar.files.map(({ id, sha256 }) => [`${assetId}/${id}`, sha256]));
  const differs = files.some(({ id, sha256 }) => said.get(id) !== sha256);
  return differs ? "It says other things about the files than the library" : null;
}
