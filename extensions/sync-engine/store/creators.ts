import type { Page } from "./asset_list.ts";
import type { Database } from "./database.ts";
import { int, type Row, text } from "./rows.ts";
import { sortKey } from "./sort_key.ts";

/** A creator of a provider, with sums over the assets. Sizes are bytes. */
export interface CreatorRow {
  readonly provider: string;
  /** Empty for assets whose site does not say. */
  readonly creator: string;
  readonly assets: number;
  readonly wanted: number;
  readonly filesHere: number;
  readonly bytesHere: number;
}

/** Which page of which creators. */
export interface CreatorQuery {
  readonly provider?: string;
  /** Part of the name, in any case and with or without accents. */
  readonly search?: string;
  /** Rows to skip. @default {0} */
  readonly offset?: number;
  /** @default {100} */
  readonly limit?: number;
}

/** Creators by name. Answered from the index `assets_by_maker` alone. */
export function listCreators(db: Database, query: CreatorQuery): Page<CreatorRow> {
  const { provider, search = "", offset = 0, limit = 100 } = query;
  const key = sortKey(search.trim());
  const conditions = ["true"];
  const values: string[] = [];
  if (provider !== undefined) {
    conditions.push("+provider = ?");
    values.push(provider);
  }
  if (key !== "") {
    conditions.push("instr(creator_key, ?) > 0");
    values.push(key);
  }
  const groups = `FROM assets INDEXED BY assets_by_maker WHERE ${conditions.join(" AND ")}
    GROUP BY creator_key, creator, provider`;
  const rows = db.all(
    `SELECT provider, creator, count(*) AS assets, total(wanted) AS wanted,
      total(files_here) AS files_here, total(bytes_here) AS bytes_here
    ${groups} LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  );
  const count = db.get(`SELECT count(*) AS n FROM (SELECT 1 ${groups})`, ...values);
  return { rows: rows.map(toCreatorRow), total: int(count ?? {}, "n") };
}

function toCreatorRow(row: Row): CreatorRow {
  return {
    provider: text(row, "provider"),
    creator: text(row, "creator"),
    assets: int(row, "assets"),
    wanted: int(row, "wanted"),
    filesHere: int(row, "files_here"),
    bytesHere: int(row, "bytes_here"),
  };
}
