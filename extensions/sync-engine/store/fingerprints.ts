import type { Database } from "./database.ts";
import { blob, int } from "./rows.ts";

/** Chunk hashes of a file on disk. */
export interface Fingerprint {
  /** Bytes of a chunk. */
  readonly chunkSize: number;
  /** Of each chunk, in order, all of one length. */
  readonly hashes: Uint8Array;
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
  set(fileId: string, { chunkSize, hashes }: Fingerprint): void {
    this.#db.run(
      "INSERT OR REPLACE INTO fingerprints (file_id, chunk_size, hashes) VALUES (?, ?, ?)",
      fileId,
      chunkSize,
      hashes,
    );
  }

  /** Null for a file of one chunk, and for one whose chunks were never hashed. */
  get(fileId: string): Fingerprint | null {
    const row = this.#db.get(
      "SELECT chunk_size, hashes FROM fingerprints WHERE file_id = ?",
      fileId,
    );
    return row ? { chunkSize: int(row, "chunk_size"), hashes: blob(row, "hashes") } : null;
  }

  drop(fileId: string): void {
    this.#db.run("DELETE FROM fingerprints WHERE file_id = ?", fileId);
  }
}
