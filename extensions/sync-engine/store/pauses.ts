import type { Database } from "./database.ts";
import { int, oneOf, type Row, text } from "./rows.ts";

/** No site asks for longer: `Retry-After` is cut to it as well. Milliseconds. */
export const LONGEST_PAUSE_MS = 24 * 3_600_000;

const SCOPES = ["downloads", "api"] as const;

export type PauseScope = (typeof SCOPES)[number];

/** A silence that a site asked for. */
export interface Pause {
  readonly provider: string;
  readonly scope: PauseScope;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
  readonly reason: string;
}

/** Silences, remembered across restarts. */
export class Pauses {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** A running pause is never shortened. */
  set(pause: Pause): void {
    this.#db.run(
      `INSERT INTO pauses (provider, scope, until, reason) VALUES (?, ?, ?, ?)
      ON CONFLICT (provider, scope) DO UPDATE SET until = excluded.until, reason = excluded.reason
      WHERE excluded.until > until`,
      pause.provider,
      pause.scope,
      pause.until,
      pause.reason,
    );
  }

  /** The pause that is on at `now`, in milliseconds since the Unix epoch. */
  get(provider: string, scope: PauseScope, now: number): Pause | null {
    const row = this.#db.get(
      "SELECT * FROM pauses WHERE provider = ? AND scope = ? AND until > ?",
      provider,
      scope,
      now,
    );
    return row ? toPause(row) : null;
  }

  /** Every pause that is on at `now`. */
  list(now: number): Pause[] {
    return this.#db.all("SELECT * FROM pauses WHERE until > ? ORDER BY provider, scope", now)
      .map(toPause);
  }

  /** Lets no pause last longer than until `latest`, in milliseconds since the Unix epoch. */
  endBefore(latest: number): number {
    return this.#db.run("UPDATE pauses SET until = ?1 WHERE until > ?1", latest);
  }

  clear(provider: string, scope: PauseScope): void {
    this.#db.run("DELETE FROM pauses WHERE provider = ? AND scope = ?", provider, scope);
  }
}

function toPause(row: Row): Pause {
  return {
    provider: text(row, "provider"),
    scope: oneOf(row, "scope", SCOPES),
    until: int(row, "until"),
    reason: text(row, "reason"),
  };
}
