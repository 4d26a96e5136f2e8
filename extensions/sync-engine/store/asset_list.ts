import { type AssetRow, LISTED_COLUMNS, toListedAsset } from "./asset.ts";
import { type AssetFilter, assetTest, isNotDownloaded } from "./asset_filter.ts";
import type { AssetIndex, IndexEntry } from "./asset_index.ts";
import type { AssetSort } from "./asset_order.ts";
import { searchAssets } from "./asset_search.ts";
import type { Database } from "./database.ts";
import { int } from "./rows.ts";

/** Most rows of one page. */
export const MAX_PAGE = 500;

/** Which page of which assets. */
export interface AssetQuery extends AssetFilter {
  /** @default {"title"} */
  readonly sort?: AssetSort;
  /** @default {false} */
  readonly descending?: boolean;
  /** Rows to skip. @default {0} */
  readonly offset?: number;
  /** 1–500; more is cut down. @default {100} */
  readonly limit?: number;
}

/** A page, and how many rows there are on all pages. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** Totals over assets. Sizes are bytes. */
export interface AssetSummary {
  readonly assets: number;
  readonly files: number;
  readonly filesHere: number;
  readonly bytes: number;
  readonly bytesHere: number;
  readonly wanted: number;
  /** Wanted assets of which something is not here, and how much that is. */
  readonly wantedNotHere: {
    readonly assets: number;
    readonly files: number;
    readonly bytes: number;
  };
}

/** Answers what the library view asks. */
export class AssetList {
  readonly #db: Database;
  readonly #index: AssetIndex;

  constructor(db: Database, index: AssetIndex) {
    this.#db = db;
    this.#index = index;
  }

  query(query: AssetQuery): Page<AssetRow> {
    const { sort = "title", descending = false, offset = 0 } = query;
    const limit = Math.min(MAX_PAGE, query.limit ?? 100);
    const ordered = this.#index.ordered(sort);
    const matches = this.#matcher(query);
    const page: IndexEntry[] = [];
    let total = 0;
    for (let i = 0; i < ordered.length; i++) {
      const entry = ordered[descending ? ordered.length - 1 - i : i];
      if (!entry || !matches(entry)) continue;
      if (total >= offset && page.length < limit) page.push(entry);
      total++;
    }
    return { rows: this.#rows(page), total };
  }

  summary(filter: AssetFilter): AssetSummary {
    const all = { assets: 0, files: 0, filesHere: 0, bytes: 0, bytesHere: 0, wanted: 0 };
    const wantedNotHere = { assets: 0, files: 0, bytes: 0 };
    for (const entry of this.matching(filter)) {
      all.assets++;
      all.files += entry.files;
      all.filesHere += entry.filesHere;
      all.bytes += entry.bytes;
      all.bytesHere += entry.bytesHere;
      if (!entry.wanted) continue;
      all.wanted++;
      if (!isNotDownloaded(entry)) continue;
      wantedNotHere.assets++;
      wantedNotHere.files += entry.files - entry.filesHere;
      wantedNotHere.bytes += entry.bytes - entry.bytesHere;
    }
    return { ...all, wantedNotHere };
  }

  matching(filter: AssetFilter): IndexEntry[] {
    const matches = this.#matcher(filter);
    return [...this.#index.entries()].filter(matches);
  }

  #matcher(filter: AssetFilter): (entry: IndexEntry) => boolean {
    const found = searchAssets(this.#db, filter.search ?? "", this.#index.highest);
    const test = assetTest(filter);
    return found === null ? test : (entry) => found[entry.number] === 1 && test(entry);
  }

  #rows(page: readonly IndexEntry[]): AssetRow[] {
    const numbers = JSON.stringify(page.map((entry) => entry.number));
    const rows = this.#db.all(
      `SELECT ${LISTED_COLUMNS} FROM assets a WHERE a.number IN (SELECT value FROM json_each(?))`,
      numbers,
    );
    const byNumber = new Map(rows.map((row) => [int(row, "number"), row]));
    return page.flatMap((entry) => {
      const row = byNumber.get(entry.number);
      if (!row) return [];
      const { files, filesHere, bytes, bytesHere, hasUpdates } = entry;
      return { ...toListedAsset(row), files, filesHere, bytes, bytesHere, hasUpdates };
    });
  }
}
