import * as oauth from "oauth4webapi";
import * as v from "valibot";
import { classifyStatus, classifyThrown } from "../../platform/classify.ts";
import { SyncError } from "../../platform/errors.ts";
import type { Clock, Http } from "../../platform/ports.ts";
import { withTimeout } from "../../platform/with_timeout.ts";
import type { OAuthEndpoints } from "../../plugins/manifest.ts";
import { readText } from "../../plugins/read_text.ts";
import type { OAuthClient, TokenSet } from "./token_set.ts";

/** Milliseconds for one answer of the sign-in server. */
const TIMEOUT_MS = 30_000;

/** Bytes of an answer in which words are looked for. */
const LARGEST_REFUSAL = 65_536;

/** What talking to the sign-in server needs. */
export interface TokenEndpointPorts {
  readonly http: Http;
  readonly clock: Clock;
}

/** A token as the sign-in server knows it (RFC 7662). What it does not say is null. */
export interface Introspection {
  readonly active: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number | null;
  /** Whose it is. MyMiniFactory says it with an e-mail address. */
  readonly username: string | null;
  /** What it opens. */
  readonly scopes: readonly string[] | null;
}

/**
 * The server that hands out tokens (RFC 6749, 3.2), spoken to as the registered app.
 *
 * All methods throw `SyncError`s: `badInput` where the registered app is refused, `needsAuth` where the user has to
 * sign in again, `throttled`, `challenged` and `retryable` as other requests do.
 */
export class TokenEndpoint {
  readonly #ports: TokenEndpointPorts;
  readonly #endpoints: OAuthEndpoints;
  readonly #client: OAuthClient;

  constructor(ports: TokenEndpointPorts, endpoints: OAuthEndpoints, client: OAuthClient) {
    this.#ports = ports;
    this.#endpoints = endpoints;
    this.#client = client;
  }

  /** Changes the code of a sign-in for tokens. Codes are good for one time. */
  async exchange(
    answer: URLSearchParams,
    redirectUri: string,
    verifier: string,
    signal?: AbortSignal,
  ): Promise<TokenSet> {
    return await this.#tokens(signal, async (options) => {
      const request = await oauth.authorizationCodeGrantRequest(
        ...this.#parties(),
        answer,
        redirectUri,
        verifier,
        options,
      );
      return await oauth.processAuthorizationCodeResponse(this.#server(), this.#app(), request);
    });
  }

  /** Fresh tokens. The refresh token that was used is kept where no new one comes with them (RFC 6749, 6). */
  async refresh(refreshToken: string, signal?: AbortSignal): Promise<TokenSet> {
    const tokens = await this.#tokens(signal, async (options) => {
      const parties = this.#parties();
      const request = await oauth.refreshTokenGrantRequest(...parties, refreshToken, options);
      return await oauth.processRefreshTokenResponse(this.#server(), this.#app(), request);
    });
    return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
  }

  /** Whether this server and this app have what {@linkcode introspect} takes: only an app with a secret may ask. */
  get introspects(): boolean {
    return this.#endpoints.introspectUrl !== null && this.#client.secret !== null;
  }

  /** What the server knows of a token. */
  async introspect(
    token: string,
    kind: "access_token" | "refresh_token",
    signal?: AbortSignal,
  ): Promise<Introspection> {
    const answer = await this.#ask(signal, async (options) => {
      const request = await oauth.introspectionRequest(...this.#parties(), token, {
        ...options,
        additionalParameters: { token_type_hint: kind },
      });
      return await oauth.processIntrospectionResponse(this.#server(), this.#app(), request);
    }, (said) => DEAD_TOKEN.test(said) ? { active: false } : null);
    const { active, exp, username, scope } = v.parse(IntrospectionBody, answer);
    return {
      active,
      expiresAt: exp === null ? null : exp * 1000,
      username,
      scopes: scope?.split(/\s+/).filter((one) => one !== "") ?? null,
    };
  }

  async #tokens(
    signal: AbortSignal | undefined,
    work: (options: Options) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<TokenSet> {
    const sentAt = this.#ports.clock.now();
    const { access_token, refresh_token, expires_in } = await this.#ask(signal, work);
    return {
      accessToken: access_token,
      refreshToken: refresh_token ?? null,
      // Counted from before the request: rather renewed a moment early than used a moment late.
      expiresAt: expires_in === undefined ? null : sentAt + expires_in * 1000,
    };
  }

  /** @param refused What a refusal in these words means, null for a failure. */
  async #ask<T>(
    signal: AbortSignal | undefined,
    work: (options: Options) => Promise<T>,
    refused: (said: string) => T | null = () => null,
  ): Promise<T> {
    const { clock } = this.#ports;
    return await withTimeout(clock, TIMEOUT_MS, signal, async (signal) => {
      try {
        return await work({ [oauth.customFetch]: (url, init) => this.#send(url, init, signal) });
      } catch (error) {
        const said = await refusalIn(error);
        const answer = said === null ? null : refused(said);
        if (answer === null) throw toSyncError(error, said);
        return answer;
      }
    });
  }

  /** @throws {SyncError} For what stands before the sign-in server: throttles, bot checks, faults. */
  async #send(
    url: string,
    { method, headers, body }: oauth.CustomFetchOptions<string, URLSearchParams | undefined>,
    signal: AbortSignal,
  ): Promise<Response> {
    const response = await this.#ports.http.send({
      url,
      method: method === "POST" ? "POST" : "GET",
      headers,
      ...(body === undefined ? {} : { body: body.toString() }),
      signal,
    });
    const now = this.#ports.clock.now();
    const failure = classifyStatus(response.status, response.headers, { role: "api", now });
    if (failure && ["throttled", "challenged", "retryable"].includes(failure.kind)) {
      const text = await readText(response, LARGEST_REFUSAL).catch(() => "");
      // go-oauth2-server has no status for some of its refusals and answers 500, in the same words.
      if (DEAD_TOKEN.test(wordsOf(text) ?? "")) {
        return new Response(text, { status: 400, headers: response.headers });
      }
      throw new SyncError(failure, `The sign-in server answered ${response.status}`);
    }
    return new Response(response.body, { status: response.status, headers: response.headers });
  }

  #parties(): [oauth.AuthorizationServer, oauth.Client, oauth.ClientAuth] {
    const { secret } = this.#client;
    const auth = secret === null ? oauth.None() : oauth.ClientSecretBasic(secret);
    return [this.#server(), this.#app(), auth];
  }

  #app(): oauth.Client {
    return { client_id: this.#client.id };
  }

  #server(): oauth.AuthorizationServer {
    const { tokenUrl, introspectUrl } = this.#endpoints;
    return {
      issuer: new URL(tokenUrl).origin,
      token_endpoint: tokenUrl,
      ...(introspectUrl === null ? {} : { introspection_endpoint: introspectUrl }),
    };
  }
}

