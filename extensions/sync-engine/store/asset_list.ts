import { type AssetRow, LISTED_COLUMNS, NOT_DOWNLOADED, toAssetRow } from "./asset.ts";
import { type AssetFilter, type Condition, filterConditions } from "./asset_filter.ts";
import { searchAssets } from "./asset_search.ts";
import { among, type AssetSet, toAssetSet } from "./asset_set.ts";
import type { Database } from "./database.ts";
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

  constructor(db: Database) {
    this.#db = db;
  }

  query(query: AssetQuery): Page<AssetRow> {
    const { sort = "title", descending = false, offset = 0 } = query;
    const set = this.#select(query);
    const total = set?.total ?? this.#count();
    const limit = Math.min(MAX_PAGE, query.limit ?? 100, total - offset);
    if (limit <= 0) return { rows: [], total };
    const order = [...ORDERS[sort], "number"]
      .map((column) => `a.${column} ${descending ? "DESC" : "ASC"}`).join(", ");
    const { sql, values } = where(set ? [among(set)] : []);
    // The inner query is answered by an index alone, so that skipped rows are never read.
    const rows = this.#db.all(
      `SELECT ${LISTED_COLUMNS} FROM assets a
      WHERE a.number IN (SELECT a.number FROM assets a ${sql} ORDER BY ${order} LIMIT ? OFFSET ?)
      ORDER BY ${order}`,
      ...values,
      limit,
      offset,
    );
    return { rows: rows.map(toAssetRow), total };
  }

  summary(filter: AssetFilter): AssetSummary {
    const { sql, values } = where(this.#conditions(filter));
    const row = this.#db.get(
      `SELECT count(*) AS assets, total(files) AS files, total(files_here) AS files_here, total(bytes) AS bytes,
        total(bytes_here) AS bytes_here, total(wanted) AS wanted,
        total(wanted AND ${NOT_DOWNLOADED}) AS lacking,
        total(iif(wanted AND ${NOT_DOWNLOADED}, files - files_here, 0)) AS lacking_files,
        total(iif(wanted AND ${NOT_DOWNLOADED}, bytes - bytes_here, 0)) AS lacking_bytes
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
    const { sql, values } = where([
      ...("ids" in target ? [withIds(target.ids)] : this.#conditions(target)),
      { sql: "+a.wanted <> ?", value: Number(wanted) },
    ]);
    return toAssetSet(this.#db.get(
      `SELECT count(*) AS total, group_concat(a.number) AS numbers FROM assets a ${sql}`,
      ...values,
    ));
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

  /** The assets that match; null when all do. */
  #select(filter: AssetFilter): AssetSet | null {
    const found = searchAssets(this.#db, filter.search ?? "");
    const conditions = filterConditions(filter);
    if (conditions.length === 0) return found;
    const { sql, values } = where([...found ? [among(found)] : [], ...conditions]);
    return toAssetSet(this.#db.get(
      `SELECT count(*) AS total, group_concat(a.number) AS numbers FROM assets a ${sql}`,
      ...values,
    ));
  }

  #conditions(filter: AssetFilter): Condition[] {
    const found = searchAssets(this.#db, filter.search ?? "");
    return [...found ? [among(found)] : [], ...filterConditions(filter)];
  }

  #count(): number {
    return int(this.#db.get("SELECT count(*) AS n FROM assets") ?? {}, "n");
  }
}

function withIds(ids: readonly string[]): Condition {
  return { sql: "a.id IN (SELECT value FROM json_each(?))", value: JSON.stringify(ids) };
}

function where(conditions: readonly Condition[]) {
  return {
    sql: conditions.length === 0 ? "" : `WHERE ${conditions.map((one) => one.sql).join(" AND ")}`,
    values: conditions.map((one) => one.value),
  };
}
