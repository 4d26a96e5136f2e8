import type { Database } from "./database.ts";
import { int, type Row, text } from "./rows.ts";

/** Whose account is signed in at a provider. Credentials are elsewhere. */
export interface StoredAccount {
  readonly provider: string;
  readonly accountId: string;
  readonly name: string;
  /** Milliseconds since the Unix epoch. */
  readonly signedInAt: number;
}

/** Accounts, at most one for each provider. */
export class Accounts {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  set(account: StoredAccount): void {
    this.#db.run(
      "INSERT OR REPLACE INTO accounts (provider, account_id, name, signed_in) VALUES (?, ?, ?, ?)",
      account.provider,
      account.accountId,
      account.name,
      account.signedInAt,
    );
  }

  get(provider: string): StoredAccount | null {
    const row = this.#db.get("SELECT * FROM accounts WHERE provider = ?", provider);
    return row ? toAccount(row) : null;
  }

  list(): StoredAccount[] {
    return this.#db.all("SELECT * FROM accounts ORDER BY provider").map(toAccount);
  }

  remove(provider: string): void {
    this.#db.run("DELETE FROM accounts WHERE provider = ?", provider);
  }
}

function toAccount(row: Row): StoredAccount {
  return {
    provider: text(row, "provider"),
    accountId: text(row, "account_id"),
    name: text(row, "name"),
    signedInAt: int(row, "signed_in"),
  };
}
