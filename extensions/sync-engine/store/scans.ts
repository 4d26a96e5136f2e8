import type { GenericSchema } from "valibot";
import type { Clock } from "../platform/ports.ts";
import type { Database } from "./database.ts";
import { flag, int, intOrNull, parseJson, text } from "./rows.ts";

/** A walk through a provider's library. Times are milliseconds since the Unix epoch. */
export interface Scan<Tally> {
  readonly id: number;
  readonly provider: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly complete: boolean;
  readonly tally: Tally | null;
}

/** An item that a scan could not understand, and why. */
export interface QuarantinedItem {
  readonly item: string;
  readonly reason: string;
}

/** Scans, and what they had to set aside. */
export class Scans {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Returns the new scan's id. */
  start(provider: string): number {
    const row = this.#db.get(
      "INSERT INTO scans (provider, started_at) VALUES (?, ?) RETURNING id",
      provider,
      this.#clock.now(),
    );
    return int(row ?? {}, "id");
  }

  /** @param tally Anything that JSON can hold. */
  finish(id: number, result: { complete: boolean; tally: unknown }): void {
    this.#db.run(
      "UPDATE scans SET finished_at = ?, complete = ?, tally = ? WHERE id = ?",
      this.#clock.now(),
      result.complete ? 1 : 0,
      JSON.stringify(result.tally),
      id,
    );
  }

  /** The newest complete scan of a provider. */
  lastComplete<Tally>(provider: string, tally: GenericSchema<unknown, Tally>): Scan<Tally> | null {
    return this.#newest(provider, "complete = 1", tally);
  }

  /** The newest finished scan of a provider, complete or not. */
  last<Tally>(provider: string, tally: GenericSchema<unknown, Tally>): Scan<Tally> | null {
    return this.#newest(provider, "finished_at IS NOT NULL", tally);
  }

  /** Replaces what earlier scans of the provider had set aside. */
  replaceQuarantine(scanId: number, provider: string, items: readonly QuarantinedItem[]): void {
    this.#db.transaction(() => {
      this.#db.run("DELETE FROM quarantine WHERE provider = ?", provider);
      for (const { item, reason } of items) {
        this.#db.run(
          "INSERT OR REPLACE INTO quarantine (provider, item, reason, scan_id) VALUES (?, ?, ?, ?)",
          provider,
          item,
          reason,
          scanId,
        );
      }
    });
  }

  quarantine(provider: string): QuarantinedItem[] {
    return this.#db.all(
      "SELECT item, reason FROM quarantine WHERE provider = ? ORDER BY item",
      provider,
    ).map((row) => ({ item: text(row, "item"), reason: text(row, "reason") }));
  }

  #newest<Tally>(
    provider: string,
    condition: string,
    schema: GenericSchema<unknown, Tally>,
  ): Scan<Tally> | null {
    const row = this.#db.get(
      `SELECT * FROM scans WHERE provider = ? AND ${condition} ORDER BY id DESC LIMIT 1`,
      provider,
    );
    if (!row) return null;
    const tally = row["tally"];
    return {
      id: int(row, "id"),
      provider,
      startedAt: int(row, "started_at"),
      finishedAt: intOrNull(row, "finished_at"),
      complete: flag(row, "complete"),
      tally: typeof tally === "string" ? parseJson(schema, tally, "tally") : null,
    };
  }
}
