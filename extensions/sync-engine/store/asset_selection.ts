import { type AssetFilter, type Condition, filterConditions } from "./asset_filter.ts";
import { searchAssets } from "./asset_search.ts";
import { among, type AssetSet, toAssetSet } from "./asset_set.ts";
import type { Database } from "./database.ts";
import { Remembered } from "./remembered.ts";

/** What decides which assets a filter selects: words, releases and denials stand in tables of their own. */
export const FILTERED_TABLES = ["assets", "assets_fts", "releases", "release_assets", "denials"];

/** As many as somebody goes to and fro between; each is 100 KB for a library of 100,000. */
const KEPT = 4;

/** The assets that match a filter. */
export interface Selected {
  readonly total: number;
  /** That an asset is one of them. */
  readonly condition: Condition;
}

/** Finds out which assets match; the last few filters are remembered, so that paging costs no more than its rows. */
export class AssetSelection {
  readonly #db: Database;
  readonly #found: Remembered<Selected | "all">;
  readonly #matching: Remembered<Selected>;

  constructor(db: Database) {
    this.#db = db;
    this.#found = new Remembered(db, FILTERED_TABLES, KEPT);
    this.#matching = new Remembered(db, FILTERED_TABLES, KEPT);
  }

  /** Null when all match. */
  select(filter: AssetFilter): Selected | null {
    const conditions = filterConditions(filter);
    if (conditions.length === 0) return this.#search(filter);
    return this.#matching.get(filter, () => selected(this.numbers(this.conditions(filter))));
  }

  /** What the filter asks of an asset, without a list of all that match. */
  conditions(filter: AssetFilter): Condition[] {
    const found = this.#search(filter);
    return [...found ? [found.condition] : [], ...filterConditions(filter)];
  }

  /** The assets that meet all conditions. */
  numbers(conditions: readonly Condition[]): AssetSet {
    const { sql, values } = where(conditions);
    return toAssetSet(this.#db.get(
      `SELECT count(*) AS total, group_concat(a.number) AS numbers FROM assets a ${sql}`,
      ...values,
    ));
  }

  #search({ search = "" }: AssetFilter): Selected | null {
    if (search === "") return null;
    const found = this.#found.get(search, () => {
      const set = searchAssets(this.#db, search);
      return set ? selected(set) : "all";
    });
    return found === "all" ? null : found;
  }
}

/** A `WHERE` for conditions on `assets a`, and its values. */
export function where(conditions: readonly Condition[]) {
  return {
    sql: conditions.length === 0 ? "" : `WHERE ${conditions.map((one) => one.sql).join(" AND ")}`,
    values: conditions.map((one) => one.value),
  };
}

function selected(set: AssetSet): Selected {
  return { total: set.total, condition: among(set) };
}
