import { MOST_BYTES, type SavedFile } from "../library_import.ts";
import { SyncError } from "../platform/errors.ts";
import type { Clock } from "../platform/ports.ts";
import { methodNotAllowed, plain } from "./answer.ts";
import type { Incoming } from "./incoming.ts";

/** Most bytes of one piece. */
export const MOST_PIECE_BYTES = 4 * 1024 * 1024;

/** Milliseconds after which an upload is forgotten that nobody goes on with. */
const FORGOTTEN_AFTER_MS = 10 * 60 * 1000;

interface Upload {
  readonly pieces: Uint8Array[];
  length: number;
  /** Monotonic. */
  touchedAt: number;
}

/**
 * Files on their way from a front end to an import. They come in pieces, because neither a frame nor a request may be of
 * any size, and are held in memory until they are taken.
 */
export class Uploads {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #uploads = new Map<string, Upload>();

  constructor(clock: Pick<Clock, "monotonic">) {
    this.#clock = clock;
  }

  /**
   * Takes a piece.
   *
   * @param id Chosen by the front end.
   * @param offset Bytes of the pieces before it; 0 begins anew.
   */
  async answer(request: Incoming, id: string, offset: string): Promise<Response> {
    if (request.method !== "POST") return methodNotAllowed("POST");
    if (!/^[\w-]{8,64}$/.test(id) || !/^\d{1,9}$/.test(offset)) {
      return plain(404, "There is nothing here.");
    }
    const piece = await request.bytes(MOST_PIECE_BYTES);
    if (piece === null) return plain(413, "The piece is too long.", { connection: "close" });
    this.#forgetOld();
    if (Number(offset) === 0) this.#uploads.delete(id);
    const upload = this.#uploads.get(id) ?? { pieces: [], length: 0, touchedAt: 0 };
    if (upload.length !== Number(offset)) return plain(409, "This piece has another place.");
    if (this.#bytes() + piece.length > MOST_BYTES) {
      this.#uploads.delete(id);
      return plain(413, "The files are too large.");
    }
    upload.pieces.push(piece);
    upload.length += piece.length;
    upload.touchedAt = this.#clock.monotonic();
    this.#uploads.set(id, upload);
    return new Response(null, { status: 204 });
  }

  /**
   * Hands uploads over, under the names that the user knows them by, and forgets them.
   *
   * @throws {SyncError} `badInput` when one is not there
   */
  take(files: readonly { readonly upload: string; readonly name: string }[]): SavedFile[] {
    const taken = files.map(({ upload, name }) => {
      const found = this.#uploads.get(upload);
      if (found) return { name, bytes: joined(found) };
      throw new SyncError("badInput", `${name} did not arrive: give it again`);
    });
    for (const { upload } of files) this.#uploads.delete(upload);
    return taken;
  }

  #bytes(): number {
    return [...this.#uploads.values()].reduce((sum, { length }) => sum + length, 0);
  }

  #forgetOld(): void {
    const before = this.#clock.monotonic() - FORGOTTEN_AFTER_MS;
    for (const [id, { touchedAt }] of this.#uploads) {
      if (touchedAt < before) this.#uploads.delete(id);
    }
  }
}

function joined({ pieces, length }: Upload): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
