import type { Database } from "./database.ts";
import { int, intOrNull, type Row, text } from "./rows.ts";

/** Whose account is signed in at a provider. Credentials are elsewhere. */
export interface StoredAccount {
  readonly provider: string;
  readonly accountId: string;
  readonly name: string;
  /** Milliseconds since the Unix epoch. */
  readonly signedInAt: number;
}

/** One way in which an account is signed in. */
export interface SignIn {
  readonly provider: string;
  /** Id of one of the manifest's auth schemes. */
  readonly scheme: string;
  /** Milliseconds since the Unix epoch, null when nobody knows. */
  readonly expiresAt: number | null;
  /** Whether it is renewed by itself. */
  readonly renews: boolean;
  /** Whether the site has refused it since. */
  readonly ended: boolean;
}

/** Accounts, at most one for each provider, and the ways in which each is signed in. */
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
    this.#db.run("DELETE FROM sign_ins WHERE provider = ?", provider);
  }

  /** A sign-in that works. */
  setSignIn({ provider, scheme, expiresAt, renews }: Omit<SignIn, "ended">): void {
    this.#db.run(
      "INSERT OR REPLACE INTO sign_ins (provider, scheme, expires_at, renews) VALUES (?, ?, ?, ?)",
      provider,
      scheme,
      expiresAt,
      renews ? 1 : 0,
    );
  }

  /** The site accepts none of a provider's sign-ins any more. */
  endSignIns(provider: string): void {
    this.#db.run("UPDATE sign_ins SET ended = 1 WHERE provider = ?", provider);
  }

  signIns(provider: string): SignIn[] {
    return this.#db.all("SELECT * FROM sign_ins WHERE provider = ? ORDER BY scheme", provider)
      .map((row) => ({
        provider: text(row, "provider"),
        scheme: text(row, "scheme"),
        expiresAt: intOrNull(row, "expires_at"),
        renews: int(row, "renews") === 1,
        ended: int(row, "ended") === 1,
      }));
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
