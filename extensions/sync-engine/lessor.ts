import { BadAnswer } from "./downloads/bad_answer.ts";
import type { Connection } from "./downloads/connection.ts";
import type { Lessor } from "./downloads/fetch_job.ts";
import { HostBreaker, type Rest } from "./downloads/host_breaker.ts";
import type { Mint, Mints } from "./downloads/mints.ts";
import type { Throttling } from "./downloads/mint_pace.ts";
import { NotNow } from "./downloads/not_now.ts";
import { MOST_REFUSALS } from "./downloads/refusals.ts";
import { createSharedWork } from "./library/shared_work.ts";
import { classifyThrown } from "./platform/classify.ts";
import { type Failure, type FailureKind, SyncError } from "./platform/errors.ts";
import type { Clock } from "./platform/ports.ts";
import { allowsHost } from "./plugins/manifest.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";
import type { DueJob } from "./store/jobs.ts";
import type { Store } from "./store/store.ts";

/** After failures of these kinds the address is as good as before. */
const KEEPS_ADDRESS: ReadonlySet<FailureKind> = new Set<FailureKind>([
  "retryable",
  "throttled",
  "challenged",
  "cancelled",
  "diskFull",
]);

/** An address that ends sooner is not used any more. */
const SAFETY_MS = 30_000;

/** After a silence, others have this long to show whether the site throttles or refuses a single file. */
const OTHERS_FIRST_MS = 2 * 60_000;

/** What {@linkcode lessorOf} needs. */
export interface LessorPorts {
  readonly store: Pick<Store, "pauses">;
  readonly clock: Clock;
  readonly mints: Mints;
  /** Whether there is a network. @default it is never looked at */
  readonly connection?: Connection;
}

/** What gives the addresses of one provider. */
export type AddressSource = Pick<ProviderClient, "manifest" | "downloadUrl">;

interface Kept {
  readonly url: string;
  readonly host: string;
  /** Milliseconds since the Unix epoch, null when not known. */
  readonly expiresAt: number | null;
  /** Whether it can still be used; its host is of interest even then. */
  isSpent: boolean;
}

interface Provider {
  readonly client: AddressSource;
  readonly mint: Mint;
  readonly breaker: HostBreaker;
}

/**
 * Leases download addresses from the providers of a run, by id: within each one's budget, never inside a silence, and
 * none anew as long as the last one for the same file may still do.
 */
