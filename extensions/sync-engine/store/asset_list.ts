import { type AssetRow, LISTED_COLUMNS, NOT_DOWNLOADED, toAssetRow } from "./asset.ts";
import type { AssetFilter, Condition } from "./asset_filter.ts";
import { AssetSelection, FILTERED_TABLES, where } from "./asset_selection.ts";
import { among, type AssetSet } from "./asset_set.ts";
import type { Database } from "./database.ts";
import { Remembered } from "./remembered.ts";
import { int } from "./rows.ts";

/** What a list of assets can be sorted by. */
export type AssetSort = "title" | "creator" | "provider" | "updated" | "added" | "synced";

/** Each has an index; numbers are given in the order of addition. */
const ORDERS: Readonly<Record<AssetSort, readonly string[]>> = {
  title: ["title_key"],
  creator: ["creator_key", "title_key"],
  provider: ["provider"],
  updated: ["updated_key"],
  added: [],
  synced: ["synced_at"],
};

/** Most rows of one page. */
export const MAX_PAGE = 500;

/** Assets marked by one statement: a fifth of a second. */
const MARKED_AT_ONCE = 20_000;

/** Sums of this many filters are remembered. */
const KEPT_SUMMARIES = 16;

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
  readonly #selection: AssetSelection;
  readonly #counts: Remembered<number>;
  readonly #summaries: Remembered<AssetSummary>;

  constructor(db: Database) {
    this.#db = db;
    this.#selection = new AssetSelection(db);
    this.#counts = new Remembered(db, ["assets"], 1);
    this.#summaries = new Remembered(db, FILTERED_TABLES, KEPT_SUMMARIES);
  }

  query(query: AssetQuery): Page<AssetRow> {
    const { sort = "title", descending = false, offset = 0, limit = 100, ...filter } = query;
    const selected = this.#selection.select(filter);
    const total = selected?.total ?? this.#count();
    const count = Math.min(MAX_PAGE, limit, total - offset);
    if (count <= 0) return { rows: [], total };
    const { sql, values } = where(selected ? [selected.condition] : []);
    // What is nearer to the end is counted from there.
    const after = total - offset - count;
    const [order, skipped] = offset <= after
      ? [orderBy(sort, descending), offset]
      : [orderBy(sort, !descending), after];
    // The inner query is answered by an index alone, so that skipped rows are never read.
    const rows = this.#db.all(
      `SELECT ${LISTED_COLUMNS} FROM assets a
      WHERE a.number IN (SELECT a.number FROM assets a ${sql} ORDER BY ${order} LIMIT ? OFFSET ?)
      ORDER BY ${orderBy(sort, descending)}`,
      ...values,
      count,
      skipped,
    );
    return { rows: rows.map(toAssetRow), total };
  }

  summary(filter: AssetFilter): AssetSummary {
    return this.#summaries.get(filter, () => this.#sumUp(filter));
  }

  #sumUp(filter: AssetFilter): AssetSummary {
    const { sql, values } = where(this.#selection.conditions(filter));
    const row = this.#db.get(
      `SELECT count(*) AS assets, total(files) AS files, total(files_here) AS files_here, total(bytes) AS bytes,
        total(bytes_here) AS bytes_here, total(wanted) AS wanted,
        count(*) FILTER (WHERE wanted AND ${NOT_DOWNLOADED}) AS lacking,
        total(files - files_here) FILTER (WHERE wanted AND ${NOT_DOWNLOADED}) AS lacking_files,
        total(bytes - bytes_here) FILTER (WHERE wanted AND ${NOT_DOWNLOADED}) AS lacking_bytes
      FROM assets a ${sql}`,
      ...values,
    ) ?? {};
    return {
      assets: int(row, "assets"),
      files: int(row, "files"),
      filesHere: int(row, "files_here"),
      bytes: int(row, "bytes"),
      bytesHere: int(row, "bytes_here"),
      wanted: int(row, "wanted"),
      wantedNotHere: {
        assets: int(row, "lacking"),
        files: int(row, "lacking_files"),
        bytes: int(row, "lacking_bytes"),
      },
    };
  }

  row(id: string): AssetRow | null {
    const row = this.#db.get(`SELECT ${LISTED_COLUMNS} FROM assets a WHERE a.id = ?`, id);
    return row ? toAssetRow(row) : null;
  }

  /** Those of the assets whose `wanted` is another. */
  notYet(target: AssetFilter | { readonly ids: readonly string[] }, wanted: boolean): AssetSet {
    return this.#selection.numbers([
      ...("ids" in target ? [withIds(target.ids)] : this.#selection.conditions(target)),
      { sql: "+a.wanted <> ?", value: Number(wanted) },
    ]);
  }

  /** Sets `wanted`, part by part; yields how many of each part changed. */
  *mark(set: AssetSet, wanted: boolean): Generator<number> {
    if (set.total === 0) return;
    const { sql, value } = among(set);
    const last = int(this.#db.get("SELECT ifnull(max(number), 0) AS n FROM assets") ?? {}, "n");
    // By number, so that each page of the table is written once.
    for (let from = 1; from <= last; from += MARKED_AT_ONCE) {
      yield this.#db.run(
        `UPDATE assets AS a SET wanted = ?
        WHERE a.number BETWEEN ? AND ? AND ${sql} AND +a.wanted <> ?`,
        Number(wanted),
        from,
        from + MARKED_AT_ONCE - 1,
        value,
        Number(wanted),
      );
    }
  }

  #count(): number {
    return this.#counts.get(
      null,
      () => int(this.#db.get("SELECT count(*) AS n FROM assets") ?? {}, "n"),
    );
  }
}

function orderBy(sort: AssetSort, descending: boolean): string {
  return [...ORDERS[sort], "number"]
    .map((column) => `a.${column} ${descending ? "DESC" : "ASC"}`).join(", ");
}

function withIds(ids: readonly string[]): Condition {
  return { sql: "a.id IN (SELECT value FROM json_each(?))", value: JSON.stringify(ids) };
}
