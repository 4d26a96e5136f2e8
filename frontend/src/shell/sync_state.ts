import type { EngineStatus, Events, SitePause } from "../../../extensions/sync-engine/protocol.ts";

/** What the sync does or waits for, the one thing that is said first. */
export type SyncState =
  | {
    readonly kind:
      | "verifying"
      | "moving"
      | "adopting"
      | "rebuilding"
      | "scanning"
      | "looking"
      | "fetching";
  }
  /** Until: milliseconds since the Unix epoch. Reason: a failure kind of the engine. */
  | { readonly kind: "waiting"; readonly until: number; readonly reason: string }
  | { readonly kind: "paused" | "signedOut" | "idle" }
  | { readonly kind: "notHere"; readonly assets: number };

/** What the engine last told. */
export interface SyncFacts {
  readonly status: EngineStatus;
  readonly phase: "scanning" | "looking" | null;
  readonly running: number;
  readonly waiting: Events["waiting"] | null;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** Boils down to one state what the engine tells. */
export function syncState({ status, phase, running, waiting, now }: SyncFacts): SyncState {
  if (status.busy === "verify") return { kind: "verifying" };
  if (status.busy === "move") return { kind: "moving" };
  if (status.busy === "adopt") return { kind: "adopting" };
  if (status.busy === "rebuild") return { kind: "rebuilding" };
  if (status.busy === "import") return { kind: "scanning" };
  if (status.busy === "sync") {
    if (running > 0) return { kind: "fetching" };
    // A turn comes within seconds: that is how it goes on, not that it stands still.
    if (waiting && waiting.until > now && waiting.reason !== "paced") {
      return { kind: "waiting", until: waiting.until, reason: waiting.reason };
    }
    if (phase) return { kind: phase };
    if (status.paused) return { kind: "paused" };
    // What was told before this page was opened.
    const pause = waiting ? null : pauseOf(status, now);
    return pause ? { kind: "waiting", ...pause } : { kind: "fetching" };
  }
  const { queued, paused } = status.queue;
  if (status.paused && queued + paused > 0) return { kind: "paused" };
  if (status.providers.every(({ account }) => account === null)) return { kind: "signedOut" };
  const { assets } = status.library.wantedNotHere;
  return assets > 0 ? { kind: "notHere", assets } : { kind: "idle" };
}

function pauseOf({ providers }: EngineStatus, now: number): SitePause | null {
  return providers.find(({ pause }) => pause && pause.until > now)?.pause ?? null;
}
