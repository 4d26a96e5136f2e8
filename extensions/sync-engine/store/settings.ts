import * as v from "valibot";
import type { Database } from "./database.ts";
import { text } from "./rows.ts";

/** Settings by key, each a JSON value. */
export class Settings {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The stored value, or `fallback` when there is none or it does not fit the schema any more. */
  get<T>(key: string, schema: v.GenericSchema<unknown, T>, fallback: T): T {
    const row = this.#db.get("SELECT value FROM settings WHERE key = ?", key);
    if (!row) return fallback;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text(row, "value"));
    return parsed.success ? parsed.output : fallback;
  }

  /** Stores a value after checking it against its schema. */
  set<T>(key: string, schema: v.GenericSchema<unknown, T>, value: T): void {
    const json = JSON.stringify(v.parse(schema, value));
    this.#db.run("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", key, json);
  }

  remove(key: string): void {
    this.#db.run("DELETE FROM settings WHERE key = ?", key);
  }
}
