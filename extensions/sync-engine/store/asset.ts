import { flag, int, intOrNull, oneOf, type Row, strings, text, textOrNull } from "./rows.ts";

export const AVAILABILITIES = ["public", "withdrawn", "locked", "gone"] as const;

/** `gone`: the last complete scan no longer listed it. */
export type Availability = (typeof AVAILABILITIES)[number];

/** An asset as a scan brings it. `id` is `<provider>:<kind>-<n>`. */
export interface AssetUpsert {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  /** Empty when the site does not say. */
  readonly creator: string;
  /** ISO 8601, or null. */
  readonly updatedAt: string | null;
  readonly thumbUrl: string | null;
  readonly url: string | null;
  readonly tags: readonly string[];
  readonly sources: readonly string[];
  /** Keys of what it came in, see `releases.ts`. */
  readonly releases: readonly string[];
  readonly revision: string;
  readonly ref: string;
}

/** All that is known about an asset. Times are milliseconds since the Unix epoch. */
export interface Asset extends AssetUpsert {
  /** What these are called. */
  readonly releases: readonly string[];
  readonly wanted: boolean;
  readonly description: string | null;
  readonly license: string | null;
  /** The revision whose files are known, null before the first look. */
  readonly detailRevision: string | null;
  readonly availability: Availability;
  /** Below the root, `/`-separated; null until one was given. */
  readonly folder: string | null;
  readonly addedAt: number;
  /** When all its files were last known to be here. */
  readonly syncedAt: number | null;
  readonly seenScan: number;
}

/** How much of an asset there is. Files that the user removed do not count. Sizes are bytes. */
export interface AssetCounts {
  readonly files: number;
  readonly filesHere: number;
  readonly bytes: number;
  readonly bytesHere: number;
  /** The site has something newer than what is here. */
  readonly hasUpdates: boolean;
}

/** An asset of a list. */
export type AssetRow = Omit<Asset, "description" | "ref"> & AssetCounts;

/** Whether the site has something newer than what is here, as SQL. */
export const HAS_UPDATES = "(a.files_outdated > 0 OR a.looked = 2)";

/** Whether the site gives the asset and it has no files, as SQL. */
export const IS_EMPTY =
  "(a.files = 0 AND a.looked <> 0 AND a.availability IN ('public', 'withdrawn'))";

/** Whether something of the asset is missing, or may be because nobody looked yet, as SQL. */
export const NOT_DOWNLOADED = "(a.files_here < a.files OR a.looked = 0)";

/** What the releases of `assets a` are called, as SQL: a JSON array. */
const RELEASE_LABELS =
  `(SELECT json_group_array(r.label ORDER BY r.label_key) FROM release_assets ra
    JOIN releases r ON r.number = ra.release WHERE ra.asset = a.number) AS release_labels`;

/** Every column of an {@linkcode AssetRow}. */
export const LISTED_COLUMNS =
  `a.id, a.provider, a.title, a.creator, a.updated_at, a.thumb_url, a.url, a.tags, a.sources,
  ${RELEASE_LABELS}, a.revision, a.wanted, a.license, a.detail_revision, a.availability, a.folder, a.added_at,
  a.synced_at, a.seen_scan, a.files, a.files_here, a.bytes, a.bytes_here, ${HAS_UPDATES} AS has_updates`;

/** Every column of an {@linkcode Asset}, of `assets a`. */
export const ALL_COLUMNS =
  `a.*, ${RELEASE_LABELS}, (SELECT d.text FROM descriptions d WHERE d.number = a.number) AS description`;

export function toAssetRow(row: Row): AssetRow {
  return {
    ...toListedAsset(row),
    files: int(row, "files"),
    filesHere: int(row, "files_here"),
    bytes: int(row, "bytes"),
    bytesHere: int(row, "bytes_here"),
    hasUpdates: flag(row, "has_updates"),
  };
}

function toListedAsset(row: Row): Omit<Asset, "description" | "ref"> {
  return {
    id: text(row, "id"),
    provider: text(row, "provider"),
    title: text(row, "title"),
    creator: text(row, "creator"),
    updatedAt: textOrNull(row, "updated_at"),
    thumbUrl: textOrNull(row, "thumb_url"),
    url: textOrNull(row, "url"),
    tags: strings(row, "tags"),
    sources: strings(row, "sources"),
    releases: strings(row, "release_labels"),
    revision: text(row, "revision"),
    wanted: flag(row, "wanted"),
    license: textOrNull(row, "license"),
    detailRevision: textOrNull(row, "detail_revision"),
    availability: oneOf(row, "availability", AVAILABILITIES),
    folder: textOrNull(row, "folder"),
    addedAt: int(row, "added_at"),
    syncedAt: intOrNull(row, "synced_at"),
    seenScan: int(row, "seen_scan"),
  };
}

export function toAsset(row: Row): Asset {
  return {
    ...toListedAsset(row),
    description: textOrNull(row, "description"),
    ref: text(row, "ref"),
  };
}
