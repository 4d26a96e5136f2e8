import type { Availability } from "./asset.ts";
import type { IndexEntry } from "./index_entry.ts";

/** Which assets. Conditions are combined with "and"; none at all means every asset. */
export interface AssetFilter {
  /** Words of title, creator or tags, each of which may be cut short. */
  readonly search?: string;
  readonly provider?: string;
  /** Exactly as the site writes it. */
  readonly creator?: string;
  /** One of the asset's sources: `purchase`, `tribe`, … */
  readonly source?: string;
  readonly wanted?: boolean;
  readonly availability?: Availability;
  /** `true`: some file is not here, or its files are not known yet. `false`: everything is here. */
  readonly notDownloaded?: boolean;
  /** The site has something newer than what is here. */
  readonly hasUpdates?: boolean;
}

/** Builds the test for everything but `search`, which is the full-text index's to answer. */
export function assetTest(filter: AssetFilter): (entry: IndexEntry) => boolean {
  const { provider, creator, source, wanted, availability, notDownloaded, hasUpdates } = filter;
  return (entry) =>
    (provider === undefined || entry.provider === provider) &&
    (wanted === undefined || entry.wanted === wanted) &&
    (availability === undefined || entry.availability === availability) &&
    (notDownloaded === undefined || isNotDownloaded(entry) === notDownloaded) &&
    (hasUpdates === undefined || entry.hasUpdates === hasUpdates) &&
    (creator === undefined || entry.creator === creator) &&
    (source === undefined || entry.sources.includes(source));
}

/** Whether something of the asset is missing, or may be because nobody looked yet. */
export function isNotDownloaded(entry: IndexEntry): boolean {
  return !entry.looked || entry.filesHere < entry.files;
}
