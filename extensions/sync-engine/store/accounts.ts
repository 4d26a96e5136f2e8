import type { Database } from "./database.ts";
import { int, intOrNull, type Row, strings, text, textOrNull } from "./rows.ts";

/** Whose account is signed in at a provider. Credentials are elsewhere. */
export interface StoredAccount {
  readonly provider: string;
  readonly accountId: string;
  readonly name: string;
  /** Milliseconds since the Unix epoch. */
  readonly signedInAt: number;
}

/** That a sign-in was found to be good. What the site does not tell is null. */
export interface SignInCheck {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Whose it is, as the sign-in server calls them. */
  readonly username: string | null;
  /** What it opens. */
  readonly scopes: readonly string[] | null;
  /** When it ends for good, renewed or not; milliseconds since the Unix epoch. */
  readonly until: number | null;
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
  /** Null before the first. */
  readonly check: SignInCheck | null;
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
    this.#db.run("DELETE FROM sign_in_checks WHERE provider = ?", provider);
  }

  /** A sign-in that works. */
  setSignIn({ provider, scheme, expiresAt, renews }: Omit<SignIn, "ended" | "check">): void {
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

  /** The site does not accept one of them any more. */
  endSignIn(provider: string, scheme: string): void {
    this.#db.run(
      "UPDATE sign_ins SET ended = 1 WHERE provider = ? AND scheme = ?",
      provider,
      scheme,
    );
  }

  /** A sign-in was found to be good, whatever was held of it before. */
  setCheck(provider: string, scheme: string, { at, username, scopes, until }: SignInCheck): void {
    this.#db.run(
      "INSERT INTO sign_ins (provider, scheme, renews) VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET ended = 0",
      provider,
      scheme,
    );
    this.#db.run(
      "INSERT OR REPLACE INTO sign_in_checks (provider, scheme, at, username, scopes, until) VALUES (?, ?, ?, ?, ?, ?)",
      provider,
      scheme,
      at,
      username,
      scopes === null ? null : JSON.stringify(scopes),
      until,
    );
  }

  signIns(provider: string): SignIn[] {
    return this.#db.all(
      `SELECT * FROM sign_ins LEFT JOIN sign_in_checks USING (provider, scheme)
       WHERE provider = ? ORDER BY scheme`,
      provider,
    ).map((row) => ({
      provider: text(row, "provider"),
      scheme: text(row, "scheme"),
      expiresAt: intOrNull(row, "expires_at"),
      renews: int(row, "renews") === 1,
      ended: int(row, "ended") === 1,
      check: row["at"] === null ? null : toCheck(row),
    }));
  }
}

function toCheck(row: Row): SignInCheck {
  return {
    at: int(row, "at"),
    username: textOrNull(row, "username"),
    scopes: row["scopes"] === null ? null : strings(row, "scopes"),
    until: intOrNull(row, "until"),
  };
}

function toAccount(row: Row): StoredAccount {
  return {
    provider: text(row, "provider"),
    accountId: text(row, "account_id"),
    name: text(row, "name"),
    signedInAt: int(row, "signed_in"),
  };
}
