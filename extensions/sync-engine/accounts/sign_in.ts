import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Log, Secrets } from "../platform/ports.ts";
import type { ProviderClient } from "../plugins/provider_client.ts";
import type { Store } from "../store/store.ts";
import type { Account } from "../../../providers/sdk/mod.ts";

/** What signing in and out needs. */
export interface AccountPorts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Stores a credential and proves it by asking the site whose it is. One that the site refuses is not
 * kept; the one before stays then.
 *
 * @param scheme Id of one of the manifest's auth schemes.
 * @throws {SyncError} `badInput` for an unknown scheme, `needsAuth` when the site refuses the credential.
 */
export async function signIn(
  { store, secrets, clock, log }: AccountPorts,
  client: ProviderClient,
  scheme: string,
  secret: string,
  signal?: AbortSignal,
): Promise<Account> {
  const { id, name, auth } = client.manifest;
  if (!auth.schemes.some((one) => one.id === scheme)) {
    const known = auth.schemes.map((one) => `"${one.id}"`).join(", ");
    throw new SyncError("badInput", `${name} has no sign-in "${scheme}", use one of ${known}`);
  }
  const before = await secrets.get(id, scheme);
  await secrets.set(id, scheme, secret);
  try {
    const account = await client.authenticate(signal);
    store.accounts.set({
      provider: id,
      accountId: account.id,
      name: account.name,
      signedInAt: clock.now(),
    });
    log.info("Signed in", { provider: id, account: account.name });
    return account;
  } catch (error) {
    if (before === null) await secrets.delete(id, scheme);
    else await secrets.set(id, scheme, before);
    throw classifyThrown(error);
  }
}

/** Removes all credentials of a provider. What is on disk stays. */
export async function signOut(
  { store, secrets, log }: AccountPorts,
  client: ProviderClient,
): Promise<void> {
  const { id, auth } = client.manifest;
  for (const scheme of auth.schemes) await secrets.delete(id, scheme.id);
  store.accounts.remove(id);
  log.info("Signed out", { provider: id });
}
