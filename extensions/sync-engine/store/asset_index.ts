import { AVAILABILITIES } from "./asset.ts";
import { AssetOrder, type AssetSort, sortKey } from "./asset_order.ts";
import type { Database } from "./database.ts";
import type { IndexEntry } from "./index_entry.ts";
import { flag, int, oneOf, type Row, strings, text } from "./rows.ts";

/** Above this many changes, reading everything anew is faster than one by one. */
const MAX_TOUCHED = 5_000;

const ENTRY = `
  SELECT a.number, a.provider, a.creator, a.title, a.updated_at, a.added_at, ifnull(a.synced_at, 0) AS synced_at,
    a.wanted, a.availability, a.sources, a.detail_revision IS NOT NULL AS looked,
    a.detail_revision <> a.revision OR ifnull(f.outdated, 0) AS has_updates,
    ifnull(f.files, 0) AS files, ifnull(f.files_here, 0) AS files_here,
    ifnull(f.bytes, 0) AS bytes, ifnull(f.bytes_here, 0) AS bytes_here
  FROM assets a`;

const COUNTS = `
  SELECT asset_id, count(*) AS files, count(downloaded_revision) AS files_here,
    sum(ifnull(size, 0)) AS bytes,
    sum(iif(downloaded_revision IS NULL, 0, ifnull(size, 0))) AS bytes_here,
    max(listed AND downloaded_revision IS NOT NULL AND downloaded_revision <> revision) AS outdated
  FROM files
  WHERE removed = 0 AND (listed = 1 OR downloaded_revision IS NOT NULL)`;

// Temporary, so that they know this connection's function and are no part of the schema.
const WATCH = `
  CREATE TEMP TRIGGER IF NOT EXISTS asset_added AFTER INSERT ON main.assets BEGIN SELECT asset_touched(new.id); END;
  CREATE TEMP TRIGGER IF NOT EXISTS asset_deleted AFTER DELETE ON main.assets BEGIN SELECT asset_touched(''); END;
  CREATE TEMP TRIGGER IF NOT EXISTS asset_changed AFTER UPDATE OF provider, title, creator, updated_at, wanted, sources,
    revision, detail_revision, availability, synced_at ON main.assets BEGIN SELECT asset_touched(new.id); END;
  CREATE TEMP TRIGGER IF NOT EXISTS file_added AFTER INSERT ON main.files BEGIN SELECT asset_touched(new.asset_id); END;
  CREATE TEMP TRIGGER IF NOT EXISTS file_deleted AFTER DELETE ON main.files BEGIN SELECT asset_touched(old.asset_id); END;
  CREATE TEMP TRIGGER IF NOT EXISTS file_changed AFTER UPDATE OF size, revision, downloaded_revision, removed, listed
    ON main.files BEGIN SELECT asset_touched(new.asset_id); END;`;

/**
 * A read model of all assets in memory, so that any filter with any sort answers within a frame. It is derived from
 * the tables alone: read at the first use, then again for each asset that a trigger reports as touched.
 */
export class AssetIndex {
  readonly #db: Database;
  readonly #touched = new Set<string>();
  readonly #orders = new Map<AssetSort, AssetOrder>();
  /** By asset number; null until needed, and again when too much has changed. */
  #entries: (IndexEntry | undefined)[] | null = null;

