import * as oauth from "oauth4webapi";
import * as v from "valibot";
import { SyncError } from "../../platform/errors.ts";
import type { Clock, Http } from "../../platform/ports.ts";
import type { ListenOnLoopback } from "../../platform/loopback_server.ts";
import type { OAuthEndpoints } from "../../plugins/manifest.ts";
import { receiveRedirect, redirectUri, requireConsent } from "./redirect_receiver.ts";
import { TokenEndpoint } from "./token_endpoint.ts";
import type { OAuthClient, TokenSet } from "./token_set.ts";

/** Milliseconds that the user has for signing in on the site. */
export const SIGN_IN_MS = 10 * 60_000;

/** Milliseconds that a browser has for fetching the page that tells how it ended. */
const RESULT_PAGE_MS = 2000;

/** What a sign-in through the browser needs. */
export interface AuthorizePorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly listen: ListenOnLoopback;
}

/** A sign-in that waits for the user. */
export interface Authorization {
  /** Where the user signs in. */
  readonly url: string;
  /** Milliseconds since the Unix epoch when it is given up. */
  readonly until: number;
  /** Settles when the browser has come back, the signal aborts, or the time is over. */
  readonly tokens: Promise<TokenSet>;
  /** Takes the address that a browser on another computer came back to. Returns whether it belongs to this sign-in. */
  take(address: URL): boolean;
}

/**
 * Starts a sign-in in the system's browser (RFC 8252): an app with a secret gets a code and changes it for tokens, with
 * PKCE; one without gets an access token at once.
 *
 * @param port Where the browser comes back to, 1 to 65535; part of the address that the user has registered.
 * @throws {SyncError} `badInput` when the port is taken. The promise of the tokens rejects with `needsAuth` when the
 * site or the user refuses or nobody comes back in time, `cancelled`, or as the {@linkcode TokenEndpoint} does.
 */
export async function authorize(
  ports: AuthorizePorts,
  endpoints: OAuthEndpoints,
  client: OAuthClient,
  port: number,
  signal: AbortSignal,
): Promise<Authorization> {
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const receiver = await receiveRedirect(ports.listen, port, state);
  const tokens = answered().finally(() => receiver.close());
  tokens.catch(() => {}); // Whoever asked for the address looks at it later.
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  return {
    url: address(challenge),
    until: ports.clock.now() + SIGN_IN_MS,
    tokens,
    take: (back) => receiver.take(back),
  };

  function address(challenge: string): string {
    const url = new URL(endpoints.authorizeUrl);
    const implicit = client.secret === null;
    const asked = {
      client_id: client.id,
      redirect_uri: redirectUri(port),
      response_type: implicit ? "token" : "code",
      state,
      ...(endpoints.scopes.length === 0 ? {} : { scope: endpoints.scopes.join(" ") }),
      ...(implicit ? {} : { code_challenge: challenge, code_challenge_method: "S256" }),
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    return url.href;
  }

  async function answered(): Promise<TokenSet> {
    const answer = await answerInTime();
    try {
      return await tokensFor(answer);
    } finally {
      const seen = new AbortController();
      const waited = ports.clock.sleep(RESULT_PAGE_MS, seen.signal).catch(() => {});
      await Promise.race([receiver.shown, waited]);
      seen.abort();
    }
  }

  async function tokensFor(answer: URLSearchParams): Promise<TokenSet> {
    requireConsent(answer);
    if (client.secret === null) return implicitTokens(answer, ports.clock.now());
    const server = { issuer: new URL(endpoints.tokenUrl).origin };
    const checked = oauth.validateAuthResponse(server, { client_id: client.id }, answer, state);
    const endpoint = new TokenEndpoint(ports, endpoints, client);
    return await endpoint.exchange(checked, redirectUri(port), verifier, signal);
  }

  async function answerInTime(): Promise<URLSearchParams> {
    const done = new AbortController();
    try {
      const over = ports.clock.sleep(SIGN_IN_MS, AbortSignal.any([signal, done.signal]));
      const answer = await Promise.race([receiver.answer, over]);
      if (answer) return answer;
    } catch (cause) {
      throw new SyncError("cancelled", "The sign-in was cancelled", { cause });
    } finally {
      done.abort();
    }
    throw new SyncError(
      "needsAuth",
      "Nobody signed in within ten minutes. Start the sign-in again",
    );
  }
}

/** What comes behind the `#` (RFC 6749, 4.2.2). */
const Fragment = v.object({
  access_token: v.pipe(v.string(), v.minLength(1), v.maxLength(8192)),
  expires_in: v.optional(v.pipe(v.string(), v.digits(), v.toNumber())),
});

function implicitTokens(answer: URLSearchParams, now: number): TokenSet {
  const parsed = v.safeParse(Fragment, Object.fromEntries(answer));
  if (!parsed.success) {
    throw new SyncError("needsAuth", "The site answered without a token. Start the sign-in again");
  }
  const { access_token, expires_in } = parsed.output;
  return {
    accessToken: access_token,
    refreshToken: null,
    expiresAt: expires_in === undefined ? null : now + expires_in * 1000,
  };
}
