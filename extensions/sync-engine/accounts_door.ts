import { signIn, signOut } from "./accounts/sign_in.ts";
import type { ChangeNews } from "./change_news.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Log, Secrets } from "./platform/ports.ts";
import type { AuthScheme } from "./plugins/manifest.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";
import type { Registry } from "./plugins/registry.ts";
import type { AccountRow, AuthSchemeRow, Params, Results } from "./protocol.ts";
import { providerStatuses } from "./provider_status.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode AccountsDoor} needs. */
export interface AccountsPorts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Pick<Registry, "list" | "get">;
  readonly news: Pick<ChangeNews, "status">;
  /** Runs a provider; throws when it is unknown. */
  readonly client: (provider: string) => ProviderClient;
  /** Throws when nothing may be changed. */
  readonly requireWriter: () => void;
}

/** Signing in and out, and how it stands with each provider. */
export class AccountsDoor {
  readonly #ports: AccountsPorts;
  #login: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
  }

  /** All providers that one can sign in to, signed in or not. */
  list(): readonly AccountRow[] {
    const { registry, store } = this.#ports;
    return providerStatuses(this.#ports).map((status) => ({
      ...status,
      signedInAt: store.accounts.get(status.id)?.signedInAt ?? null,
      schemes: registry.get(status.id).manifest.auth.schemes.map(toRow),
    }));
  }

  /**
   * Keeps a credential that the site accepts. One at a time.
   *
   * @throws {SyncError} `needsAuth` when the site refuses it, `badInput` for an unknown provider or scheme,
   * `cancelled` by the signal or {@linkcode cancelLogin}.
   */
  async login(
    { provider, scheme, secret }: Params<"accounts.login">,
    signal?: AbortSignal,
  ): Promise<Results["accounts.login"]> {
    const { news } = this.#ports;
    this.#ports.requireWriter();
    if (this.#login) {
      throw new SyncError("badInput", "Another sign-in is under way: wait for it or cancel it");
    }
    const stop = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#login = { stop, ended };
    try {
      const either = AbortSignal.any([stop.signal, ...signal ? [signal] : []]);
      const { id, name } = await this.#withClient(
        provider,
        (client) => signIn(this.#ports, client, scheme, secret, either),
      );
      return { id, name };
    } finally {
      this.#login = null;
      end();
      news.status();
    }
  }

  /** Gives up the sign-in that is under way, if there is one; the credential before stays. */
  cancelLogin(): null {
    this.#login?.stop.abort(new SyncError("cancelled", "The sign-in was cancelled"));
    return null;
  }

  /** Forgets all credentials of a provider. What is on disk stays. */
  async logout({ provider }: Params<"accounts.logout">): Promise<null> {
    const { news } = this.#ports;
    this.#ports.requireWriter();
    await this.#withClient(provider, (client) => signOut(this.#ports, client));
    news.status();
    return null;
  }

  /** Resolves when no sign-in is under way any more. */
  async close(): Promise<void> {
    this.cancelLogin();
    await this.#login?.ended;
  }

  async #withClient<T>(provider: string, work: (client: ProviderClient) => Promise<T>): Promise<T> {
    const client = this.#ports.client(provider);
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }
}

function toRow({ id, label, steps, url, can, cannot }: AuthScheme): AuthSchemeRow {
  return { id, label, steps, url, can, cannot };
}
