import { dirname, join } from "node:path";
import { exportLibrary, type ExportPiece } from "./library/export_library.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs } from "./platform/ports.ts";
import type { Params, Results } from "./protocol.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode LibraryExport} needs. */
export interface LibraryExportPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  /** The profile's folder, absolute. */
  readonly appData: string;
}

/** Bytes that are written at once. */
const BLOCK = 256 * 1024;

type Format = Params<"library.export">["format"];

/** Writes down what the library has, for other programs. */
export class LibraryExport {
  readonly #ports: LibraryExportPorts;

  constructor(ports: LibraryExportPorts) {
    this.#ports = ports;
  }

  /** The text, piece by piece. */
  pieces(format: Format): Generator<ExportPiece> {
    const { store, clock } = this.#ports;
    return exportLibrary(store, format, clock.now());
  }

  /**
   * Writes it into a file, which is there once it is whole.
   *
   * @param path Absolute. @default one in the profile's `exports/`
   */
  async write(
    { format }: Params<"library.export">,
    path = this.#ownPath(format),
    signal?: AbortSignal,
  ): Promise<Results["library.export"]> {
    const { fs, clock } = this.#ports;
    const partial = `${path}.part`;
    await fs.mkdir(dirname(path));
    const file = await fs.open(partial, { write: true });
    const encoder = new TextEncoder();
    let [at, assets, files, pending] = [0, 0, 0, ""];
    const flush = async () => {
      const bytes = encoder.encode(pending);
      await file.write(bytes, at);
      at += bytes.length;
      pending = "";
      // Others get their turn: a large library takes seconds.
      await clock.sleep(0);
    };
    try {
      for (const piece of this.pieces(format)) {
        if (signal?.aborted) throw new SyncError("cancelled", "Stopped");
        pending += piece.text;
        assets += piece.assets;
        files += piece.files;
        if (pending.length >= BLOCK) await flush();
      }
      await flush();
      await file.truncate(at);
      await file.sync();
    } catch (error) {
      file.close();
      await fs.remove(partial).catch(() => {});
      throw error;
    }
    file.close();
    await fs.rename(partial, path);
    return { path, assets, files };
  }

  #ownPath(format: Format): string {
    const { clock, appData } = this.#ports;
    // 2026-01-31T12:34:56.789Z becomes 20260131T123456Z: a colon is no character for a file name.
    const time = new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, "");
    return join(appData, "exports", `mmfsync-library-${time}.${format}`);
  }
}