  constructor(db: Database) {
    this.#db = db;
    db.define("asset_touched", (id) => this.#touch(id));
    db.onRollback(() => this.#forget());
  }

  /** The numbers of all assets, ascending by `sort`. */
  ordered(sort: AssetSort): Int32Array {
    const entries = this.#refresh();
    let order = this.#orders.get(sort);
    if (!order) {
      order = new AssetOrder(sort, entries.filter((entry) => entry !== undefined));
      this.#orders.set(sort, order);
    }
    return order.numbers;
  }

  /** All entries, each at the place of its asset's number. */
  get entries(): readonly (IndexEntry | undefined)[] {
    return this.#refresh();
  }

  #touch(id: string): void {
    if (this.#entries === null) return;
    if (id === "" || this.#touched.size >= MAX_TOUCHED) this.#forget();
    else this.#touched.add(id);
  }

  #forget(): void {
    this.#entries = null;
    this.#orders.clear();
    this.#touched.clear();
  }

  #refresh(): (IndexEntry | undefined)[] {
    this.#entries ??= this.#load();
    if (this.#touched.size > 0) this.#reread(this.#entries);
    return this.#entries;
  }

  #load(): (IndexEntry | undefined)[] {
    // Not before the first use: a sync without a view is spared the calls.
    this.#db.exec(WATCH);
    const rows = this.#db.all(
      `${ENTRY} LEFT JOIN (${COUNTS} GROUP BY asset_id) f ON f.asset_id = a.id ORDER BY a.number`,
    );
    const read = entryReader();
    const entries: (IndexEntry | undefined)[] = [];
    for (const row of rows) put(entries, read(row));
    return entries;
  }

  #reread(entries: (IndexEntry | undefined)[]): void {
    const changes = this.#readTouched().map((after) => ({
      before: entries[after.number],
      after,
    }));
    const moved = [...this.#orders.values()].map((order) => {
      const places = changes.filter(({ before, after }) => !before || order.moves(before, after));
      order.remove(new Set(places.flatMap(({ before }) => before ?? [])));
      return { order, places };
    });
    const current = changes.map(({ before, after }) =>
      before ? Object.assign(before, after) : after
    );
    for (const entry of current) put(entries, entry);
    for (const { order, places } of moved) {
      order.insert(new Set(places.map(({ before, after }) => before ?? after)));
    }
    this.#touched.clear();
  }

  #readTouched(): IndexEntry[] {
    const read = entryReader();
    return [...this.#touched].flatMap((id) => {
      const row = this.#db.get(
        `${ENTRY} LEFT JOIN (${COUNTS} AND asset_id = ?1) f WHERE a.id = ?1`,
        id,
      );
      return row ? read(row) : [];
    });
  }
}

/** Fills gaps, so that the array stays a dense one. */
function put(entries: (IndexEntry | undefined)[], entry: IndexEntry): void {
  while (entries.length < entry.number) entries.push(undefined);
  entries[entry.number] = entry;
}

/** Equal texts and lists are kept once: a library repeats its creators and sources. */
function entryReader(): (row: Row) => IndexEntry {
  const texts = new Map<string, string>();
  const creatorKeys = new Map<string, string>();
  const sourceLists = new Map<string, readonly string[]>();
  const once = (row: Row, column: string) => {
    const value = text(row, column);
    return computeOnce(texts, value, () => value);
  };
  return (row) => {
    const creator = once(row, "creator");
    const sources = text(row, "sources");
    const updatedAt = row["updated_at"];
    return {
      number: int(row, "number"),
      provider: once(row, "provider"),
      creator,
      titleKey: sortKey(text(row, "title")),
      creatorKey: computeOnce(creatorKeys, creator, () => sortKey(creator)),
      updatedAt: typeof updatedAt === "string" ? Date.parse(updatedAt) || 0 : 0,
      addedAt: int(row, "added_at"),
      syncedAt: int(row, "synced_at"),
      wanted: flag(row, "wanted"),
      availability: oneOf(row, "availability", AVAILABILITIES),
      sources: computeOnce(sourceLists, sources, () => strings(row, "sources")),
      looked: flag(row, "looked"),
      hasUpdates: row["has_updates"] === 1,
      files: int(row, "files"),
      filesHere: int(row, "files_here"),
      bytes: int(row, "bytes"),
      bytesHere: int(row, "bytes_here"),
    };
  };
}

function computeOnce<T>(known: Map<string, T>, key: string, compute: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, value = compute());
  return value;
}
