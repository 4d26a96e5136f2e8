import { type Authorization, authorize } from "./accounts/oauth/authorize.ts";
import { redirectUri } from "./accounts/oauth/redirect_receiver.ts";
import { readClient, writeClient } from "./accounts/oauth/token_set.ts";
import { schemeOf, signIn, signInWithTokens, signOut } from "./accounts/sign_in.ts";
import type { ChangeNews } from "./change_news.ts";
import { SyncError } from "./platform/errors.ts";
import type { ListenOnLoopback } from "./platform/loopback_server.ts";
import type { Clock, Http, Log, Secrets } from "./platform/ports.ts";
import type { AuthScheme, OAuthEndpoints } from "./plugins/manifest.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";
import type { Registry } from "./plugins/registry.ts";
import type { AccountRow, AuthSchemeRow, Params, Results } from "./protocol.ts";
import { providerStatuses } from "./provider_status.ts";
import type { SignInChecks } from "./sign_in_checks.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode AccountsDoor} needs. */
export interface AccountsPorts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly http: Http;
  readonly listen: ListenOnLoopback;
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Pick<Registry, "list" | "get">;
  readonly news: Pick<ChangeNews, "status">;
  readonly checks: Pick<SignInChecks, "all" | "one">;
  /** Runs a provider; throws when it is unknown. */
  readonly client: (provider: string) => ProviderClient;
  /** Where the browser comes back to after a sign-in. */
  readonly signInPort: () => number;
  /** Throws when nothing may be changed. */
  readonly requireWriter: () => void;
}

type Account = Results["accounts.login"];

/** A sign-in that is under way, or the last one. */
interface Login {
  readonly provider: string;
  readonly stop: AbortController;
  /** Takes the address that the browser came back to; null before the site was asked, or when there is none. */
  take: Authorization["take"] | null;
  isOver: boolean;
  readonly account: Promise<Account>;
}

/** Signing in and out, and how it stands with each provider. */
export class AccountsDoor {
  readonly #ports: AccountsPorts;
  #login: Login | null = null;

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
      signIns: store.accounts.signIns(status.id).map(({ provider: _, ...row }) => row),
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
  ): Promise<Account> {
    return await this.#start(
      provider,
      (stop) =>
        this.#withClient(
          provider,
          (client) => signIn(this.#ports, client, scheme, secret, stop),
        ),
      signal,
    ).account;
  }

  /** The app that the user has registered for signing in through the browser. */
  async app({ provider, scheme }: Params<"accounts.app">): Promise<Results["accounts.app"]> {
    this.#endpoints(provider, scheme);
    const client = await readClient(this.#ports.secrets, provider, scheme);
    return {
      redirectUri: redirectUri(this.#ports.signInPort()),
      clientId: client?.id ?? null,
      hasSecret: client !== null && client.secret !== null,
    };
  }

  /** Keeps that app, or forgets it. */
  async setApp(
    { provider, scheme, clientId, clientSecret }: Params<"accounts.setApp">,
  ): Promise<Results["accounts.app"]> {
    this.#ports.requireWriter();
    this.#endpoints(provider, scheme);
    const client = clientId === null ? null : { id: clientId, secret: clientSecret };
    await writeClient(this.#ports.secrets, provider, scheme, client);
    return await this.app({ provider, scheme });
  }

  /**
   * Starts a sign-in in the browser. Whoever shows the address to the user then waits for {@linkcode authorized}.
   *
   * @throws {SyncError} `badInput` when no app was entered, or another sign-in or program is in the way.
   */
  async authorize(
    { provider, scheme }: Params<"accounts.authorize">,
  ): Promise<Results["accounts.authorize"]> {
    const endpoints = this.#endpoints(provider, scheme);
    const app = await readClient(this.#ports.secrets, provider, scheme);
    if (!app) {
      throw new SyncError(
        "badInput",
        "Enter the client id of the app that you have registered first",
      );
    }
    const started = Promise.withResolvers<Authorization>();
    const login = this.#start(provider, async (stop) => {
      const port = this.#ports.signInPort();
      const authorization = await authorize(this.#ports, endpoints, app, port, stop)
        .catch((error) => {
          started.reject(error);
          throw error;
        });
      started.resolve(authorization);
      const tokens = await authorization.tokens;
      return await this.#withClient(provider, async (client) => {
        const account = await signInWithTokens(this.#ports, client, scheme, tokens, stop);
        // Only the sign-in server tells for whom and until when. Without its answer the sign-in is as good.
        await this.#ports.checks.one(provider, schemeOf(client.manifest, scheme), stop);
        return account;
      });
    });
    const { url, until, take } = await started.promise;
    login.take = take;
    return { url, until };
  }

  /**
   * Takes the address at which a browser has ended that runs on another computer than this.
   *
   * @throws {SyncError} `badInput` when it does not belong to the sign-in that is under way.
   */
  returned({ address }: Params<"accounts.returned">): null {
    if (this.#login?.isOver === false && this.#login.take?.(new URL(address))) return null;
    throw new SyncError(
      "badInput",
      "This address does not belong to the sign-in that is under way. Copy all of it from the browser's address bar",
    );
  }

  /**
   * The account, once the user is back from the browser.
   *
   * @throws {SyncError} `badInput` when no sign-in is under way; else why it failed.
   */
  async authorized({ provider }: Params<"accounts.authorized">): Promise<Account> {
    if (this.#login?.provider === provider) return await this.#login.account;
    throw new SyncError("badInput", "No sign-in is under way: start it again");
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

  /**
   * Asks the site whether the sign-ins at a provider are still good.
   *
   * @throws {SyncError} `badInput` for an unknown provider, `needsAuth` when it is not signed in to.
   */
  async check({ provider }: Params<"accounts.check">): Promise<Results["accounts.check"]> {
    const checked = await this.#ports.checks.all(provider);
    this.#ports.news.status();
    return checked;
  }

  /** Resolves when no sign-in is under way any more. */
  async close(): Promise<void> {
    this.cancelLogin();
    await this.#login?.account.catch(() => {});
  }

  #start(
    provider: string,
    work: (signal: AbortSignal) => Promise<Account>,
    signal?: AbortSignal,
  ): Login {
    this.#ports.requireWriter();
    if (this.#login?.isOver === false) {
      throw new SyncError("badInput", "Another sign-in is under way: wait for it or cancel it");
    }
    const stop = new AbortController();
    const account = work(AbortSignal.any([stop.signal, ...signal ? [signal] : []]))
      .then(({ id, name }) => ({ id, name }))
      .finally(() => {
        login.isOver = true;
        this.#ports.news.status();
      });
    account.catch(() => {}); // Whoever started it in the browser may never ask for its end.
    const login: Login = this.#login = { provider, stop, account, take: null, isOver: false };
    return login;
  }

  /** @throws {SyncError} `badInput` When this is no way through the browser. */
  #endpoints(provider: string, scheme: string): OAuthEndpoints {
    const { oauth } = schemeOf(this.#ports.registry.get(provider).manifest, scheme);
    if (oauth) return oauth;
    throw new SyncError("badInput", `"${scheme}" does not sign in through the browser`);
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

function toRow({ id, label, steps, url, can, cannot, oauth }: AuthScheme): AuthSchemeRow {
  return { id, kind: oauth ? "browser" : "secret", label, steps, url, can, cannot };
}
