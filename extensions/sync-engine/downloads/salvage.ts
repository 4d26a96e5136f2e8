import { resolveInRoot } from "../files/layout.ts";
import { requireSpace } from "../files/space.ts";
import { classifyThrown } from "../platform/classify.ts";
import type { Fs, FsFile, Log } from "../platform/ports.ts";
import type { StoredFile } from "../store/files.ts";
import type { Fingerprint } from "../store/fingerprints.ts";
import type { Store } from "../store/store.ts";
import { CHUNK_SIZE, chunkCount, chunkLength } from "./chunk.ts";
import { CHUNK_HASH_BYTES, hasHash } from "./chunk_hash.ts";
import { partPath } from "./part_path.ts";

/** What {@linkcode salvage} needs. */
export interface SalvagePorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly log: Log;
  /** Absolute path of the library root. */
  readonly root: string;
}

/** Chunks of a damaged file that are good, now in its partial file. */
export interface Salvaged {
  /** By chunk number. */
  readonly chunks: ReadonlyMap<number, Uint8Array>;
  readonly bytes: number;
}

/**
 * Copies what is good of a damaged file into its partial file, so that a transfer fetches only the rest. The damaged file
 * stays as it is. Nothing is recorded: {@linkcode adoptSalvaged} does that.
 *
 * @returns Null where nothing can be made of it: chunk hashes or validator are not known, the site has another revision by
 * now, a transfer has begun, there is no room for a copy, or no chunk is good.
 * @throws {SyncError} `cancelled` When the signal aborts.
 */
export async function salvage(
  { store, fs, log, root }: SalvagePorts,
  file: StoredFile,
  signal: AbortSignal,
): Promise<Salvaged | null> {
  const { id, path, downloadedSize: size, validator } = file;
  const fingerprint = store.fingerprints.get(id);
  if (!fingerprint || size === null || validator === null) return null;
  if (fingerprint.chunkSize !== CHUNK_SIZE) return null;
  if (fingerprint.hashes.length !== chunkCount(size) * CHUNK_HASH_BYTES) return null;
  if (file.downloadedRevision !== file.revision || store.parts.get(id)) return null;
  const to = resolveInRoot(root, partPath(path, id));
  try {
    await requireSpace(fs, to, size);
    const good = await copyGood(fs, resolveInRoot(root, path), to, { size, fingerprint, signal });
    if (good.chunks.size > 0) return good;
  } catch (error) {
    signal.throwIfAborted();
    log.warn("Nothing could be kept of a damaged file", {
      file: path,
      kind: classifyThrown(error).kind,
    });
  }
  await fs.remove(to);
  return null;
}

/** Records what was salvaged as a partial file of the revision that is on disk. */
export function adoptSalvaged(store: Store, file: StoredFile, { chunks }: Salvaged): void {
  const { id, revision, validator, downloadedSize: size } = file;
  store.parts.begin(id, { revision, validator, size, chunkSize: CHUNK_SIZE });
  for (const [n, hash] of chunks) store.parts.addChunk(id, n, hash);
}

async function copyGood(
  fs: Fs,
  from: string,
  to: string,
  { size, fingerprint, signal }: {
    readonly size: number;
    readonly fingerprint: Fingerprint;
    readonly signal: AbortSignal;
  },
): Promise<Salvaged> {
  const source = await fs.open(from);
  try {
    const target = await fs.open(to, { write: true });
    try {
      const chunks = new Map<number, Uint8Array>();
      const buffer = new Uint8Array(CHUNK_SIZE);
      let bytes = 0;
      for (let n = 0; n < chunkCount(size); n++) {
        signal.throwIfAborted();
        const chunk = buffer.subarray(0, chunkLength(n, size));
        if (!await readWhole(source, chunk, n * CHUNK_SIZE)) continue;
        const start = n * CHUNK_HASH_BYTES;
        const hash = fingerprint.hashes.slice(start, start + CHUNK_HASH_BYTES);
        if (!hasHash(chunk, hash)) continue;
        await target.write(chunk, n * CHUNK_SIZE);
        chunks.set(n, hash);
        bytes += chunk.length;
      }
      return { chunks, bytes };
    } finally {
      target.close();
    }
  } finally {
    source.close();
  }
}

/** Whether all of it could be read: a disk that is dying gives up some places and not others. */
async function readWhole(file: FsFile, into: Uint8Array, at: number): Promise<boolean> {
  try {
    for (let filled = 0; filled < into.length;) {
      const read = await file.read(into.subarray(filled), at + filled);
      if (read === 0) return false;
      filled += read;
    }
    return true;
  } catch {
    return false;
  }
}
