import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Log, Secrets } from "../platform/ports.ts";
import type { AuthScheme, Manifest } from "../plugins/manifest.ts";
import type { ProviderClient } from "../plugins/provider_client.ts";
import type { Store } from "../store/store.ts";
import type { Account } from "../../../providers/sdk/mod.ts";
import { type TokenSet, writeTokens } from "./oauth/token_set.ts";

/** What signing in and out needs. */
export interface AccountPorts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Stores a credential that the user has entered and proves it by asking the site whose it is. One that the site refuses
 * is not kept; the one before stays then.
 *
 * @param scheme Id of one of the manifest's auth schemes.
 * @throws {SyncError} `badInput` for an unknown scheme, `needsAuth` when the site refuses the credential.
 */
export async function signIn(
  ports: AccountPorts,
  client: ProviderClient,
  scheme: string,
  secret: string,
  signal?: AbortSignal,
): Promise<Account> {
  const { id, oauth } = schemeOf(client.manifest, scheme);
  if (oauth) throw new SyncError("badInput", `"${scheme}" signs in through the browser`);
  const keep = () => ports.secrets.set(client.manifest.id, id, secret);
  return await prove(ports, client, id, keep, { expiresAt: null, renews: false }, signal);
}

/** Keeps the tokens of a sign-in through the browser, see {@linkcode signIn}. */
export async function signInWithTokens(
  ports: AccountPorts,
  client: ProviderClient,
  scheme: string,
  tokens: TokenSet,
  signal?: AbortSignal,
): Promise<Account> {
  const keep = () => writeTokens(ports.secrets, client.manifest.id, scheme, tokens);
  const { expiresAt } = tokens;
  const lasts = { expiresAt, renews: tokens.refreshToken !== null };
  return await prove(ports, client, scheme, keep, lasts, signal);
}

/**
 * One of a provider's ways to sign in.
 *
 * @throws {SyncError} `badInput` when there is none of that id.
 */
export function schemeOf({ name, auth }: Manifest, scheme: string): AuthScheme {
  const found = auth.schemes.find((one) => one.id === scheme);
  if (found) return found;
  const known = auth.schemes.map((one) => `"${one.id}"`).join(", ");
  throw new SyncError("badInput", `${name} has no sign-in "${scheme}", use one of ${known}`);
}

async function prove(
  { store, secrets, clock, log }: AccountPorts,
  client: ProviderClient,
  scheme: string,
  keep: () => Promise<void>,
  lasts: { readonly expiresAt: number | null; readonly renews: boolean },
  signal: AbortSignal | undefined,
): Promise<Account> {
  const { id: provider } = client.manifest;
  const before = await secrets.get(provider, scheme);
  await keep();
  try {
    const account = await client.authenticate(signal);
    store.transaction(() => {
      const { id: accountId, name } = account;
      store.accounts.set({ provider, accountId, name, signedInAt: clock.now() });
      store.accounts.setSignIn({ provider, scheme, ...lasts });
      const nothingMore = { username: null, scopes: null, until: null };
      store.accounts.setCheck(provider, scheme, { at: clock.now(), ...nothingMore });
    });
    log.info("Signed in", { provider, account: account.name });
    return account;
  } catch (error) {
    if (before === null) await secrets.delete(provider, scheme);
    else await secrets.set(provider, scheme, before);
    throw classifyThrown(error);
  }
}

/** Removes all credentials of a provider. The app that the user has registered and what is on disk stay. */
export async function signOut(
  { store, secrets, log }: AccountPorts,
  client: ProviderClient,
): Promise<void> {
  const { id, auth } = client.manifest;
  for (const scheme of auth.schemes) await secrets.delete(id, scheme.id);
  store.accounts.remove(id);
  log.info("Signed out", { provider: id });
}
