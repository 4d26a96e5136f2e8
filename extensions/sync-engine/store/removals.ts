import type { Database } from "./database.ts";
import { type StoredFile, toStoredFile } from "./files.ts";

/**
 * Files that the user removes from disk. A removal begins before anything is deleted, and ends after it: one that a crash
 * left under way is found again. The rows keep what is known of the file until then.
 */
export class Removals {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Marks files as removed: they are off the queue, and never fetched again by themselves. Those that are removed
   * already stay as they are. Returns how many were not.
   */
  begin(fileIds: readonly string[]): number {
    const list = JSON.stringify(fileIds);
    return this.#db.transaction(() => {
      this.#db.run(
        `INSERT INTO removals (file_id) SELECT id FROM files
        WHERE removed = 0 AND id IN (SELECT value FROM json_each(?))`,
        list,
      );
      this.#db.run("DELETE FROM jobs WHERE file_id IN (SELECT value FROM json_each(?))", list);
      return this.#db.run(
        "UPDATE files SET removed = 1 WHERE removed = 0 AND id IN (SELECT value FROM json_each(?))",
        list,
      );
    });
  }

  /** The file is not on disk any more. */
  end(fileId: string): void {
    this.#db.transaction(() => {
      this.#db.run("DELETE FROM removals WHERE file_id = ?", fileId);
      this.#db.run(
        `UPDATE files SET sha256 = NULL, validator = NULL, downloaded_revision = NULL, downloaded_size = NULL,
          downloaded_at = NULL WHERE id = ? AND removed = 1`,
        fileId,
      );
    });
  }

  /** Files that have been removed are not any more, whatever is left of them. Returns how many. */
  takeBack(fileIds: readonly string[]): number {
    const list = JSON.stringify(fileIds);
    return this.#db.transaction(() => {
      this.#db.run("DELETE FROM removals WHERE file_id IN (SELECT value FROM json_each(?))", list);
      return this.#db.run(
        "UPDATE files SET removed = 0 WHERE removed = 1 AND id IN (SELECT value FROM json_each(?))",
        list,
      );
    });
  }

  /** Files whose removal has begun and not ended. */
  underWay(): StoredFile[] {
    // Without the cross join SQLite walks all files for the sake of the order.
    return this.#db.all(
      "SELECT f.* FROM removals r CROSS JOIN files f ON f.id = r.file_id ORDER BY f.rowid",
    ).map(toStoredFile);
  }
}
