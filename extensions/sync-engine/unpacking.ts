import { basename, dirname, extname, join } from "node:path";
import { resolveInRoot } from "./files/resolve_in_root.ts";
import { safeName, suffixName } from "./files/safe_name.ts";
import { statInRoot } from "./files/stat_in_root.ts";
import { unpackedFrom } from "./files/unpack/unpacked_marker.ts";
import { unpackZip } from "./files/unpack/unpack_zip.ts";
import { SyncError } from "./platform/errors.ts";
import { createInTurn } from "./platform/in_turn.ts";
import type { Fs, Log } from "./platform/ports.ts";
import type { Params, Results } from "./protocol.ts";
import type { StoredFile } from "./store/files.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode Unpacking} needs. */
export interface UnpackingPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly log: Log;
  /** Absolute path of the library root. */
  readonly root: () => string;
  /** Throws when nothing may be written to the library just now. */
  readonly requireWriter: () => void;
}

/** Unpacks archives of the library beside themselves, at the user's wish. */
export class Unpacking {
  readonly #ports: UnpackingPorts;
  readonly #inTurn = createInTurn();
  readonly #stop = new AbortController();

  constructor(ports: UnpackingPorts) {
    this.#ports = ports;
  }

  /**
   * Unpacks the zip archives of a model that are here, each into a folder of its name. One that was unpacked before is
   * left as it is.
   *
   * @throws {SyncError} `badInput` when there is none, or one cannot be unpacked; see {@linkcode unpackZip}.
   */
  async unpack(
    { assetId, fileIds }: Params<"files.unpack">,
    signal?: AbortSignal,
  ): Promise<Results["files.unpack"]> {
    this.#ports.requireWriter();
    const archives = this.#ports.store.files.byAsset(assetId).filter((file) =>
      isZip(file) && (fileIds?.includes(file.id) ?? true)
    );
    if (archives.length === 0) {
      throw new SyncError("badInput", "There is no zip archive of this model on disk");
    }
    const either = AbortSignal.any([this.#stop.signal, ...signal ? [signal] : []]);
    return await this.#inTurn(async () => {
      const folders = [];
      for (const file of archives) folders.push(await this.#unpack(file, either));
      return { folders };
    });
  }

  /** Stops what is under way. */
  async close(): Promise<void> {
    this.#stop.abort(new SyncError("cancelled", "Stopped"));
    await this.#inTurn(() => Promise.resolve());
  }

  async #unpack({ path, name, sha256 }: StoredFile, signal: AbortSignal) {
    const { fs, log } = this.#ports;
    const root = this.#ports.root();
    if ((await statInRoot(fs, root, path))?.kind !== "file" || sha256 === null) {
      throw new SyncError("badInput", `"${name}" is not where it was: verify the model first`);
    }
    const archive = resolveInRoot(root, path);
    const stem = safeName(basename(name, extname(name)));
    for (const folderName of [stem, suffixName(stem, ` ${sha256.slice(0, 8)}`)]) {
      const folder = join(dirname(archive), folderName);
      const known = { archive: name, folder };
      if (await unpackedFrom(fs, folder) === sha256) {
        return { ...known, files: 0, bytes: 0, skipped: [], wasHere: true };
      }
      if (await fs.stat(folder) !== null) continue;
      const unpacked = await unpackZip(fs, { archive, sha256, folder, signal });
      log.info("Archive unpacked", { file: name, files: unpacked.files, bytes: unpacked.bytes });
      return { ...known, ...unpacked, wasHere: false };
    }
    throw new SyncError("badInput", `There is something else at "${stem}" already: move it away`);
  }
}

function isZip({ name, sha256, removed }: StoredFile): boolean {
  return sha256 !== null && !removed && extname(name).toLowerCase() === ".zip";
}
