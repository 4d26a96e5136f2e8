import { inBatches } from "./batches.ts";
import type { Database } from "./database.ts";
import { int, intOrNull, oneOf, type Row, text } from "./rows.ts";

/** See `files/verify.ts`. */
export const FILE_VERDICTS = ["OK", "MISSING", "SIZE", "HASH", "UNVERIFIED"] as const;

export type FileVerdict = (typeof FILE_VERDICTS)[number];

/** A file on disk and what the last look at it told. Times are milliseconds since the Unix epoch. */
export interface Verifiable {
  readonly id: string;
  readonly assetId: string;
  /** Bytes, as measured. */
  readonly size: number;
  readonly downloadedAt: number;
  /** Null when its bytes were never read again. */
  readonly verifiedAt: number | null;
  readonly verdict: FileVerdict | null;
}

/** A look at a file. */
export interface Verification {
  readonly fileId: string;
  readonly at: number;
  readonly verdict: FileVerdict;
}

/** What the last look at the bytes of each file told. Another download of a file forgets it by itself (a trigger). */
export class Verifications {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Files that are gone meanwhile are left out. */
  record(verifications: readonly Verification[]): void {
    this.#db.transaction(() => {
      for (const { fileId, at, verdict } of verifications) {
        this.#db.run(
          `INSERT OR REPLACE INTO verifications (file_id, at, verdict)
          SELECT id, ?2, ?3 FROM files WHERE id = ?1`,
          fileId,
          at,
          verdict,
        );
      }
    });
  }

  get(fileId: string): Verification | null {
    const row = this.#db.get("SELECT * FROM verifications WHERE file_id = ?", fileId);
    return row
      ? { fileId, at: int(row, "at"), verdict: oneOf(row, "verdict", FILE_VERDICTS) }
      : null;
  }

  /** All files on disk, in the order in which they became known; the tables may be changed meanwhile. */
  *all(): Generator<Verifiable> {
    const rows = inBatches<Row>((last, limit) =>
      this.#db.all(
        `SELECT f.rowid AS number, ${COLUMNS} WHERE f.rowid > ? AND ${ON_DISK} ORDER BY f.rowid LIMIT ?`,
        last ? int(last, "number") : 0,
        limit,
      )
    );
    for (const row of rows) yield toVerifiable(row);
  }

  /** Files of an asset that are on disk. */
  ofAsset(assetId: string): Verifiable[] {
    return this.#db.all(
      `SELECT ${COLUMNS} WHERE f.asset_id = ? AND ${ON_DISK} ORDER BY f.rowid`,
      assetId,
    ).map(toVerifiable);
  }

  /** Files of which the last look said something else than OK. */
  bad(): Verifiable[] {
    return this.#db.all(
      `SELECT ${COLUMNS} WHERE v.verdict <> 'OK' AND ${ON_DISK} ORDER BY f.rowid`,
    ).map(toVerifiable);
  }

  /** How many. */
  badCount(): number {
    const row = this.#db.get(
      `SELECT count(*) AS n FROM verifications v JOIN files f ON f.id = v.file_id
      WHERE v.verdict <> 'OK' AND ${ON_DISK}`,
    );
    return row ? int(row, "n") : 0;
  }
}

const COLUMNS = `f.id, f.asset_id, ifnull(f.downloaded_size, 0) AS size,
  ifnull(f.downloaded_at, 0) AS downloaded_at, v.at, v.verdict
  FROM files f LEFT JOIN verifications v ON v.file_id = f.id`;

const ON_DISK = "f.sha256 IS NOT NULL AND f.removed = 0";

function toVerifiable(row: Row): Verifiable {
  const verifiedAt = intOrNull(row, "at");
  return {
    id: text(row, "id"),
    assetId: text(row, "asset_id"),
    size: int(row, "size"),
    downloadedAt: int(row, "downloaded_at"),
    verifiedAt,
    verdict: verifiedAt === null ? null : oneOf(row, "verdict", FILE_VERDICTS),
  };
}
