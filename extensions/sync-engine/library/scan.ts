import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Log } from "../platform/ports.ts";
import type { ProviderClient } from "../plugins/provider_client.ts";
import type { Store } from "../store/store.ts";
import type { LibraryPage, Quarantined } from "../../../providers/sdk/mod.ts";
import { emptyTally, type Tally } from "./tally.ts";

/** Pages in a row that may bring nothing new before the list is taken for endless. */
const MAX_BARREN_PAGES = 50;

/** What {@linkcode scan} needs. */
export interface ScanPorts {
  readonly store: Store;
  readonly log: Log;
}

/** What a provider owns, page by page: as its site lists it, or as it was saved from there. */
export interface Listing {
  readonly provider: string;
  /** @param cursor Null for the first page, then the previous page's `next`. */
  page(cursor: string | null, signal: AbortSignal | undefined): Promise<LibraryPage>;
  /** Why the list says nothing about what is gone now, null when it is of now. */
  readonly outdated: string | null;
  /** What it tells may be older than what is known: the newer update counts, and grants are only added. */
  readonly mayBeOld: boolean;
  /** What may be done when most of the library is missing in it. */
  readonly advice: string;
}

/** Options for {@linkcode scan}. */
export interface ScanOptions {
  /** Whether new assets are wanted. @default {true} */
  readonly newWanted?: boolean;
  /** Believe the site even when more than half of the library vanished. @default {false} */
  readonly acceptLoss?: boolean;
  /** Called after each page with the tally so far. */
  readonly onPage?: (tally: Readonly<Tally>) => void;
  readonly signal?: AbortSignal;
}

/**
 * Mirrors a provider's list of what the account owns into the store. Nothing is marked gone unless the
 * list was read to its end and looks whole.
 *
 * @returns The tally; its `incomplete` says why known assets that were not seen were left alone.
 * @throws {SyncError} When the list could not be read to its end; what was read is kept.
 */
export async function scan(
  ports: ScanPorts,
  client: ProviderClient,
  options: ScanOptions = {},
): Promise<Tally> {
  return await takeIn(ports, {
    provider: client.manifest.id,
    page: (cursor, signal) => client.libraryPage(cursor, signal),
    outdated: null,
    mayBeOld: false,
    advice: "Check the site; if that is right, sync again with --accept-removals",
  }, options);
}

/**
 * Takes a list of what the account owns into the store, wherever it comes from; see {@linkcode scan}.
 *
 * @throws {SyncError} When the list could not be read to its end; what was read is kept.
 */
export async function takeIn(
  { store, log }: ScanPorts,
  listing: Listing,
  { newWanted = true, acceptLoss = false, onPage, signal }: ScanOptions = {},
): Promise<Tally> {
  const { provider } = listing;
  const scanId = store.scans.start(provider);
  const tally = emptyTally();
  const quarantined: Quarantined[] = [];
  try {
    await readPages();
    store.scans.replaceQuarantine(scanId, provider, quarantined);
    // What was listed but could not be understood is still there.
    const odd = new Set(quarantined.map(({ item }) => `${provider}:${item}`));
    const vanished = store.assets.vanished(provider, scanId).filter((id) => !odd.has(id));
    tally.incomplete = doubt(listing, tally, vanished.length, acceptLoss);
    if (tally.incomplete === null) {
      store.assets.markGone(vanished);
      tally.removed = vanished.length;
    }
  } catch (error) {
    const failure = classifyThrown(error);
    tally.incomplete = failure.message;
    store.scans.finish(scanId, { complete: false, tally });
    throw failure;
  }
  store.scans.finish(scanId, { complete: tally.incomplete === null, tally });
  log.info("Library scanned", { provider, ...tally });
  return tally;

  async function readPages(): Promise<void> {
    const cursors = new Set<string>();
    let barren = 0;
    let cursor: string | null = null;
    do {
      const page = await listing.page(cursor, signal);
      const before = tally.kept;
      store.transaction(() => {
        const counts = store.assets.upsertMany(
          page.assets.map((asset) => ({
            ...asset,
            provider,
            id: `${provider}:${asset.id}`,
            creator: asset.creator ?? "",
          })),
          scanId,
          { wanted: newWanted, mayBeOld: listing.mayBeOld },
        );
        const releases = page.releases ?? [];
        store.releases.learn(provider, releases.map(({ id, ...news }) => ({ key: id, ...news })));
        quarantined.push(...page.quarantined);
        tally.seen += page.seen;
        tally.merged += page.merged + counts.repeated;
        tally.kept += page.assets.length - counts.repeated;
        tally.quarantined += page.quarantined.length;
        tally.added += counts.added;
        tally.updated += counts.updated;
        tally.unchanged += counts.unchanged;
      });
      onPage?.(tally);
      cursor = page.next;
      barren = tally.kept === before ? barren + 1 : 0;
      if (cursor !== null && (cursors.has(cursor) || barren > MAX_BARREN_PAGES)) {
        throw new SyncError("retryable", "The site's list of models goes round in circles");
      }
      if (cursor !== null) cursors.add(cursor);
    } while (cursor !== null);
  }
}

/** Why a list that was read to its end is not believed to be whole. */
function doubt(
  { outdated, advice }: Listing,
  { seen, kept }: Tally,
  vanished: number,
  acceptLoss: boolean,
): string | null {
  if (vanished === 0 || acceptLoss) return null;
  if (seen === 0) return "The site listed nothing at all";
  if (vanished > kept) {
    return `${vanished} of ${vanished + kept} models are no longer listed. ${advice}`;
  }
  return outdated;
}
