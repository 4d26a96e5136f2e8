import type { Database } from "./database.ts";
import { int } from "./rows.ts";

/** What was learnt about the download addresses of a provider. */
export interface StoredPace {
  /** Milliseconds from one address to the next. */
  readonly intervalMs: number;
  /** Silences that the site asked for one after the other, without an address in between. */
  readonly silences: number;
}

/** How fast each provider gives download addresses, remembered across restarts. */
export class Paces {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(provider: string): StoredPace | null {
    const row = this.#db.get("SELECT * FROM paces WHERE provider = ?", provider);
    return row ? { intervalMs: int(row, "interval_ms"), silences: int(row, "silences") } : null;
  }

  set(provider: string, { intervalMs, silences }: StoredPace): void {
    this.#db.run(
      "INSERT OR REPLACE INTO paces (provider, interval_ms, silences) VALUES (?, ?, ?)",
      provider,
      Math.round(intervalMs),
      silences,
    );
  }
}
