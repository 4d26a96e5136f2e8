import { basename, dirname, join, sep } from "node:path";
import { SIDECAR_NAME } from "../../files/datapackage.ts";
import { isTheirs, listReadable } from "../../files/find_extras.ts";
import { readSidecar } from "../../files/sidecar.ts";
import { walkTree } from "../../files/walk_tree.ts";
import type { Fs } from "../../platform/ports.ts";

/** A file that the user has. */
export interface Owned {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** What a sidecar says of a file beside it. */
export interface Said {
  /** Of the store: `<asset id>/<the provider's file id>`. */
  readonly fileId: string;
  readonly sha256: string;
  readonly revision: string;
}

/** What there is in a folder. */
export interface Surroundings {
  readonly files: readonly Owned[];
  /** By absolute path. */
  readonly said: ReadonlyMap<string, Said>;
  /** Files of the app and of operating systems, and those that a cloud drive keeps elsewhere. */
  readonly own: number;
}

/**
 * Looks at everything in a folder and reads the sidecars in it. Folders that cannot be read, and links, are passed over.
 *
 * @param onFile Called for each file with how many there were until then.
 * @throws {SyncError} `cancelled` When the signal aborts; or whatever the disk fails with.
 */
export async function lookAround(
  fs: Fs,
  folder: string,
  signal: AbortSignal,
  onFile: (looked: number) => void,
): Promise<Surroundings> {
  const files: Owned[] = [];
  const said = new Map<string, Said>();
  let own = 0;
  const readable = { list: (path: string) => listReadable(fs, path), stat: fs.stat.bind(fs) };
  for await (
    const { path: below, kind, size, isOnlineOnly } of walkTree(readable, folder, signal)
  ) {
    if (kind === "directory") continue;
    const path = join(folder, below);
    const name = basename(path);
    if (name === SIDECAR_NAME && !isOnlineOnly) await readSaid(fs, path, said);
    // What is kept elsewhere would have to be fetched to be looked at.
    if (!isOnlineOnly && below.split(sep).every((segment) => isTheirs({ name: segment, kind }))) {
      files.push({ path, name, size });
    } else own++;
    onFile(files.length + own);
  }
  return { files, said, own };
}

async function readSaid(fs: Fs, path: string, said: Map<string, Said>): Promise<void> {
  const sidecar = await readSidecar(fs, path);
  if (sidecar?.state !== "ours") return;
  const { provider, assetId, files } = sidecar.sidecar;
  for (const { id, path: below, sha256, revision, removed } of files) {
    if (sha256 === null || revision === null || removed) continue;
    const at = join(dirname(path), ...below.split("/"));
    said.set(at, { fileId: `${provider}:${assetId}/${id}`, sha256, revision });
  }
}
