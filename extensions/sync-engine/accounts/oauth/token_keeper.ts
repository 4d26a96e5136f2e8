import { classifyThrown } from "../../platform/classify.ts";
import { SyncError } from "../../platform/errors.ts";
import type { Clock, Http, Log, Secrets } from "../../platform/ports.ts";
import type { OAuthEndpoints } from "../../plugins/manifest.ts";
import { TokenEndpoint } from "./token_endpoint.ts";
import { readClient, readTokens, type TokenSet, writeTokens } from "./token_set.ts";

/** Milliseconds before its end from which on a token is renewed. */
const AHEAD_MS = 60_000;

/** Milliseconds after a renewal in which a refusal is not the token's fault: sites refuse single models alike. */
const FRESH_MS = 10 * 60_000;

/** What {@linkcode TokenKeeper} needs. */
export interface TokenKeeperPorts {
  readonly http: Http;
  readonly secrets: Pick<Secrets, "get" | "set">;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears when tokens were renewed, with the end of the new one. */
  readonly onRenewed?: (expiresAt: number | null) => void;
}

/**
 * Keeps the access token of one sign-in fresh: ahead of its end, and once when the site refuses it. However many ask
 * at once, the site is asked one time.
 */
export class TokenKeeper {
  readonly #ports: TokenKeeperPorts;
  readonly #provider: string;
  readonly #scheme: string;
  readonly #endpoints: OAuthEndpoints;
  #renewing: Promise<TokenSet> | null = null;
  #renewed: { readonly accessToken: string; readonly at: number } | null = null;
  /** Renewed, but not kept yet: the ones in the keychain may be good for nothing any more. */
  #unkept: TokenSet | null = null;

  constructor(
    ports: TokenKeeperPorts,
    provider: string,
    scheme: string,
    endpoints: OAuthEndpoints,
  ) {
    this.#ports = ports;
    this.#provider = provider;
    this.#scheme = scheme;
    this.#endpoints = endpoints;
  }

  /**
   * An access token that is good now; null when the user is not signed in this way.
   *
   * @throws {SyncError} `needsAuth` when the sign-in is over; else what keeps the sign-in server from answering.
   */
  async accessToken(): Promise<string | null> {
    const tokens = await this.#read();
    if (!tokens) return null;
    const left = (tokens.expiresAt ?? Infinity) - this.#ports.clock.now();
    if (left > AHEAD_MS) return tokens.accessToken;
    if (tokens.refreshToken === null) {
      if (left > 0) return tokens.accessToken;
      throw new SyncError("needsAuth", "The sign-in has run out. Sign in again");
    }
    try {
      return (await this.#renew(tokens.accessToken)).accessToken;
    } catch (error) {
      // What is still good is used while the sign-in server has a hiccup.
      if (left > 0 && error instanceof SyncError && error.kind === "retryable") {
        return tokens.accessToken;
      }
      throw error;
    }
  }

  /** The tokens as they are now, null when the user is not signed in this way. Renews none. */
  async tokens(): Promise<TokenSet | null> {
    return await this.#read();
  }

  /**
   * Renews a token that the site refused, unless another has taken its place in the meantime or it is a fresh one.
   *
   * @returns Whether there is another one to try.
   * @throws {SyncError} As {@linkcode accessToken} does.
   */
  async renew(refused: string): Promise<boolean> {
    const tokens = await this.#read();
    if (!tokens) return false;
    if (tokens.accessToken !== refused) return true;
    if (tokens.refreshToken === null || this.#isFresh(refused)) return false;
    await this.#renew(refused);
    return true;
  }

  #isFresh(token: string): boolean {
    const renewed = this.#renewed;
    return renewed?.accessToken === token && this.#ports.clock.now() - renewed.at < FRESH_MS;
  }

  /** Tokens other than those with the access token `stale`. */
  async #renew(stale: string): Promise<TokenSet> {
    this.#renewing ??= this.#fetch(stale).finally(() => this.#renewing = null);
    return await this.#renewing;
  }

  async #fetch(stale: string): Promise<TokenSet> {
    const { secrets, log } = this.#ports;
    const tokens = await this.#read();
    const client = await readClient(secrets, this.#provider, this.#scheme);
    if (!tokens || tokens.refreshToken === null || !client) {
      throw new SyncError("needsAuth", "The sign-in has run out. Sign in again");
    }
    // Whoever asked last may have been answered between the caller's look and this one.
    if (tokens.accessToken !== stale) return tokens;
    const endpoint = new TokenEndpoint(this.#ports, this.#endpoints, client);
    const fresh = await endpoint.refresh(tokens.refreshToken);
    // Whoever has signed out meanwhile stays signed out.
    if (await this.#read() === null) throw new SyncError("needsAuth", "You have signed out");
    this.#renewed = { accessToken: fresh.accessToken, at: this.#ports.clock.now() };
    this.#unkept = fresh;
    await this.#keep().catch((error) => {
      log.warn("A renewed sign-in could not be kept", { kind: classifyThrown(error).kind });
    });
    this.#ports.onRenewed?.(fresh.expiresAt);
    log.info("Sign-in renewed", { provider: this.#provider });
    return fresh;
  }

  async #keep(): Promise<void> {
    if (!this.#unkept) return;
    await writeTokens(this.#ports.secrets, this.#provider, this.#scheme, this.#unkept);
    this.#unkept = null;
  }

  async #read(): Promise<TokenSet | null> {
    const kept = await readTokens(this.#ports.secrets, this.#provider, this.#scheme);
    if (kept === null || this.#unkept === null) return kept;
    const unkept = this.#unkept;
    await this.#keep().catch(() => {});
    return unkept;
  }
}
