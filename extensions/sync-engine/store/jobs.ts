import type { SQLInputValue } from "node:sqlite";
import { ALL_COLUMNS, type Asset, toAsset } from "./asset.ts";
import type { Page } from "./asset_list.ts";
import type { Database } from "./database.ts";
import { type StoredFile, toStoredFile } from "./files.ts";
import { int, oneOf, type Row, text, textOrNull } from "./rows.ts";

const STATES = ["queued", "running", "paused", "failed"] as const;

export type JobState = (typeof STATES)[number];

/** A file that is still to be fetched, or one that failed for good. */
export interface Job {
  readonly fileId: string;
  readonly provider: string;
  readonly state: JobState;
  /** Lower goes first. */
  readonly position: number;
  /** Failed ones so far. */
  readonly attempts: number;
  /** Not to be started earlier; milliseconds since the Unix epoch. */
  readonly notBefore: number;
  /** Failure kind and message of the last attempt. */
  readonly reason: string | null;
  readonly message: string | null;
}

/** A job with what its download needs. */
export interface DueJob extends Job {
  readonly file: StoredFile;
  readonly asset: Asset;
}

/** A job of a list. */
export interface JobRow extends Job {
  readonly name: string;
  /** Below the root. */
  readonly path: string;
  readonly size: number | null;
  readonly assetId: string;
  readonly title: string;
}

/** Which jobs; no condition means all. */
export interface JobFilter {
  readonly fileIds?: readonly string[];
  readonly assetId?: string;
  readonly provider?: string;
}

const MATCHES = `(?1 IS NULL OR file_id IN (SELECT value FROM json_each(?1)))
  AND (?2 IS NULL OR file_id IN (SELECT id FROM files WHERE asset_id = ?2))
  AND (?3 IS NULL OR provider = ?3)`;

/** Neither under way nor given up. */
const WAITING = "state IN ('queued', 'paused')";

const ALLOWED = "(?2 IS NULL OR provider IN (SELECT value FROM json_each(?2)))";

