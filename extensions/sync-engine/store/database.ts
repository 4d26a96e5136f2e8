import { constants, DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SyncError } from "../platform/errors.ts";
import type { Row } from "./rows.ts";
import { isDamage, toSyncError } from "./sqlite_error.ts";

/** How long a statement waits for another process to finish writing, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** Page cache in KiB: holds the indexes that the view of a library of 100,000 assets reads. */
const CACHE_KIB = 32 * 1024;

/** What SQLite is about to do with a table when it changes it, by a trigger too. */
const WRITES: ReadonlySet<number> = new Set([
  constants.SQLITE_INSERT,
  constants.SQLITE_UPDATE,
  constants.SQLITE_DELETE,
]);

/** `synchronous` as its pragma answers it: a commit is flushed. */
const FULL = 2;

/** A statement, and the tables that it changes. */
interface Prepared {
  readonly statement: StatementSync;
  readonly tables: readonly string[];
}

/**
 * A connection: statements are prepared once per text, failures become `SyncError`, transactions nest.
 * The only file of the engine that knows the SQLite driver.
 */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();
  readonly #onDamage: () => void;
  #depth = 0;
  /** Tables that the text which is being prepared will change. */
  readonly #changing = new Set<string>();
  /** How often each table was changed by this connection. */
  readonly #changes = new Map<string, number>();
  #undone = 0;

  /** @param onDamage Called when a statement finds the file broken. */
  constructor(path: string, options: { onDamage?: () => void; readOnly?: boolean } = {}) {
    const { onDamage = () => {}, readOnly = false } = options;
    this.#onDamage = onDamage;
    this.#db = this.#try(() => new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly }));
    this.#db.setAuthorizer((action, table) => {
      if (WRITES.has(action) && table !== null) this.#changing.add(table);
      return constants.SQLITE_OK;
    });
  }

  /**
   * Sets up journal, durability and cache. Reads the file for the first time.
   *
   * @param options `sharesMemory`: false where WAL is not to be tried, because the file system may pretend that it works.
   */
  configure({ sharesMemory = true }: { readonly sharesMemory?: boolean } = {}): void {
    const wal = sharesMemory && this.#journalMode("WAL");
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
    return this.#with(sql, (statement) => statement.all(...values));
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#with(sql, (statement) => statement.get(...values));
  }

  /** Returns how many rows were changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#with(sql, (statement) => Number(statement.run(...values).changes));
  }

  /** Runs any number of statements without values. */
  exec(sql: string): void {
    this.#try(() => {
      this.#changing.clear();
      this.#db.exec(sql);
      this.#countChange(this.#changing);
    });
  }

  /** A text that differs from an earlier one when tables may have changed since, by whomever. */
  versionOf(tables: readonly string[]): string {
    const others = this.get("PRAGMA data_version")?.["data_version"];
    return [others, this.#undone, ...tables.map((table) => this.#changes.get(table) ?? 0)].join();
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
      this.#undone++;
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

  #with<T>(sql: string, work: (statement: StatementSync) => T): T {
    return this.#try(() => {
      const { statement, tables } = this.#prepare(sql);
      const result = work(statement);
      this.#countChange(tables);
      return result;
    });
  }

  #prepare(sql: string): Prepared {
    let prepared = this.#statements.get(sql);
    if (!prepared) {
      this.#changing.clear();
      const statement = this.#db.prepare(sql);
      prepared = { statement, tables: [...this.#changing] };
      this.#statements.set(sql, prepared);
    }
    return prepared;
  }

  #countChange(tables: Iterable<string>): void {
    for (const table of tables) this.#changes.set(table, (this.#changes.get(table) ?? 0) + 1);
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
