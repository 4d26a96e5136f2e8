import type { Page } from "./asset_list.ts";
import type { Database } from "./database.ts";
import { int, oneOf, text, textOrNull } from "./rows.ts";

const OUTCOMES = ["succeeded", "failed", "removed"] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** What became of a file, and when. It outlives the file. */
export interface HistoryEntry {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly provider: string;
  readonly fileId: string;
  /** Of the asset. */
  readonly title: string;
  /** Of the file. */
  readonly name: string;
  readonly outcome: Outcome;
  readonly bytes: number;
  readonly reason: string | null;
  readonly message: string | null;
}

export interface HistoryRow extends HistoryEntry {
  readonly id: number;
  /** Null when the file is not known any more. */
  readonly assetId: string | null;
}

/** What the downloads view tells about the past. */
export class History {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  append(entry: HistoryEntry): void {
    this.#db.run(
      `INSERT INTO history (at, provider, file_id, title, name, outcome, bytes, reason, message)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      entry.at,
      entry.provider,
      entry.fileId,
      entry.title,
      entry.name,
      entry.outcome,
      entry.bytes,
      entry.reason,
      entry.message,
    );
  }

  /** A page, newest first. */
  query(
    query: { outcome?: Outcome; provider?: string; offset?: number; limit?: number } = {},
  ): Page<HistoryRow> {
    const { outcome, provider, offset = 0, limit = 100 } = query;
    // Only the conditions that are asked for, so that SQLite can use the index that fits.
    const conditions = ["true"];
    const values: string[] = [];
    if (outcome !== undefined) {
      conditions.push("outcome = ?");
      values.push(outcome);
    }
    if (provider !== undefined) {
      conditions.push("provider = ?");
      values.push(provider);
    }
    const where = conditions.join(" AND ");
    const count = this.#db.get(`SELECT count(*) AS n FROM history WHERE ${where}`, ...values);
    const rows = this.#db.all(
      `SELECT h.*, f.asset_id FROM (
        SELECT * FROM history WHERE ${where} ORDER BY id DESC LIMIT ? OFFSET ?
      ) h LEFT JOIN files f ON f.id = h.file_id ORDER BY h.id DESC`,
      ...values,
      Math.min(500, limit),
      offset,
    );
    return {
      total: int(count ?? {}, "n"),
      rows: rows.map((row) => ({
        id: int(row, "id"),
        at: int(row, "at"),
        provider: text(row, "provider"),
        fileId: text(row, "file_id"),
        assetId: textOrNull(row, "asset_id"),
        title: text(row, "title"),
        name: text(row, "name"),
        outcome: oneOf(row, "outcome", OUTCOMES),
        bytes: int(row, "bytes"),
        reason: textOrNull(row, "reason"),
        message: textOrNull(row, "message"),
      })),
    };
  }

  clear(): number {
    return this.#db.run("DELETE FROM history");
  }
}
