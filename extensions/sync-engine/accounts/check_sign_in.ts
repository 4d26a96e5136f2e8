import { SyncError } from "../platform/errors.ts";
import type { Clock, Http, Secrets } from "../platform/ports.ts";
import type { AuthScheme } from "../plugins/manifest.ts";
import type { SignInCheck } from "../store/accounts.ts";
import { type Introspection, TokenEndpoint } from "./oauth/token_endpoint.ts";
import { readClient, type TokenSet } from "./oauth/token_set.ts";

/** What {@linkcode checkSignIn} needs. */
export interface CheckPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, "get">;
  /** The tokens of a sign-in through the browser as they are now. */
  readonly tokens: (provider: string, scheme: AuthScheme) => Promise<TokenSet | null>;
  /** Has the site say whose account this sign-in alone opens; throws `needsAuth` when it opens none. */
  readonly askSite: (provider: string, scheme: string, signal?: AbortSignal) => Promise<unknown>;
}

/**
 * Asks whether a sign-in is still good. Renews nothing and changes nothing.
 *
 * One through the browser is looked up at the sign-in server (RFC 7662), which also tells for whom and until when; what
 * is asked for is the refresh token, as the sign-in stands and falls with it. The server answers apps with a secret
 * only. All others are tried on the site itself, which tells no more than that it takes them.
 *
 * @returns Null when it has ended.
 * @throws {SyncError} What keeps the site or the sign-in server from answering.
 */
export async function checkSignIn(
  ports: CheckPorts,
  provider: string,
  scheme: AuthScheme,
  signal?: AbortSignal,
): Promise<SignInCheck | null> {
  const at = ports.clock.now();
  const endpoint = await endpointOf(ports, provider, scheme);
  if (endpoint?.introspects) {
    const known = await introspect(endpoint, () => ports.tokens(provider, scheme), signal);
    if (!known?.active) return null;
    return { at, username: known.username, scopes: known.scopes, until: known.expiresAt };
  }
  if (await ports.secrets.get(provider, scheme.id) === null) return null;
  try {
    await ports.askSite(provider, scheme.id, signal);
  } catch (error) {
    if (error instanceof SyncError && error.kind === "needsAuth") return null;
    throw error;
  }
  return { at, username: null, scopes: null, until: null };
}

async function endpointOf(
  ports: CheckPorts,
  provider: string,
  { id, oauth }: AuthScheme,
): Promise<TokenEndpoint | null> {
  if (oauth === null) return null;
  const client = await readClient(ports.secrets, provider, id);
  return client && new TokenEndpoint(ports, oauth, client);
}

/** Null when there is nothing to ask for. */
async function introspect(
  endpoint: TokenEndpoint,
  tokens: () => Promise<TokenSet | null>,
  signal: AbortSignal | undefined,
): Promise<Introspection | null> {
  const asked = await tokens();
  if (asked === null) return null;
  const known = await ask(asked);
  if (known.active) return known;
  // A renewal may have put another in its place while the server was asked.
  const now = await tokens();
  return now === null || tokenOf(now) === tokenOf(asked) ? known : await ask(now);

  async function ask(set: TokenSet): Promise<Introspection> {
    const kind = set.refreshToken === null ? "access_token" : "refresh_token";
    return await endpoint.introspect(tokenOf(set), kind, signal);
  }
}

function tokenOf({ refreshToken, accessToken }: TokenSet): string {
  return refreshToken ?? accessToken;
}
