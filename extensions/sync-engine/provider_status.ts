import * as v from "valibot";
import type { Plugin, Registry } from "./plugins/registry.ts";
import type { Clock } from "./platform/ports.ts";
import type { ProviderStatus } from "./protocol.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode providerStatuses} reads. */
export interface ProviderStatusPorts {
  readonly store: Pick<Store, "accounts" | "scans" | "pauses">;
  readonly registry: Pick<Registry, "list" | "get">;
  readonly clock: Pick<Clock, "now">;
}

/** How it stands with each provider that can be used, by id. */
export function providerStatuses(
  { store, registry, clock }: ProviderStatusPorts,
): ProviderStatus[] {
  return registry.list().filter(isLoadable).map(({ id, name, enabled }) => ({
    id,
    name,
    enabled,
    account: store.accounts.get(id)?.name ?? null,
    lastScan: store.scans.lastComplete(id, v.unknown())?.finishedAt ?? null,
    importUrl: registry.get(id).manifest.import?.url ?? null,
    pausedUntil: store.pauses.get(id, "downloads", clock.now())?.until ?? null,
  }));
}

export function isLoadable({ state }: Pick<Plugin, "state">): boolean {
  return state === "built-in";
}
