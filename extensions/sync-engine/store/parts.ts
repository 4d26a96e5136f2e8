import type { Database } from "./database.ts";
import { blob, int, intOrNull, text, textOrNull } from "./rows.ts";

/** A partial file: what it is to become, and which of its chunks are known to be good. */
export interface Part {
  readonly fileId: string;
  readonly revision: string;
  /** For `If-Range`. */
  readonly validator: string | null;
  /** Whole length in bytes, null when the server does not say. */
  readonly size: number | null;
  /** Bytes of a chunk: what their numbers and hashes were counted with. */
  readonly chunkSize: number;
  /** Set once the whole was verified, just before the rename. */
  readonly sha256: string | null;
  /** Hashes by chunk number. */
  readonly chunks: ReadonlyMap<number, Uint8Array>;
}

/** A partial file of which nothing is there yet. */
export type NewPart = Pick<Part, "revision" | "validator" | "size" | "chunkSize">;

/** Partial files. */
export class Parts {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(fileId: string): Part | null {
    const row = this.#db.get("SELECT * FROM parts WHERE file_id = ?", fileId);
    if (!row) return null;
    const chunks = this.#db.all(
      "SELECT n, hash FROM chunks WHERE file_id = ? ORDER BY n",
      fileId,
    );
    return {
      fileId,
      revision: text(row, "revision"),
      validator: textOrNull(row, "validator"),
      size: intOrNull(row, "size"),
      chunkSize: int(row, "chunk_size"),
      sha256: textOrNull(row, "sha256"),
      chunks: new Map(chunks.map((chunk) => [int(chunk, "n"), blob(chunk, "hash")])),
    };
  }

  /** Starts a partial file anew, without any chunk. */
  begin(fileId: string, part: NewPart): void {
    this.#db.transaction(() => {
      this.drop(fileId);
      this.#db.run(
        "INSERT INTO parts (file_id, revision, validator, size, chunk_size) VALUES (?, ?, ?, ?, ?)",
        fileId,
        part.revision,
        part.validator,
        part.size,
        part.chunkSize,
      );
    });
  }

  /** Chunk `n` is on disk and has this hash. */
  addChunk(fileId: string, n: number, hash: Uint8Array): void {
    this.#db.run(
      "INSERT OR REPLACE INTO chunks (file_id, n, hash) VALUES (?, ?, ?)",
      fileId,
      n,
      hash,
    );
  }

  dropChunk(fileId: string, n: number): void {
    this.#db.run("DELETE FROM chunks WHERE file_id = ? AND n = ?", fileId, n);
  }

  /** The whole partial file was verified; only its rename is left to do. */
  setVerified(fileId: string, part: NewPart & { readonly sha256: string }): void {
    this.#db.run(
      `INSERT INTO parts (file_id, revision, validator, size, chunk_size, sha256) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (file_id) DO UPDATE SET sha256 = excluded.sha256`,
      fileId,
      part.revision,
      part.validator,
      part.size,
      part.chunkSize,
      part.sha256,
    );
  }

  /** Forgets the partial file and its chunks. */
  drop(fileId: string): void {
    this.#db.run("DELETE FROM parts WHERE file_id = ?", fileId);
  }

  /** Ids of all files that have a partial file. */
  ids(): string[] {
    return this.#db.all("SELECT file_id FROM parts ORDER BY file_id").map((row) =>
      text(row, "file_id")
    );
  }
}
