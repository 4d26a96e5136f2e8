import type { Database } from "./database.ts";
import { int, intOrNull, oneOf, text, textOrNull } from "./rows.ts";
import { FILE_VERDICTS } from "./verifications.ts";

/** What stands in the library's folder and is no file of the library, or a sidecar that is not right. */
export interface Stray {
  /** Below the root, `/`-separated. */
  readonly path: string;
  readonly verdict: "EXTRA" | "SIDECAR";
  /** The model, of a sidecar. */
  readonly assetId: string | null;
}

const BAD_VERDICTS = [
  ...FILE_VERDICTS.filter((verdict) => verdict !== "OK"),
  "EXTRA",
  "SIDECAR",
] as const;

export type BadVerdict = (typeof BAD_VERDICTS)[number];

/** Something that verifications found. */
export interface Finding {
  readonly verdict: BadVerdict;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly path: string;
  /** Null for what is no file of the library. */
  readonly fileId: string | null;
  readonly assetId: string | null;
  readonly title: string | null;
  /** Bytes that it should have, null when unknown. */
  readonly size: number | null;
  /** Its place in the queue, null when it has none. */
  readonly job: "queued" | "running" | "paused" | "failed" | null;
}

const JOB_STATES = ["queued", "running", "paused", "failed"] as const;

/** All that verifications found and that was not mended since. */
export class Findings {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** A page, by path. */
  list(
    { verdict, offset, limit }: {
      readonly verdict?: BadVerdict | undefined;
      readonly offset: number;
      readonly limit: number;
    },
  ): { readonly rows: readonly Finding[]; readonly total: number } {
    const counts = this.counts();
    const total = verdict === undefined
      ? Object.values(counts).reduce((sum, n) => sum + n, 0)
      : counts[verdict];
    const rows = this.#db.all(
      `SELECT * FROM (${ALL}) WHERE ?1 IS NULL OR verdict = ?1 ORDER BY path LIMIT ?2 OFFSET ?3`,
      verdict ?? null,
      limit,
      offset,
    ).map((row): Finding => ({
      verdict: oneOf(row, "verdict", BAD_VERDICTS),
      at: int(row, "at"),
      path: text(row, "path"),
      fileId: textOrNull(row, "file_id"),
      assetId: textOrNull(row, "asset_id"),
      title: textOrNull(row, "title"),
      size: intOrNull(row, "size"),
      job: textOrNull(row, "job") === null ? null : oneOf(row, "job", JOB_STATES),
    }));
    return { rows, total };
  }

  counts(): Readonly<Record<BadVerdict, number>> {
    const counts = { MISSING: 0, SIZE: 0, HASH: 0, UNVERIFIED: 0, EXTRA: 0, SIDECAR: 0 };
    for (
      const row of this.#db.all(`SELECT verdict, count(*) AS n FROM (${ALL}) GROUP BY verdict`)
    ) {
      counts[oneOf(row, "verdict", BAD_VERDICTS)] = int(row, "n");
    }
    return counts;
  }

  add(stray: Stray, at: number): void {
    this.#db.run(
      "INSERT OR REPLACE INTO strays (path, verdict, asset_id, at) VALUES (?, ?, ?, ?)",
      stray.path,
      stray.verdict,
      stray.assetId,
      at,
    );
  }

  /** Forgets what stood at a path. */
  drop(path: string): void {
    this.#db.run("DELETE FROM strays WHERE path = ?", path);
  }

  /** Forgets the files of others, all or those below a folder. */
  dropExtras(below?: string): void {
    this.#db.run(
      "DELETE FROM strays WHERE verdict = 'EXTRA' AND (?1 IS NULL OR substr(path, 1, length(?1) + 1) = ?1 || '/')",
      below ?? null,
    );
  }

  /** Models whose sidecar is not right. */
  sidecars(): string[] {
    return this.#db.all("SELECT asset_id FROM strays WHERE verdict = 'SIDECAR' ORDER BY path")
      .flatMap((row) => textOrNull(row, "asset_id") ?? []);
  }
}

const ALL = `SELECT v.verdict, v.at, f.path, f.id AS file_id, f.asset_id, a.title,
    f.downloaded_size AS size, j.state AS job
  FROM verifications v JOIN files f ON f.id = v.file_id JOIN assets a ON a.id = f.asset_id
  LEFT JOIN jobs j ON j.file_id = f.id
  WHERE v.verdict <> 'OK' AND f.sha256 IS NOT NULL AND f.removed = 0
  UNION ALL
  SELECT s.verdict, s.at, s.path, NULL, s.asset_id, a.title, NULL, NULL
  FROM strays s LEFT JOIN assets a ON a.id = s.asset_id`;
