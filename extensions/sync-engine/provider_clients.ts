import type { CredentialKeeper } from "./accounts/credentials.ts";
import type { EngineConfig, EnginePorts } from "./engine_config.ts";
import { SyncError } from "./platform/errors.ts";
import { createProviderClient, type ProviderClient } from "./plugins/provider_client.ts";
import type { Plugin, Registry } from "./plugins/registry.ts";
import type { Credentials } from "./plugins/request_headers.ts";
import { isLoadable } from "./provider_status.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode ProviderClients} needs. */
export interface ProviderClientsPorts extends EnginePorts {
  readonly store: Pick<Store, "accounts" | "releases">;
  readonly registry: Pick<Registry, "list" | "get">;
  readonly credentials: CredentialKeeper;
}

/** Starts the providers that somebody has work for. Whoever gets a client closes it. */
export class ProviderClients {
  readonly #ports: ProviderClientsPorts;
  readonly #config: Pick<EngineConfig, "runtime" | "pacing">;

  constructor(ports: ProviderClientsPorts, config: Pick<EngineConfig, "runtime" | "pacing">) {
    this.#ports = ports;
    this.#config = config;
  }

  /**
   * Clients of the providers that {@linkcode chosen} tells.
   *
   * @throws {SyncError} `needsAuth` when there is none.
   */
  start(wanted: readonly string[] | undefined): ProviderClient[] {
    const chosen = this.chosen(wanted);
    if (chosen.length === 0) {
      throw new SyncError("needsAuth", "You are not signed in anywhere: run `mmfsync login mmf`");
    }
    return chosen.map(({ id }) => this.client(id));
  }

  /** The providers that are meant: those that are named, or all that are enabled and signed in to. */
  chosen(wanted: readonly string[] | undefined): Plugin[] {
    const loadable = this.#ports.registry.list().filter(isLoadable);
    const { accounts } = this.#ports.store;
    const unknown = wanted?.find((id) => !loadable.some((plugin) => plugin.id === id));
    if (unknown !== undefined) {
      const known = loadable.map(({ id }) => id).join(", ");
      throw new SyncError("badInput", `There is no provider "${unknown}", known are: ${known}`);
    }
    return loadable.filter(({ id, enabled }) =>
      wanted ? wanted.includes(id) : enabled && accounts.get(id) !== null
    );
  }

  /**
   * @param only Id of the one auth scheme whose credential it is to use. @default all
   * @throws {SyncError} `badInput` when there is no such provider, or it cannot be used.
   */
  client(id: string, only?: string): ProviderClient {
    const { manifest, source } = this.#ports.registry.get(id);
    const { runtime, pacing } = this.#config;
    const all = this.#ports.credentials.of(id);
    const get: Credentials["get"] = (scheme) =>
      only === undefined || scheme.id === only ? all.get(scheme) : Promise.resolve(null);
    return createProviderClient({
      ...this.#ports,
      credentials: { ...all, get },
      namedReleases: () => this.#ports.store.releases.named(id),
      manifest: { ...manifest, rate: pacing ? { downloads: null, ...pacing } : manifest.rate },
      source,
      runtime,
    });
  }
}
