import { createHash } from "node:crypto";
import { hashHex } from "../random.ts";

/** An app that is registered with the sign-in server. */
export interface App {
  readonly id: string;
  /** Null for one that has none: it may use the implicit flow only. */
  readonly secret: string | null;
}

/** How the sign-in server behaves. */
export interface TokenSettings {
  readonly seed: number;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Lifetime of access tokens of the code flow. */
  readonly accessSeconds: number;
  /** Whether each renewal brings a new refresh token that ends the one before. */
  readonly rotates: boolean;
}

interface Code {
  readonly app: string;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly until: number;
}

/** What a token request is answered with. */
export type Granted = {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string;
};

/** Lifetime of codes, of refresh tokens and of tokens of the implicit flow, in seconds. */
const CODE_SECONDS = 3600;
const REFRESH_SECONDS = 14 * 86_400;
const IMPLICIT_SECONDS = 21_600;

/** Codes and tokens that were handed out. */
export class Tokens {
  readonly #settings: TokenSettings;
  readonly #codes = new Map<string, Code>();
  readonly #access = new Map<string, number>();
  readonly #refresh = new Map<string, { readonly app: string; readonly until: number }>();
  /** Renewals that were granted. */
  renewals = 0;
  /** Every code and token that was ever handed out. */
  readonly issued: string[] = [];

  constructor(settings: TokenSettings) {
    this.#settings = settings;
  }

  /** A code that is good for one time. */
  issueCode(app: App, redirectUri: string, challenge: string | null): string {
    const code = this.#make(64);
    this.issued.push(code);
    const until = this.#settings.now() + CODE_SECONDS * 1000;
    this.#codes.set(code, { app: app.id, redirectUri, challenge, until });
    return code;
  }

  /** A token of the implicit flow. */
  issueImplicit(): { readonly accessToken: string; readonly expiresIn: number } {
    return { accessToken: this.#issueAccess(IMPLICIT_SECONDS), expiresIn: IMPLICIT_SECONDS };
  }

  /** Changes a code for tokens; a text says why not. */
  redeem(app: App, code: string, redirectUri: string, verifier: string | null): Granted | string {
    const found = this.#codes.get(code);
    if (!found || found.app !== app.id) return "Authorization code not found";
    if (found.redirectUri !== redirectUri) return "Invalid redirect URI";
    if (found.until <= this.#settings.now()) return "Authorization code expired";
    // The real server knows no PKCE. This one checks what it is sent, so that a wrong verifier is noticed.
    if (found.challenge !== null && found.challenge !== challengeOf(verifier ?? "")) {
      return "Invalid code verifier";
    }
    this.#codes.delete(code);
    return this.#grant(this.#issueRefresh(app));
  }

  /** Renews; a text says why not. */
  renew(app: App, refreshToken: string): Granted | string {
    const found = this.#refresh.get(refreshToken);
    if (!found || found.app !== app.id) return "Refresh token not found";
    if (found.until <= this.#settings.now()) return "Refresh token expired";
    this.renewals++;
    if (!this.#settings.rotates) return this.#grant(refreshToken);
    this.#refresh.delete(refreshToken);
    return this.#grant(this.#issueRefresh(app));
  }

  /** When an access token ends, in milliseconds since the Unix epoch; null for one that is good for nothing. */
  accessUntil(token: string): number | null {
    const until = this.#access.get(token) ?? 0;
    return until > this.#settings.now() ? until : null;
  }

  /** When a token ends or ended, in milliseconds since the Unix epoch; null for one that is not known. */
  lookUp(token: string, kind: "access" | "refresh"): number | null {
    const found = kind === "access" ? this.#access.get(token) : this.#refresh.get(token)?.until;
    return found ?? null;
  }

  /** Ends all access tokens, as time does. */
  expireAccess(): void {
    for (const token of this.#access.keys()) this.#access.set(token, this.#settings.now());
  }

  /** Ends everything, as the user does who takes the app's rights away. */
  revokeAll(): void {
    this.#access.clear();
    this.#refresh.clear();
    this.#codes.clear();
  }

  #grant(refreshToken: string): Granted {
    const expiresIn = this.#settings.accessSeconds;
    return { accessToken: this.#issueAccess(expiresIn), expiresIn, refreshToken };
  }

  #issueAccess(seconds: number): string {
    const token = uuid(this.#make(32));
    this.issued.push(token);
    this.#access.set(token, this.#settings.now() + seconds * 1000);
    return token;
  }

  #issueRefresh(app: App): string {
    const token = uuid(this.#make(32));
    this.issued.push(token);
    const until = this.#settings.now() + REFRESH_SECONDS * 1000;
    this.#refresh.set(token, { app: app.id, until });
    return token;
  }

  #make(length: number): string {
    return hashHex(length, this.#settings.seed, "issued", this.issued.length);
  }
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
