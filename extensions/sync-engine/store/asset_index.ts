import { type AssetCounts, AVAILABILITIES, type Availability } from "./asset.ts";
import { AssetOrder, type AssetSort, sortKey } from "./asset_order.ts";
import type { Database } from "./database.ts";
import { flag, int, oneOf, type Row, strings, text } from "./rows.ts";

/** What filters and sorts need to know about an asset. Times are milliseconds, 0 for never. */
export interface IndexEntry extends AssetCounts {
  readonly number: number;
  readonly provider: string;
  readonly creator: string;
  readonly titleKey: string;
  readonly creatorKey: string;
  readonly updatedAt: number;
  readonly addedAt: number;
  readonly syncedAt: number;
  readonly wanted: boolean;
  readonly availability: Availability;
  readonly sources: readonly string[];
  /** Its files are known. */
  readonly looked: boolean;
}

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
  CREATE TEMP TRIGGER asset_added AFTER INSERT ON main.assets BEGIN SELECT asset_touched(new.id); END;
  CREATE TEMP TRIGGER asset_deleted AFTER DELETE ON main.assets BEGIN SELECT asset_touched(''); END;
  CREATE TEMP TRIGGER asset_changed AFTER UPDATE OF provider, title, creator, updated_at, wanted, sources,
    revision, detail_revision, availability, synced_at ON main.assets BEGIN SELECT asset_touched(new.id); END;
  CREATE TEMP TRIGGER file_added AFTER INSERT ON main.files BEGIN SELECT asset_touched(new.asset_id); END;
  CREATE TEMP TRIGGER file_deleted AFTER DELETE ON main.files BEGIN SELECT asset_touched(old.asset_id); END;
  CREATE TEMP TRIGGER file_changed AFTER UPDATE OF size, revision, downloaded_revision, removed, listed
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
  #entries: Map<number, IndexEntry> | null = null;
  #highest = 0;

  constructor(db: Database) {
    this.#db = db;
    db.define("asset_touched", (id) => this.#touch(id));
    db.exec(WATCH);
    db.onRollback(() => this.#forget());
  }

  /** All entries in ascending order. */
  ordered(sort: AssetSort): readonly IndexEntry[] {
    const entries = this.#refresh();
    let order = this.#orders.get(sort);
    if (!order) {
      order = new AssetOrder(sort, entries.values());
      this.#orders.set(sort, order);
    }
    return order.entries;
  }

  /** All entries in no order. */
  entries(): Iterable<IndexEntry> {
    return this.#refresh().values();
  }

  /** The highest asset number. */
  get highest(): number {
    this.#refresh();
    return this.#highest;
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

  #refresh(): Map<number, IndexEntry> {
    this.#entries ??= this.#load();
    if (this.#touched.size > 0) this.#reread(this.#entries);
    return this.#entries;
  }

  #load(): Map<number, IndexEntry> {
    const rows = this.#db.all(
      `${ENTRY} LEFT JOIN (${COUNTS} GROUP BY asset_id) f ON f.asset_id = a.id`,
    );
    const read = entryReader();
    const entries = new Map<number, IndexEntry>();
    this.#highest = 0;
    for (const row of rows) this.#put(entries, read(row));
    return entries;
  }

  #put(entries: Map<number, IndexEntry>, entry: IndexEntry): void {
    entries.set(entry.number, entry);
    this.#highest = Math.max(this.#highest, entry.number);
  }

  #reread(entries: Map<number, IndexEntry>): void {
    const changes = this.#readTouched().map((after) => ({
      before: entries.get(after.number),
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
    for (const entry of current) this.#put(entries, entry);
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

/** Equal texts and lists are kept once: a library repeats its creators and sources. */
function entryReader(): (row: Row) => IndexEntry {
  const creatorKeys = new Map<string, string>();
  const sourceLists = new Map<string, readonly string[]>();
  return (row) => {
    const creator = text(row, "creator");
    const sources = text(row, "sources");
    const updatedAt = row["updated_at"];
    return {
      number: int(row, "number"),
      provider: text(row, "provider"),
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
