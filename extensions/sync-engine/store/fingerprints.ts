import type { Database } from "./database.ts";
import { blob, int } from "./rows.ts";

/** Chunk hashes of a file on disk. */
export interface Fingerprint {
  /** Bytes of a chunk. */
  readonly chunkSize: number;
  /** SHA-256 of each chunk, 32 bytes each, in order. */
  readonly sha256: Uint8Array;
}

/**
 * Chunk hashes of files on disk, which tell where a damaged file is damaged. One is dropped by itself when another
 * version of its file takes the place (a trigger).
 */
export class Fingerprints {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** To be called after the file was marked as downloaded. */
  set(fileId: string, { chunkSize, sha256 }: Fingerprint): void {
    this.#db.run(
      "INSERT OR REPLACE INTO fingerprints (file_id, chunk_size, sha256) VALUES (?, ?, ?)",
      fileId,
      chunkSize,
      sha256,
    );
  }

  /** Null for a file of one chunk, and for one whose chunks were never hashed. */
  get(fileId: string): Fingerprint | null {
    const row = this.#db.get(
      "SELECT chunk_size, sha256 FROM fingerprints WHERE file_id = ?",
      fileId,
    );
    return row ? { chunkSize: int(row, "chunk_size"), sha256: blob(row, "sha256") } : null;
  }

  drop(fileId: string): void {
    this.#db.run("DELETE FROM fingerprints WHERE file_id = ?", fileId);
  }
}
