import { classifyThrown } from "../platform/classify.ts";
import { type FailureKind, SyncError } from "../platform/errors.ts";
import type { Clock, Log } from "../platform/ports.ts";
import { createLayout } from "../files/layout.ts";
import { pathKey } from "../files/fold_path.ts";
import type { ProviderClient } from "../plugins/provider_client.ts";
import type { Asset } from "../store/asset.ts";
import type { Denial } from "../store/denials.ts";
import type { Store } from "../store/store.ts";
import type { AssetDetail } from "../../../providers/sdk/mod.ts";

/** Assets whose files are asked for at once; the provider's pacing sets the real speed. */
const DETAILS_AT_ONCE = 4;

/**
 * So many refusals in a row say something about the site, and nothing about the models. People do own dozens of models
 * next to each other that are locked: a tribe's, after they left it.
 */
const MAX_REFUSALS = 200;

/** What a site does not open is asked for again after this time, in milliseconds: it tells nobody when it opens it. */
const ASK_AGAIN_AFTER_MS = 7 * 24 * 3_600_000;

/** Failures that every further asset would meet too. */
const STOPPING: ReadonlySet<FailureKind> = new Set<FailureKind>([
  "needsAuth",
  "throttled",
  "challenged",
  "cancelled",
  "diskFull",
]);

/** What {@linkcode plan} needs. */
export interface PlanPorts {
  readonly store: Store;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** Options for {@linkcode plan}. */
export interface PlanOptions {
  /** Ask for the files of every wanted asset, changed or not. @default {false} */
  readonly full?: boolean;
  /** Files that are not to be queued. @default none */
  readonly skips?: (fileId: string) => boolean;
  /** Called whenever there are new jobs, and after each asset. */
  readonly onAsset?: (progress: PlanTally) => void;
  readonly signal?: AbortSignal;
}

/** What became of the assets that were looked at. */
export interface PlanTally {
  /** Assets whose files were asked for. */
  looked: number;
  /** Of those, how many are owned but not open to this account. */
  locked: number;
  /** Of those, how many are no longer there. */
  gone: number;
  /** Of those, how many could not be read this time; they are looked at again next time. */
  failed: number;
  /** Files that could not be understood. */
  quarantined: number;
  /** Jobs added to the queue. */
  enqueued: number;
}

/**
 * Turns what the provider owns into jobs: asks for the files of new and changed wanted assets, gives
 * each file its path, and enqueues what is new or changed and not removed by the user.
 *
 * @throws {SyncError} What every further asset would meet too: `needsAuth`, `throttled`, `challenged`, `cancelled`,
 * `diskFull`, or `retryable` when the site refuses one asset after the other.
 */
export async function plan(
  { store, clock, log }: PlanPorts,
  client: ProviderClient,
  { full = false, skips = () => false, onAsset, signal }: PlanOptions = {},
): Promise<PlanTally> {
  const provider = client.manifest.id;
  const tally: PlanTally = {
    looked: 0,
    locked: 0,
    gone: 0,
    failed: 0,
    quarantined: 0,
    enqueued: 0,
  };
  enqueue({ provider });
  const signedInAt = store.accounts.get(provider)?.signedInAt ?? 0;
  store.denials.askAgain(provider, Math.max(signedInAt, clock.now() - ASK_AGAIN_AFTER_MS));
  const refused: { readonly asset: Asset; readonly denial: Denial }[] = [];
  const waiting = store.assets.needingDetail(provider, { all: full })[Symbol.iterator]();
  const workers = await Promise.allSettled(Array.from({ length: DETAILS_AT_ONCE }, work));
  for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  believeRefusals();
  return tally;

  function enqueue(which: { provider: string } | { assetId: string }): void {
    const fileIds = store.files.toFetch(which).filter((id) => !skips(id));
    tally.enqueued += store.jobs.enqueueMany(fileIds);
  }

  async function work(): Promise<void> {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      try {
        await lookAt(next.value);
      } catch (error) {
        // What stops one stops all: nothing is asked for any more.
        waiting.return(undefined);
        throw error;
      }
      onAsset?.(tally);
    }
  }

  async function lookAt(asset: Asset): Promise<void> {
    signal?.throwIfAborted();
    tally.looked++;
    try {
      const id = asset.id.slice(provider.length + 1);
      const detail = await client.fileMeta({ id, ref: asset.ref }, signal);
      store.transaction(() => {
        believeRefusals();
        save(asset, detail);
        enqueue({ assetId: asset.id });
      });
    } catch (error) {
      const failure = classifyThrown(error);
      if (STOPPING.has(failure.kind)) throw failure;
      if (failure.kind === "locked" || failure.kind === "gone") {
        const { kind, message } = failure;
        const denial = { kind, message, at: clock.now() };
        // Nothing new, and so no sign of a site that refuses everything.
        if (asset.availability === "locked") return void deny(asset, denial);
        refused.push({ asset, denial });
        if (refused.length < MAX_REFUSALS) return;
        throw new SyncError(
          "retryable",
          "The site does not open any model to this account just now",
        );
      }
      log.warn("The files of a model could not be read", { asset: asset.id, kind: failure.kind });
      tally.failed++;
    }
  }

  /** Marks what was refused, once another asset has shown that the site refuses not everything. */
  function believeRefusals(): void {
    for (const { asset, denial } of refused.splice(0)) deny(asset, denial);
  }

  /** Asked again when the site changes it, after a new sign-in and now and then, not at every sync. */
  function deny(asset: Asset, denial: Denial): void {
    store.transaction(() => {
      store.assets.setDetail(asset.id, { ...asset, availability: "locked" });
      store.denials.set(asset.id, denial);
    });
    tally[denial.kind]++;
  }

  function save(asset: Asset, detail: AssetDetail): void {
    const { description, license, availability } = detail;
    const layout = createLayout({ taken: (key) => store.pathTaken(key) });
    const folder = asset.folder ??
      layout.assetFolder({
        provider: client.manifest.name,
        creator: asset.creator,
        title: asset.title,
        id: asset.id.slice(provider.length + 1),
      });
    if (asset.folder === null) store.assets.setFolder(asset.id, folder, pathKey(folder));
    store.denials.set(asset.id, null);
    const { revision } = asset;
    const { thumbUrl = null } = detail;
    store.assets.setDetail(asset.id, { revision, description, license, availability, thumbUrl });
    const known = new Map(store.files.byAsset(asset.id).map((file) => [file.id, file]));
    const files = new Map(detail.files.map((file) => [file.id, file]));
    const rows = [...files.values()].map((file) => {
      const id = `${asset.id}/${file.id}`;
      // A renamed file keeps its place: other programs may refer to it.
      const path = known.get(id)?.path ?? layout.filePath(folder, file);
      const { sha256: expectedSha256, ...rest } = file;
      return { ...rest, id, provider, path, pathKey: pathKey(path), expectedSha256 };
    });
    const { changed } = store.files.upsertForAsset(asset.id, rows);
    // A file that failed for good has another chance when the site replaces it.
    if (changed > 0) store.jobs.requeueFailed({ assetId: asset.id });
    tally.quarantined += detail.quarantined.length + detail.files.length - files.size;
  }
}
