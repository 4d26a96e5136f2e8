import type { Database } from "./database.ts";
import { oneOf } from "./rows.ts";

const WAYS = ["sidecar", "sha256", "name", "chosen"] as const;

/** By what a file on disk was recognised: `name` is its size and name, `chosen` the user's word. */
export type RecognisedBy = (typeof WAYS)[number];

/** Files that were not downloaded but found on disk. */
export class Recognitions {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param by Null when it was downloaded. */
  set(fileId: string, by: RecognisedBy | null): void {
    if (by === null) this.#db.run("DELETE FROM recognitions WHERE file_id = ?", fileId);
    else {
      this.#db.run("INSERT OR REPLACE INTO recognitions (file_id, way) VALUES (?, ?)", fileId, by);
    }
  }

  get(fileId: string): RecognisedBy | null {
    const row = this.#db.get("SELECT way FROM recognitions WHERE file_id = ?", fileId);
    return row ? oneOf(row, "way", WAYS) : null;
  }
}