/** The download queue, kept across restarts. */
export class Jobs {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Puts files at the end of the queue, in this order. Those that have a job keep it. Returns how many were new. */
  enqueueMany(fileIds: readonly string[]): number {
    return this.#db.run(
      `INSERT INTO jobs (file_id, provider, position)
      SELECT f.id, f.provider, (SELECT ifnull(max(position), 0) FROM jobs) + 1 + list.key
      FROM json_each(?) list JOIN files f ON f.id = list.value
      WHERE true ORDER BY list.key
      ON CONFLICT (file_id) DO NOTHING`,
      JSON.stringify(fileIds),
    );
  }

  get(fileId: string): Job | null {
    const row = this.#db.get("SELECT * FROM jobs WHERE file_id = ?", fileId);
    return row ? toJob(row) : null;
  }

  /**
   * Takes the first job that is due and marks it as running.
   *
   * @param now Milliseconds since the Unix epoch.
   */
  next(now: number, options: { providers?: readonly string[] } = {}): DueJob | null {
    return this.#db.transaction(() => {
      const row = this.#db.get(
        `UPDATE jobs SET state = 'running' WHERE file_id = (
          SELECT file_id FROM jobs INDEXED BY jobs_by_turn WHERE state = 'queued' AND not_before <= ?1 AND ${ALLOWED}
          ORDER BY position LIMIT 1) RETURNING *`,
        now,
        list(options.providers),
      );
      if (!row) return null;
      const job = toJob(row);
      const file = this.#db.get("SELECT * FROM files WHERE id = ?", job.fileId) ?? {};
      const asset =
        this.#db.get(`SELECT ${ALL_COLUMNS} FROM assets a WHERE id = ?`, text(file, "asset_id")) ??
          {};
      return { ...job, file: toStoredFile(file), asset: toAsset(asset) };
    });
  }

  /**
   * When the next queued job is due (`now` when one is already), and why its last attempt failed; null when none is
   * queued.
   */
  nextDue(
    now: number,
    options: { providers?: readonly string[] } = {},
  ): { readonly at: number; readonly reason: string | null } | null {
    const row = this.#db.get(
      `SELECT max(not_before, ?1) AS due, reason FROM jobs INDEXED BY jobs_by_due WHERE state = 'queued' AND ${ALLOWED}
      ORDER BY not_before LIMIT 1`,
      now,
      list(options.providers),
    );
    return row ? { at: int(row, "due"), reason: textOrNull(row, "reason") } : null;
  }

  /** The file is done with: its job goes. */
  finish(fileId: string): void {
    this.#db.run("DELETE FROM jobs WHERE file_id = ?", fileId);
  }

  /** What was fetched is not the newest any more: the job is due again, with all attempts. */
  beginAgain(fileId: string): void {
    this.#db.run(
      `UPDATE jobs SET state = iif(state = 'paused', state, 'queued'), attempts = 0, not_before = 0,
        reason = NULL, message = NULL WHERE file_id = ?`,
      fileId,
    );
  }

  /** Counts a failed attempt. A job that was paused meanwhile stays paused. */
  retryLater(fileId: string, notBefore: number, reason: string, message: string): void {
    this.#db.run(
      `UPDATE jobs SET state = iif(state = 'running', 'queued', state), attempts = attempts + 1,
        not_before = ?, reason = ?, message = ? WHERE file_id = ?`,
      notBefore,
      reason,
      message,
      fileId,
    );
  }

  /** Gives a job all its attempts back: the last one brought it forward. */
  forgetAttempts(fileId: string): void {
    this.#db.run("UPDATE jobs SET attempts = 0 WHERE file_id = ?", fileId);
  }

  /** Puts a running job back without counting an attempt, to be started again from `notBefore` on. */
  release(fileId: string, notBefore = 0): void {
    this.#db.run(
      "UPDATE jobs SET state = 'queued', not_before = ? WHERE file_id = ? AND state = 'running'",
      notBefore,
      fileId,
    );
  }

  /** Gives up until the user asks for another try. */
  fail(fileId: string, reason: string, message: string): void {
    this.#db.run(
      `UPDATE jobs SET state = 'failed', attempts = attempts + 1, reason = ?, message = ?
      WHERE file_id = ?`,
      reason,
      message,
      fileId,
    );
  }

  /**
   * Another try at once, with all attempts: for what failed, and for what waits after a failed attempt.
   *
   * @param now Milliseconds since the Unix epoch.
   */
  retry(filter: JobFilter, now: number): number {
    return this.#db.transaction(() =>
      this.requeueFailed(filter) +
      this.#change(
        "attempts = 0, not_before = 0",
        `state = 'queued' AND not_before > ${now}`,
        filter,
      )
    );
  }

  /** Puts back what an earlier process left running. */
  requeueRunning(): number {
    return this.#db.run("UPDATE jobs SET state = 'queued' WHERE state = 'running'");
  }

  /** Another try for failed jobs, at once and with all attempts. */
  requeueFailed(filter: JobFilter = {}): number {
    return this.#change(
      "state = 'queued', attempts = 0, not_before = 0, reason = NULL, message = NULL",
      "state = 'failed'",
      filter,
    );
  }

  /**
   * The same for all but those that failed for one of these reasons. What arrived whole and wrong each time gets a
   * single attempt: it may be large.
   */
  requeueFailedExcept(reasons: readonly string[]): number {
    return this.#db.run(
      `UPDATE jobs SET state = 'queued', attempts = iif(reason = 'integrity', attempts - 1, 0), not_before = 0
      WHERE state = 'failed' AND reason NOT IN (SELECT value FROM json_each(?))`,
      JSON.stringify(reasons),
    );
  }

  /** Lets no job wait longer than until `latest`, in milliseconds since the Unix epoch. */
  startBefore(latest: number): number {
    return this.#db.run("UPDATE jobs SET not_before = ?1 WHERE not_before > ?1", latest);
  }

  /** Drops jobs whose file is not to be fetched any more: not wanted, removed, or no longer to be had. */
  removeObsolete(): number {
    // In this order; SQLite would rather walk all files.
    return this.#db.run(
      `DELETE FROM jobs WHERE file_id IN (
        SELECT f.id FROM jobs j CROSS JOIN files f ON f.id = j.file_id CROSS JOIN assets a ON a.id = f.asset_id
        WHERE f.listed = 0 OR f.removed = 1 OR f.downloaded_revision IS f.revision
          OR a.wanted = 0 OR a.availability IN ('locked', 'gone'))`,
    );
  }

  /** Failed jobs stay failed. */
  pause(filter: JobFilter = {}): number {
    return this.#change("state = 'paused'", "state IN ('queued', 'running')", filter);
  }

  resume(filter: JobFilter = {}): number {
    return this.#change("state = 'queued'", "state = 'paused'", filter);
  }

  /** In the order of the queue. */
  ids(filter: JobFilter): string[] {
    return this.#db.all(
      `SELECT file_id FROM jobs WHERE ${MATCHES} ORDER BY position`,
      ...filterValues(filter),
    ).map((row) => text(row, "file_id"));
  }

  remove(filter: JobFilter): number {
    return this.#db.run(`DELETE FROM jobs WHERE ${MATCHES}`, ...filterValues(filter));
  }

  /** Puts jobs before all others; among each other they keep their order. */
  moveToFront(filter: JobFilter): number {
    return this.#db.run(
      `UPDATE jobs SET position = moved.position FROM (
        SELECT file_id AS id, (SELECT min(position) FROM jobs) - 1 - count(*) OVER ()
          + row_number() OVER (ORDER BY position) AS position
        FROM jobs WHERE ${MATCHES}
      ) moved WHERE file_id = moved.id`,
      ...filterValues(filter),
    );
  }

  /** Puts jobs behind all others; among each other they keep their order. */
  moveToBack(filter: JobFilter): number {
    return this.#db.run(
      `UPDATE jobs SET position = moved.position FROM (
        SELECT file_id AS id, (SELECT max(position) FROM jobs) + row_number() OVER (ORDER BY position) AS position
        FROM jobs WHERE ${MATCHES}
      ) moved WHERE file_id = moved.id`,
      ...filterValues(filter),
    );
  }

  /**
   * Exchanges each of the jobs that are not done yet with the one before it, or after it. Those that are at the end
   * already stay there, and neighbours that move together keep their order. Returns how many moved.
   */
  moveByOne(filter: JobFilter, direction: "up" | "down"): number {
    const [beyond, order] = direction === "up" ? ["<", "DESC"] : [">", "ASC"];
    const back = direction === "up" ? "ASC" : "DESC";
    return this.#db.transaction(() => {
      const chosen = this.#db.all(
        `SELECT file_id FROM jobs WHERE ${WAITING} AND ${MATCHES} ORDER BY position ${back}`,
        ...filterValues(filter),
      ).map((row) => text(row, "file_id"));
      const isChosen = new Set(chosen);
      let moved = 0;
      for (const fileId of chosen) {
        const { position } = this.get(fileId) ?? {};
        if (position === undefined) continue;
        const row = this.#db.get(
          `SELECT * FROM jobs WHERE position ${beyond} ? AND ${WAITING} ORDER BY position ${order} LIMIT 1`,
          position,
        );
        const neighbour = row ? toJob(row) : null;
        if (!neighbour || isChosen.has(neighbour.fileId)) continue;
        this.#place(fileId, neighbour.position);
        this.#place(neighbour.fileId, position);
        moved++;
      }
      return moved;
    });
  }

  #place(fileId: string, position: number): void {
    this.#db.run("UPDATE jobs SET position = ? WHERE file_id = ?", position, fileId);
  }

  /** Files of a provider that wait and each need a download address, for which pictures may have no need. */
  countNeedingLinks(provider: string, { images }: { readonly images: boolean }): number {
    const row = this.#db.get(
      `SELECT count(*) AS n FROM jobs j JOIN files f ON f.id = j.file_id
       WHERE j.state = 'queued' AND j.provider = ? AND (? OR f.kind <> 'image')`,
      provider,
      images ? 1 : 0,
    );
    return row ? int(row, "n") : 0;
  }

  counts(): Readonly<Record<JobState, number>> {
    const counts = { queued: 0, running: 0, paused: 0, failed: 0 };
    for (const row of this.#db.all("SELECT state, count(*) AS n FROM jobs GROUP BY state")) {
      counts[oneOf(row, "state", STATES)] = int(row, "n");
    }
    return counts;
  }

  /** A page of the queue in its order, running ones first. */
  list(
    query: { state?: JobState; provider?: string; offset?: number; limit?: number } = {},
  ): Page<JobRow> {
    const { state = null, provider = null, offset = 0, limit = 100 } = query;
    const where = "(?1 IS NULL OR state = ?1) AND (?2 IS NULL OR provider = ?2)";
    const count = this.#db.get(`SELECT count(*) AS n FROM jobs WHERE ${where}`, state, provider);
    const rows = this.#db.all(
      `SELECT j.*, f.name, f.path, f.size, f.asset_id, a.title FROM (
        SELECT * FROM jobs WHERE ${where} ORDER BY state <> 'running', position LIMIT ?3 OFFSET ?4
      ) j JOIN files f ON f.id = j.file_id JOIN assets a ON a.id = f.asset_id
      ORDER BY j.state <> 'running', j.position`,
      state,
      provider,
      Math.min(500, limit),
      offset,
    );
    return { rows: rows.map(toJobRow), total: int(count ?? {}, "n") };
  }

  #change(set: string, condition: string, filter: JobFilter): number {
    return this.#db.run(
      `UPDATE jobs SET ${set} WHERE ${condition} AND ${MATCHES}`,
      ...filterValues(filter),
    );
  }
}

function filterValues(filter: JobFilter): SQLInputValue[] {
  return [list(filter.fileIds), filter.assetId ?? null, filter.provider ?? null];
}

function list(values: readonly string[] | undefined): string | null {
  return values ? JSON.stringify(values) : null;
}

function toJob(row: Row): Job {
  return {
    fileId: text(row, "file_id"),
    provider: text(row, "provider"),
    state: oneOf(row, "state", STATES),
    position: int(row, "position"),
    attempts: int(row, "attempts"),
    notBefore: int(row, "not_before"),
    reason: textOrNull(row, "reason"),
    message: textOrNull(row, "message"),
  };
}

function toJobRow(row: Row): JobRow {
  const size = row["size"];
  return {
    ...toJob(row),
    name: text(row, "name"),
    path: text(row, "path"),
    size: typeof size === "number" ? size : null,
    assetId: text(row, "asset_id"),
    title: text(row, "title"),
  };
}
