import * as v from "valibot";
import type { Plugin, Registry } from "./plugins/registry.ts";
import type { Clock } from "./platform/ports.ts";
import type { ProviderStatus, SitePause } from "./protocol.ts";
import type { Pause } from "./store/pauses.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode providerStatuses} reads. */
export interface ProviderStatusPorts {
  readonly store: Pick<Store, "accounts" | "scans" | "pauses">;
  readonly registry: Pick<Registry, "list" | "get">;
  readonly clock: Pick<Clock, "now">;
  /** Whether windows can be opened on sites. */
  readonly siteWindows?: unknown;
}

/** How it stands with each provider that can be used, by id. */
export function providerStatuses(
  { store, registry, clock, siteWindows }: ProviderStatusPorts,
): ProviderStatus[] {
  return registry.list().filter(isLoadable).map(({ id, name, enabled }) => ({
    id,
    name,
    enabled,
    account: store.accounts.get(id)?.name ?? null,
    lastScan: store.scans.lastComplete(id, v.unknown())?.finishedAt ?? null,
    importUrl: registry.get(id).manifest.import?.url ?? null,
    hasWindow: siteWindows !== undefined && registry.get(id).windowScript !== null,
    pause: pauseOf(store.pauses.list(clock.now()), id),
  }));
}

/** The last of them to end: downloads wait for those of the lists too. */
function pauseOf(pauses: readonly Pause[], provider: string): SitePause | null {
  const [last] = pauses.filter((pause) => pause.provider === provider)
    .toSorted((a, b) => b.until - a.until);
  if (!last) return null;
  return {
    until: last.until,
    reason: last.reason === "challenged" ? "challenged" : "throttled",
  };
}

export function isLoadable({ state }: Pick<Plugin, "state">): boolean {
  return state === "built-in";
}
