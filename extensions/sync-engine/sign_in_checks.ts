import { type CheckPorts, checkSignIn } from "./accounts/check_sign_in.ts";
import { toFrameError } from "./frame_error.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Log } from "./platform/ports.ts";
import type { AuthScheme } from "./plugins/manifest.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";
import type { Registry } from "./plugins/registry.ts";
import type { CheckedSignIn } from "./protocol.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode SignInChecks} needs. */
export interface SignInChecksPorts extends Omit<CheckPorts, "askSite"> {
  readonly store: Pick<Store, "accounts" | "transaction">;
  readonly registry: Pick<Registry, "get">;
  readonly log: Log;
  /** Runs a provider with one of its sign-ins alone. */
  readonly clientWith: (provider: string, scheme: string) => ProviderClient;
  /** Whether what is found may be written down. */
  readonly notes: boolean;
}

const MISSING = "You have not signed in this way";

/** Asks the sites whether the user's sign-ins are still good, and writes down what they say. */
export class SignInChecks {
  readonly #ports: SignInChecksPorts;

  constructor(ports: SignInChecksPorts) {
    this.#ports = ports;
  }

  /**
   * Checks each way in which a provider is signed in to, one request for each.
   *
   * @throws {SyncError} `badInput` for an unknown provider, `needsAuth` when it is not signed in to.
   */
  async all(provider: string, signal?: AbortSignal): Promise<readonly CheckedSignIn[]> {
    const checked: CheckedSignIn[] = [];
    for (const scheme of await this.#schemes(provider)) {
      checked.push(await this.one(provider, scheme, signal));
    }
    if (checked.length === 0) throw new SyncError("needsAuth", MISSING);
    return checked;
  }

  /** Checks one of them. Whatever keeps the site from answering makes it `unknown`. */
  async one(provider: string, scheme: AuthScheme, signal?: AbortSignal): Promise<CheckedSignIn> {
    const { store: { accounts, transaction }, clientWith, notes, log } = this.#ports;
    const askSite = async () => {
      const client = clientWith(provider, scheme.id);
      await client.authenticate(signal).finally(() => client.close());
    };
    try {
      const check = await checkSignIn({ ...this.#ports, askSite }, provider, scheme, signal);
      if (notes) {
        transaction(() => {
          if (check) accounts.setCheck(provider, scheme.id, check);
          else accounts.endSignIn(provider, scheme.id);
        });
      }
      log.info("Sign-in checked", { provider, scheme: scheme.id, good: check !== null });
      return { scheme: scheme.id, outcome: check ? "good" : "ended", check, problem: null };
    } catch (error) {
      const failure = classifyThrown(error);
      log.warn("A sign-in could not be checked", { provider, kind: failure.kind });
      const problem = toFrameError(failure);
      return { scheme: scheme.id, outcome: "unknown", check: null, problem };
    }
  }

  /** Those that are known, and those of which only the credential is here. */
  async #schemes(provider: string): Promise<AuthScheme[]> {
    const { registry, store, secrets } = this.#ports;
    const { schemes } = registry.get(provider).manifest.auth;
    if (store.accounts.get(provider) === null) return [];
    const known = new Set(store.accounts.signIns(provider).map(({ scheme }) => scheme));
    const here = await Promise.all(schemes.map(({ id }) => secrets.get(provider, id)));
    return schemes.filter(({ id }, i) => known.has(id) || here[i] !== null);
  }
}
