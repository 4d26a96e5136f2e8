import type { Database } from "./database.ts";
import type { AbsentFile } from "./files.ts";
import { int, intOrNull, oneOf, type Row, text, textOrNull } from "./rows.ts";

const CAUSES = ["refused", "throttled", "challenged"] as const;

/** Why a site gives a file to a person's browser rather than to this program. */
export type HandoverCause = (typeof CAUSES)[number];

/** A file that its site keeps from this program. */
export interface HandoverFile extends AbsentFile {
  readonly provider: string;
  readonly cause: HandoverCause;
  readonly title: string;
  /** The page of its model. */
  readonly page: string | null;
  /** The provider's reference, opaque to the core. */
  readonly ref: string;
}

/** A provider that has been silent for long, with all that waits for it. */
export interface Silent {
  readonly provider: string;
  readonly cause: Exclude<HandoverCause, "refused">;
}

const FROM = `FROM jobs j JOIN files f ON f.id = j.file_id JOIN assets a ON a.id = f.asset_id
  LEFT JOIN (SELECT value ->> 'provider' AS provider, value ->> 'cause' AS cause FROM json_each(?)) s
    ON s.provider = j.provider
  WHERE f.kind = 'model' AND (j.state = 'failed' AND j.reason IN ('refused', 'throttled', 'challenged')
    OR j.state = 'queued' AND s.provider IS NOT NULL)`;

/** What sites keep from this program, of the queue. */
export class Handovers {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  count(silent: readonly Silent[]): number {
    const row = this.#db.get(`SELECT count(*) AS n ${FROM}`, JSON.stringify(silent));
    return int(row ?? {}, "n");
  }

  /** In the order of the queue. @param limit All by default. */
  list(silent: readonly Silent[], { offset = 0, limit = -1 } = {}): HandoverFile[] {
    return this.#db.all(
      `SELECT f.*, a.title, a.url, iif(j.state = 'failed', j.reason, s.cause) AS cause ${FROM}
      ORDER BY j.position LIMIT ? OFFSET ?`,
      JSON.stringify(silent),
      limit,
      offset,
    ).map(toHandoverFile);
  }
}

function toHandoverFile(row: Row): HandoverFile {
  return {
    id: text(row, "id"),
    assetId: text(row, "asset_id"),
    provider: text(row, "provider"),
    cause: oneOf(row, "cause", CAUSES),
    title: text(row, "title"),
    name: text(row, "name"),
    path: text(row, "path"),
    page: textOrNull(row, "url"),
    ref: text(row, "ref"),
    size: intOrNull(row, "size"),
    revision: text(row, "revision"),
    expectedSha256: textOrNull(row, "expected_sha256"),
  };
}
