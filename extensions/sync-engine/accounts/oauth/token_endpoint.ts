import * as oauth from "oauth4webapi";
import * as v from "valibot";
import { classifyStatus, classifyThrown } from "../../platform/classify.ts";
import { SyncError } from "../../platform/errors.ts";
import type { Clock, Http } from "../../platform/ports.ts";
import { withTimeout } from "../../platform/with_timeout.ts";
import type { OAuthEndpoints } from "../../plugins/manifest.ts";
import type { OAuthClient, TokenSet } from "./token_set.ts";

/** Milliseconds for one answer of the sign-in server. */
const TIMEOUT_MS = 30_000;

/** What talking to the sign-in server needs. */
export interface TokenEndpointPorts {
  readonly http: Http;
  readonly clock: Clock;
}

/** A token as the sign-in server knows it (RFC 7662). */
export interface Introspection {
  readonly active: boolean;
  /** Milliseconds since the Unix epoch, null when it does not say. */
  readonly expiresAt: number | null;
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

  /** What the server knows of an access token; null where it has no such service. */
  async introspect(accessToken: string, signal?: AbortSignal): Promise<Introspection | null> {
    if (this.#endpoints.introspectUrl === null) return null;
    const { active, exp } = await this.#ask(signal, async (options) => {
      const request = await oauth.introspectionRequest(...this.#parties(), accessToken, {
        ...options,
        additionalParameters: { token_type_hint: "access_token" },
      });
      return await oauth.processIntrospectionResponse(this.#server(), this.#app(), request);
    });
    return { active, expiresAt: exp === undefined ? null : exp * 1000 };
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

  async #ask<T>(
    signal: AbortSignal | undefined,
    work: (options: Options) => Promise<T>,
  ): Promise<T> {
    const { clock } = this.#ports;
    return await withTimeout(clock, TIMEOUT_MS, signal, async (signal) => {
      try {
        return await work({ [oauth.customFetch]: (url, init) => this.#send(url, init, signal) });
      } catch (error) {
        throw await toSyncError(error);
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
      await response.body?.cancel().catch(() => {});
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

const ErrorBody = v.object({ error: v.string(), error_description: v.optional(v.string()) });

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
    /refresh token|invalid_grant|invalid_token|access_denied/i,
    "needsAuth",
    "The site has ended this sign-in. Sign in again",
  ],
];

async function toSyncError(error: unknown): Promise<SyncError> {
  const said = await refusalIn(error);
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
  const body = v.safeParse(
    v.pipe(v.string(), v.parseJson(), ErrorBody),
    await error.response.text().catch(() => ""),
  );
  return body.success ? body.output.error : "invalid_client";
}
