import type { Database } from "./database.ts";
import { int } from "./rows.ts";

/** What a damaged copy was when it was judged: one that looks otherwise now is somebody's work. */
export interface DamagedCopy {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the Unix epoch. */
  readonly modifiedAt: number;
}

/**
 * Copies that are damaged and no work of anybody: they need not be kept once the right one takes their place. A record goes
 * when its file is downloaded (a trigger).
 */
export class Repairs {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  begin(fileId: string, { size, modifiedAt }: DamagedCopy): void {
    this.#db.run(
      "INSERT OR REPLACE INTO repairs (file_id, size, modified_at) VALUES (?, ?, ?)",
      fileId,
      size,
      Math.trunc(modifiedAt),
    );
  }

  get(fileId: string): DamagedCopy | null {
    const row = this.#db.get("SELECT size, modified_at FROM repairs WHERE file_id = ?", fileId);
    return row ? { size: int(row, "size"), modifiedAt: int(row, "modified_at") } : null;
  }
}
