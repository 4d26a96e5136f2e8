import type { AssetRow } from "../asset.ts";
import type { AssetQuery, AssetSummary } from "../asset_list.ts";
import { sortKey } from "../sort_key.ts";
import type { Store } from "../store.ts";

/** The rows of assets, each counted anew from its files. */
export function recountRows(store: Store, ids: readonly string[]): AssetRow[] {
  return ids.flatMap((id) => {
    const asset = store.assets.get(id);
    if (!asset) return [];
    const { description: _, ref: __, ...listed } = asset;
    const files = store.files.byAsset(id)
      .filter((file) => !file.removed && (file.listed || file.downloadedRevision !== null));
    const here = files.filter((file) => file.downloadedRevision !== null);
    const bytes = (of: typeof files) => of.reduce((sum, file) => sum + (file.size ?? 0), 0);
    const revised = asset.detailRevision !== null && asset.detailRevision !== asset.revision;
    return {
      ...listed,
      files: files.length,
      filesHere: here.length,
      bytes: bytes(files),
      bytesHere: bytes(here),
      hasUpdates: revised ||
        here.some((file) => file.listed && file.downloadedRevision !== file.revision),
    };
  });
}

/** What `Assets.query()` must answer, told from rows in the order in which they became known. */
export function recountQuery(rows: readonly AssetRow[], query: AssetQuery): AssetRow[] {
  const { sort = "title", descending = false, search = "", source, notDownloaded } = query;
  const keys: Record<typeof sort, (row: AssetRow) => (string | number)[]> = {
    title: (row) => [sortKey(row.title)],
    creator: (row) => [sortKey(row.creator), sortKey(row.title)],
    provider: (row) => [row.provider],
    updated: (row) => [Date.parse(row.updatedAt ?? "") || 0],
    added: (row) => [row.addedAt],
    synced: (row) => [row.syncedAt ?? 0],
  };
  const sorted = rows.filter((row) =>
    sortKey(row.title).includes(search) &&
    (source === undefined || row.sources.includes(source)) &&
    (notDownloaded === undefined || isNotDownloaded(row) === notDownloaded) &&
    (["provider", "creator", "wanted", "availability", "hasUpdates"] as const)
      .every((key) => query[key] === undefined || query[key] === row[key])
  ).toSorted((a, b) => compare(keys[sort](a), keys[sort](b)));
  return descending ? sorted.reverse() : sorted;
}

/** What `Assets.summary()` must answer. */
export function recountSummary(rows: readonly AssetRow[]): AssetSummary {
  const sum = (of: readonly AssetRow[], value: (row: AssetRow) => number) =>
    of.reduce((total, row) => total + value(row), 0);
  const lacking = rows.filter((row) => row.wanted && isNotDownloaded(row));
  return {
    assets: rows.length,
    files: sum(rows, (row) => row.files),
    filesHere: sum(rows, (row) => row.filesHere),
    bytes: sum(rows, (row) => row.bytes),
    bytesHere: sum(rows, (row) => row.bytesHere),
    wanted: rows.filter((row) => row.wanted).length,
    wantedNotHere: {
      assets: lacking.length,
      files: sum(lacking, (row) => row.files - row.filesHere),
      bytes: sum(lacking, (row) => row.bytes - row.bytesHere),
    },
  };
}

function isNotDownloaded(row: AssetRow): boolean {
  return row.filesHere < row.files || row.detailRevision === null;
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [i, one] of a.entries()) {
    const other = b[i] ?? 0;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
