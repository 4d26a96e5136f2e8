import type { Page } from "./asset_list.ts";
import type { Database } from "./database.ts";
import { foldText } from "./fold_text.ts";
import { Remembered } from "./remembered.ts";
import { int, type Row, text, textOrNull } from "./rows.ts";

export const RELEASE_KINDS = ["release", "bundle"] as const;
export type ReleaseKind = (typeof RELEASE_KINDS)[number];

/** What a provider tells of a release. */
export interface ReleaseNews {
  /** As `AssetUpsert.releases` has it. */
  readonly key: string;
  readonly kind: ReleaseKind;
  readonly label: string;
  /** Whether the site calls it so; such a name is not given up for one that was made up. */
  readonly isNamed: boolean;
  /** Null when nobody knows; then what was known stays. */
  readonly owner: string | null;
  /** `YYYY-MM`. */
  readonly month: string | null;
}

/** A release or bundle, and how many assets came in it. */
export interface ReleaseRow {
  readonly provider: string;
  readonly key: string;
  readonly label: string;
  /** Whose it is; empty when nobody knows. */
  readonly owner: string;
  /** `YYYY-MM`. */
  readonly month: string | null;
  readonly assets: number;
}

/** Which page of which releases. */
export interface ReleaseQuery {
  /** @default {"release"} */
  readonly kind?: ReleaseKind;
  readonly provider?: string;
  /** Part of the name or of the owner's. */
  readonly search?: string;
  /** Rows to skip. @default {0} */
  readonly offset?: number;
  /** @default {100} */
  readonly limit?: number;
}

/** Whoever knows the name knows best whose it is. */
const KEEPS_OWNER = "excluded.owner = '' OR (excluded.named < named AND owner <> '')";

/** Pages that are remembered. */
const KEPT_PAGES = 8;

/** What assets came in. Which ones there are and what is in them follows from the assets by triggers. */
export class Releases {
  readonly #db: Database;
  readonly #pages: Remembered<Page<ReleaseRow>>;

  constructor(db: Database) {
    this.#db = db;
    this.#pages = new Remembered(db, ["releases", "release_assets"], KEPT_PAGES);
  }

  /** Takes in what releases are called. */
  learn(provider: string, news: readonly ReleaseNews[]): void {
    this.#db.transaction(() => {
      for (const { key, kind, label, isNamed, owner, month } of news) {
        this.#db.run(
          `INSERT INTO releases (provider, key, kind, label, label_key, owner, owner_key, month, named)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (provider, key) DO UPDATE SET
            kind = excluded.kind,
            label = iif(excluded.named >= named, excluded.label, label),
            label_key = iif(excluded.named >= named, excluded.label_key, label_key),
            owner = iif(${KEEPS_OWNER}, owner, excluded.owner),
            owner_key = iif(${KEEPS_OWNER}, owner_key, excluded.owner_key),
            month = coalesce(excluded.month, month),
            named = max(excluded.named, named)
          WHERE (kind, label, owner, month, named) IS NOT
            (excluded.kind, excluded.label, excluded.owner, excluded.month, excluded.named)`,
          provider,
          key,
          kind,
          label,
          foldText(label),
          owner ?? "",
          foldText(owner ?? ""),
          month,
          Number(isNamed),
        );
      }
    });
  }

  /** Keys of those whose names are the site's. */
  named(provider: string): string[] {
    return this.#db.all(
      "SELECT key FROM releases WHERE provider = ? AND named = 1 ORDER BY key",
      provider,
    ).map((row) => text(row, "key"));
  }

  /** Those that hold assets; of a month the newest first, then the others by name. */
  list(query: ReleaseQuery = {}): Page<ReleaseRow> {
    return this.#pages.get(query, () => this.#list(query));
  }

  #list({ kind = "release", provider, search = "", offset = 0, limit = 100 }: ReleaseQuery) {
    const conditions = ["r.kind = ?"];
    const values: string[] = [kind];
    if (provider !== undefined) {
      conditions.push("r.provider = ?");
      values.push(provider);
    }
    const words = search.trim().split(/\s+/).filter((word) => word !== "");
    for (const word of words) {
      conditions.push("(instr(r.label_key, ?) > 0 OR instr(r.owner_key, ?) > 0)");
      values.push(foldText(word), foldText(word));
    }
    const groups = `FROM releases r JOIN release_assets ra ON ra.release = r.number
      WHERE ${conditions.join(" AND ")} GROUP BY r.number`;
    const rows = this.#db.all(
      `SELECT r.provider, r.key, r.label, r.owner, r.month, count(*) AS assets ${groups}
      ORDER BY r.month IS NULL, r.month DESC, r.label_key, r.owner_key, r.number LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    );
    const count = this.#db.get(`SELECT count(*) AS n FROM (SELECT 1 ${groups})`, ...values);
    return { rows: rows.map(toReleaseRow), total: int(count ?? {}, "n") };
  }
}

function toReleaseRow(row: Row): ReleaseRow {
  return {
    provider: text(row, "provider"),
    key: text(row, "key"),
    label: text(row, "label"),
    owner: text(row, "owner"),
    month: textOrNull(row, "month"),
    assets: int(row, "assets"),
  };
}
