import { type AssetRow, LISTED_COLUMNS, toListedAsset } from "./asset.ts";
import { type AssetFilter, assetTest, isNotDownloaded } from "./asset_filter.ts";
import type { AssetIndex } from "./asset_index.ts";
import type { IndexEntry } from "./index_entry.ts";
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
    const { marks, total } = this.#select(query);
    const page: number[] = [];
    let skip = offset;
    for (let i = 0; i < ordered.length && page.length < Math.min(limit, total - offset); i++) {
      const number = ordered[descending ? ordered.length - 1 - i : i] ?? 0;
      if (marks[number] === 1 && skip-- <= 0) page.push(number);
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
    const test = assetTest(filter);
    const entries = this.#index.entries;
    const found = searchAssets(this.#db, filter.search ?? "");
    const candidates = found === null ? entries : found.map((number) => entries[number]);
    return candidates.filter((entry): entry is IndexEntry => entry !== undefined && test(entry));
  }

  /** A mark at the number of each asset that matches, and how many do. */
  #select(filter: AssetFilter): { marks: Uint8Array; total: number } {
    const marks = new Uint8Array(this.#index.entries.length);
    const matching = this.matching(filter);
    for (const entry of matching) marks[entry.number] = 1;
    return { marks, total: matching.length };
  }

  #rows(page: readonly number[]): AssetRow[] {
    const rows = this.#db.all(
      `SELECT ${LISTED_COLUMNS} FROM assets a WHERE a.number IN (SELECT value FROM json_each(?))`,
      JSON.stringify(page),
    );
    const byNumber = new Map(rows.map((row) => [int(row, "number"), row]));
    return page.flatMap((number) => {
      const row = byNumber.get(number);
      const entry = this.#index.entries[number];
      if (!row || !entry) return [];
      const { files, filesHere, bytes, bytesHere, hasUpdates } = entry;
      return { ...toListedAsset(row), files, filesHere, bytes, bytesHere, hasUpdates };
    });
  }
}
