import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SyncError } from "../platform/errors.ts";
import type { Row } from "./rows.ts";
import { isDamage, toSyncError } from "./sqlite_error.ts";

/** How long a statement waits for another process to finish writing, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** Page cache in KiB: holds the indexes that the view of a library of 100,000 assets reads. */
const CACHE_KIB = 32 * 1024;

/** `synchronous` as its pragma answers it: a commit is flushed. */
const FULL = 2;

/**
 * A connection: statements are prepared once per text, failures become `SyncError`, transactions nest.
 * The only file of the engine that knows the SQLite driver.
 */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #onDamage: () => void;
  #depth = 0;

  /** @param onDamage Called when a statement finds the file broken. */
  constructor(path: string, options: { onDamage?: () => void; readOnly?: boolean } = {}) {
    const { onDamage = () => {}, readOnly = false } = options;
    this.#onDamage = onDamage;
    this.#db = this.#try(() => new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly }));
  }

  /** Sets up journal, durability and cache. Reads the file for the first time. */
  configure(): void {
    const wal = this.#journalMode("WAL");
    // Network and some container file systems have no shared memory, which WAL needs.
    if (!wal) this.#journalMode("DELETE");
    this.exec(`
      PRAGMA synchronous = ${wal ? "NORMAL" : "FULL"};
      PRAGMA foreign_keys = ON;
      PRAGMA recursive_triggers = OFF;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -${CACHE_KIB};
      PRAGMA journal_size_limit = 67108864;
    `);
  }

  #journalMode(mode: "WAL" | "DELETE"): boolean {
    try {
      const row = this.get(`PRAGMA journal_mode = ${mode}`);
      this.get("SELECT count(*) FROM sqlite_schema");
      return row?.["journal_mode"] === mode.toLowerCase();
    } catch (error) {
      if (mode === "WAL" && error instanceof SyncError && error.kind === "retryable") return false;
      throw error;
    }
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#try(() => this.#prepare(sql).all(...values));
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#try(() => this.#prepare(sql).get(...values));
  }

  /** Returns how many rows were changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#try(() => Number(this.#prepare(sql).run(...values).changes));
  }

  /** Runs any number of statements without values. */
  exec(sql: string): void {
    this.#try(() => this.#db.exec(sql));
  }

  /**
   * Runs `work` so that all of its changes are kept or none. Inside another transaction it joins that one;
   * a failure still undoes its own changes alone. `work` must not be asynchronous.
   */
  transaction<T>(work: () => T): T {
    const outermost = this.#depth === 0;
    const savepoint = `level_${this.#depth}`;
    this.run(outermost ? "BEGIN IMMEDIATE" : `SAVEPOINT ${savepoint}`);
    this.#depth++;
    try {
      const result = work();
      if (result instanceof Promise) {
        throw new SyncError("bug", "Cannot run a transaction: its work is asynchronous");
      }
      this.run(outermost ? "COMMIT" : `RELEASE ${savepoint}`);
      return result;
    } catch (error) {
      const undo = outermost ? "ROLLBACK" : `ROLLBACK TO ${savepoint}; RELEASE ${savepoint}`;
      // A full disk may already have ended the transaction.
      if (this.#db.isTransaction) this.exec(undo);
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** A transaction that a power cut cannot take back once it has returned. Must not stand inside another. */
  durably<T>(work: () => T): T {
    const before = Number(this.get("PRAGMA synchronous")?.["synchronous"] ?? FULL);
    this.exec(`PRAGMA synchronous = ${FULL}`);
    try {
      return this.transaction(work);
    } finally {
      this.exec(`PRAGMA synchronous = ${before}`);
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#try(() => this.#db.close());
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) this.#onDamage();
      throw toSyncError(error);
    }
  }
}