interface Options {
  readonly [oauth.customFetch]: (
    url: string,
    init: oauth.CustomFetchOptions<string, URLSearchParams | undefined>,
  ) => Promise<Response>;
}

const IntrospectionBody = v.object({
  active: v.boolean(),
  exp: v.fallback(v.nullable(v.number()), null),
  username: v.fallback(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(500))), null),
  scope: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(2000))), null),
});

/** Where RFC 7662, 2.2 has `{"active": false}`, go-oauth2-server refuses to say anything of the token. */
const DEAD_TOKEN = /(access|refresh) token (has )?(expired|not found)/i;

const ErrorBody = v.object({ error: v.string() });

/** What a refusal says, by the words in it. MyMiniFactory writes sentences where RFC 6749, 5.2 has codes. */
const REFUSALS: readonly (readonly [RegExp, "badInput" | "needsAuth", string])[] = [
  [
    /invalid[_ ]client|client id or secret|unauthorized_client/i,
    "badInput",
    "The site does not know this app: its client id and secret do not belong together. Check both and enter them again",
  ],
  [
    /redirect/i,
    "badInput",
    "The site does not know this return address for your app. Register exactly the one that is shown, with its port",
  ],
  [
    /grant type|unsupported_grant_type/i,
    "badInput",
    "Your app may not sign in this way. Register it for the authorization code flow, or enter it without a secret",
  ],
  [
    /scope/i,
    "badInput",
    "The site does not allow your app what it asks for. Check its registration",
  ],
  [
    /code (has )?expired|code not found/i,
    "needsAuth",
    "The sign-in took too long, or its page was used twice. Sign in again",
  ],
  [
    /(access|refresh) token|invalid_grant|invalid_token|access_denied/i,
    "needsAuth",
    "The site has ended this sign-in. Sign in again",
  ],
];

/** @param said The words of the refusal, null when the error is none. */
function toSyncError(error: unknown, said: string | null): SyncError {
  if (said !== null) {
    const known = REFUSALS.find(([words]) => words.test(said));
    if (known) return new SyncError(known[1], known[2], { cause: error });
    return new SyncError("needsAuth", `The sign-in server refused: "${said.slice(0, 200)}"`, {
      cause: error,
    });
  }
  if (error instanceof oauth.OperationProcessingError) {
    const message = "The sign-in server answered something that is no token. Try again later";
    return new SyncError("retryable", message, { cause: error });
  }
  return classifyThrown(error);
}

/** The words of a refusal, null when the error is none. */
async function refusalIn(error: unknown): Promise<string | null> {
  if (error instanceof oauth.ResponseBodyError) return error.error;
  if (error instanceof oauth.AuthorizationResponseError) return error.error;
  if (!(error instanceof oauth.WWWAuthenticateChallengeError)) return null;
  // With a challenge in its headers the body was not read, and that has the words.
  return wordsOf(await error.response.text().catch(() => "")) ?? "invalid_client";
}

/** What an answer gives as its error, null when it gives none. */
function wordsOf(text: string): string | null {
  const body = v.safeParse(v.pipe(v.string(), v.parseJson(), ErrorBody), text);
  return body.success ? body.output.error : null;
}