export function lessorOf(
  { store, clock, mints, connection }: LessorPorts,
  clients: ReadonlyMap<string, AddressSource>,
): Lessor {
  const providers = new Map([...clients].map(([id, client]): [string, Provider] => {
    const mint = mints.of(id, client.manifest.rate.downloads);
    return [id, { client, mint, breaker: new HostBreaker(clock) }];
  }));
  const kept = new Map<string, Kept>();
  /** Files that have taken their turn and not asked yet. */
  const admitted = new Set<string>();
  /** Files that are being transferred. */
  const transferring = new Set<string>();
  const flights = createSharedWork<Kept>();

  function providerOf({ provider }: DueJob): Provider {
    const known = providers.get(provider);
    if (!known) throw new SyncError("bug", `A job of "${provider}" runs without its provider`);
    return known;
  }

  function usable({ fileId }: DueJob): Kept | null {
    const lease = kept.get(fileId);
    if (!lease || lease.isSpent) return null;
    return (lease.expiresAt ?? Infinity) > clock.now() + SAFETY_MS ? lease : null;
  }

  /** Pictures have public addresses on many sites: nothing is asked for. */
  function costs({ file }: DueJob, { client }: Provider): boolean {
    return file.kind !== "image" || (client.manifest.rate.downloads?.countsImages ?? false);
  }

  async function mintFor(job: DueJob, signal: AbortSignal): Promise<Kept> {
    const provider = providerOf(job);
    const { client, mint: { pace, refusals } } = provider;
    const isCounted = costs(job, provider);
    if (isCounted && !admitted.delete(job.fileId)) await takeTurn(provider, signal);
    let wasAsked = false;
    try {
      if (isCounted) requireNoSilence(job.provider);
      wasAsked = true;
      const id = job.fileId.slice(job.asset.id.length + 1);
      const lease = await client.downloadUrl({ id, ref: job.file.ref }, signal);
      const { url, expiresAt } = lease;
      const { host } = new URL(url);
      if (isCounted) {
        pace.succeeded();
        refusals.granted(job.fileId);
      }
      return { url, host, expiresAt, isSpent: false };
    } catch (error) {
      const failed = classifyThrown(error);
      const { failure } = failed;
      if (isCounted && wasAsked && isThrottling(failure)) {
        throw refusalOf(job, failed, failure, provider);
      }
      if (isCounted) pace.giveBack(wasAsked && !connection?.isOffline);
      // What a provider must not do concerns this file; `permission` is what the disk says about all.
      throw failed.kind === "permission"
        ? new SyncError("bug", failed.message, { cause: error })
        : failed;
    }
  }

  async function takeTurn({ mint }: Provider, signal: AbortSignal): Promise<void> {
    for (let wait = mint.pace.take(); wait > 0; wait = mint.pace.take()) {
      await clock.sleep(wait, signal);
    }
  }

  /** A question inside a silence makes it longer. */
  function requireNoSilence(provider: string): void {
    const now = clock.now();
    for (const scope of ["downloads", "api"] as const) {
      const pause = store.pauses.get(provider, scope, now);
      if (!pause) continue;
      const kind = pause.reason === "challenged" ? "challenged" : "throttled";
      const silent = new SyncError({ kind, after: pause.until - now }, "The site asks for silence");
      throw new NotNow(silent, { until: pause.until });
    }
  }

  function refusalOf(
    job: DueJob,
    failed: SyncError,
    failure: Throttling,
    { client, mint: { pace, refusals } }: Provider,
  ): SyncError {
    // A check for robots is never about a single file.
    const { times, isSuspect } = failure.kind === "throttled"
      ? refusals.refused(job.fileId)
      : { times: 1, isSuspect: false };
    const silence = pace.refused(failure, isSuspect);
    const isLast = times >= MOST_REFUSALS;
    if (isLast && isSuspect) {
      const message = `${client.manifest.name} gives other files, but not this one`;
      return new SyncError("refused", message, { cause: failed });
    }
    const told = new SyncError({ kind: failure.kind, after: silence }, failed.message);
    // Nobody else was there to prove anything: the next sync tries again.
    if (isLast) return new NotNow(told, { until: null });
    const until = clock.now() + silence + (failure.kind === "throttled" ? OTHERS_FIRST_MS : 0);
    return new NotNow(told, { until, isLast: isSuspect });
  }

  function requireHost(job: DueJob, { breaker }: Provider, host: string): void {
    const wait = breaker.waitFor(host, job.fileId);
    if (wait === 0) return;
    const down = new SyncError("retryable", `${host} does not answer just now`);
    throw new NotNow(down, { until: wait === Infinity ? null : clock.now() + wait });
  }

  function leave(job: DueJob, outcome: "worked" | "broke" | "unknown"): Rest | null {
    if (admitted.delete(job.fileId)) providerOf(job).mint.pace.giveBack(false);
    const lease = kept.get(job.fileId);
    if (!lease || !transferring.delete(job.fileId)) return null;
    return providerOf(job).breaker.left(lease.host, job.fileId, outcome);
  }

  return {
    admit(job) {
      const provider = providerOf(job);
      const lease = kept.get(job.fileId);
      const crowded = lease ? 0 : provider.breaker.crowded();
      if (crowded > 0) return { ms: crowded, reason: "retryable" };
      if (!costs(job, provider) || usable(job)) return null;
      const ms = provider.mint.pace.take();
      if (ms > 0) return { ms, reason: "paced" };
      admitted.add(job.fileId);
      return null;
    },
    async lease(job, signal) {
      const provider = providerOf(job);
      const before = kept.get(job.fileId);
      if (before && transferring.has(job.fileId)) before.isSpent = true;
      // Where it goes is known: no address is asked for while nobody is there.
      if (before) requireHost(job, provider, before.host);
      const lease = usable(job) ??
        await flights.run(job.fileId, (shared) => mintFor(job, shared), signal);
      kept.set(job.fileId, lease);
      requireHost(job, provider, lease.host);
      provider.breaker.enter(lease.host, job.fileId);
      transferring.add(job.fileId);
      return lease.url;
    },
    succeeded(job) {
      leave(job, "worked");
      kept.delete(job.fileId);
    },
    failed(job, error, arrived) {
      const lease = kept.get(job.fileId);
      const isGood = KEEPS_ADDRESS.has(error.kind) && !(error instanceof BadAnswer);
      if (lease && !isGood) lease.isSpent = true;
      if (connection?.isOffline && error.kind === "retryable") {
        leave(job, "unknown");
        return new NotNow(error, { until: clock.now() });
      }
      const rest = leave(job, outcomeOf(error, arrived));
      if (!rest || rest.ms === 0) return error;
      if (!rest.counts) return new NotNow(error, { until: clock.now() + rest.ms });
      // Another one is to try first whether the host is back, or a single file would lose all its tries to that.
      return new SyncError({ kind: "retryable", after: rest.ms + OTHERS_FIRST_MS }, error.message);
    },
    allowsUrl: (job, url) => allowsHost(providerOf(job).client.manifest, url),
  };
}

function outcomeOf(error: SyncError, arrived: boolean): "worked" | "broke" | "unknown" {
  if (arrived || error instanceof BadAnswer) return "worked";
  if (error.kind === "needsNewLease" || error.kind === "integrity") return "worked";
  return error.kind === "retryable" ? "broke" : "unknown";
}

function isThrottling(failure: Failure): failure is Throttling {
  return failure.kind === "throttled" || failure.kind === "challenged";
}
