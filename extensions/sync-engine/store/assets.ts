import type { Clock } from "../platform/ports.ts";
import {
  ALL_COLUMNS,
  type Asset,
  type AssetRow,
  type AssetUpsert,
  type Availability,
  toAsset,
} from "./asset.ts";
import { type AssetFacets, assetFacets } from "./asset_facets.ts";
import { Remembered } from "./remembered.ts";
import type { AssetFilter } from "./asset_filter.ts";
import { AssetList, type AssetQuery, type AssetSummary, type Page } from "./asset_list.ts";
import type { AssetSet } from "./asset_set.ts";
import { upsertAssets, type UpsertTally } from "./asset_upsert.ts";
import { type CreatorQuery, type CreatorRow, listCreators } from "./creators.ts";
import { inBatches } from "./batches.ts";
import type { Database } from "./database.ts";
import { int, type Row, text } from "./rows.ts";

/** What `fileMeta` told about an asset. */
export interface AssetDetailUpdate {
  /** The asset's revision at the time of the look; null has it looked at again. */
  readonly revision: string | null;
  readonly description: string | null;
  readonly license: string | null;
  readonly availability: Availability;
  /** For an asset that has none yet. @default {null} */
  readonly thumbUrl?: string | null;
}

/** Assets that match a filter, or these. */
export type AssetTarget = AssetFilter | { readonly ids: readonly string[] };

/** Pages of creators that are remembered. */
const KEPT_CREATOR_PAGES = 8;

/** Models and bundles. */
export class Assets {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #list: AssetList;
  readonly #facets: Remembered<AssetFacets>;
  readonly #creators: Remembered<Page<CreatorRow>>;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#list = new AssetList(db);
    this.#facets = new Remembered(db, ["assets", "denials"], 1);
    this.#creators = new Remembered(db, ["assets"], KEPT_CREATOR_PAGES);
  }

  /**
   * Takes in what a scan listed, as one transaction. `wanted` of known assets is kept. An asset that a scan lists
   * again unites its sources and releases. One that was gone is back.
   */
  upsertMany(
    rows: readonly AssetUpsert[],
    scanId: number,
    /** `wanted` is for new assets. `mayBeOld`: where what is known was updated later, it stays. @default {false} */
    options: { wanted?: boolean; mayBeOld?: boolean } = {},
  ): UpsertTally {
    const { wanted = true, mayBeOld = false } = options;
    const context = { scanId, wanted, mayBeOld, addedAt: this.#clock.now() };
    return this.#db.transaction(() => upsertAssets(this.#db, rows, context));
  }

  get(id: string): Asset | null {
    const row = this.#db.get(`SELECT ${ALL_COLUMNS} FROM assets a WHERE id = ?`, id);
    return row ? toAsset(row) : null;
  }

  /** All, in the order of addition; the table may be changed meanwhile. */
  *all(): Generator<Asset> {
    const rows = inBatches<Row>((last, limit) =>
      this.#db.all(
        `SELECT ${ALL_COLUMNS} FROM assets a WHERE number > ? ORDER BY number LIMIT ?`,
        last ? int(last, "number") : 0,
        limit,
      )
    );
    for (const row of rows) yield toAsset(row);
  }

  /** A page of the library view. */
  query(query: AssetQuery = {}): Page<AssetRow> {
    return this.#list.query(query);
  }

  summary(filter: AssetFilter = {}): AssetSummary {
    return this.#list.summary(filter);
  }

  /** As a list shows it. */
  row(id: string): AssetRow | null {
    return this.#list.row(id);
  }

  /** What the library can be filtered by. */
  facets(): AssetFacets {
    return this.#facets.get(null, () => assetFacets(this.#db));
  }

  /** A page of the creators by name. */
  creators(query: CreatorQuery = {}): Page<CreatorRow> {
    return this.#creators.get(query, () => listCreators(this.#db, query));
  }

  /** Returns how many assets changed. */
  setWanted(target: AssetTarget, wanted: boolean): number {
    return this.#db.transaction(() => {
      let changed = 0;
      for (const some of this.mark(this.notYet(target, wanted), wanted)) changed += some;
      return changed;
    });
  }

  /** Those of the assets whose `wanted` is another; they stay the same whatever changes later. */
  notYet(target: AssetTarget, wanted: boolean): AssetSet {
    return this.#list.notYet(target, wanted);
  }

  /** Sets `wanted` of a part of the assets at each step, so that others get their turn; yields how many changed. */
  mark(set: AssetSet, wanted: boolean): Generator<number> {
    return this.#list.mark(set, wanted);
  }

  /**
   * Wanted assets whose files are not known as of their newest revision, oldest first; the table may be changed
   * meanwhile. Assets that are gone are left out, locked ones until their revision changes.
   */
  *needingDetail(
    provider: string,
    /** `all`: also those whose files are known, and locked ones. @default {{ all: false }} */
    options: { all?: boolean } = {},
  ): Generator<Asset> {
    const { all = false } = options;
    // The index holds all that decides; the wide rows are read one by one as they are asked for.
    const numbers = this.#db.all(
      `SELECT number FROM assets INDEXED BY assets_by_state
      WHERE wanted = 1 AND availability <> 'gone' AND provider = ? AND looked <> ? ORDER BY number`,
      provider,
      all ? -1 : 1,
    );
    for (const row of numbers) {
      const asset = this.#db.get(
        `SELECT ${ALL_COLUMNS} FROM assets a WHERE number = ?`,
        int(row, "number"),
      );
      if (asset) yield toAsset(asset);
    }
  }

  setDetail(id: string, detail: AssetDetailUpdate): void {
    const { revision, description, license, availability, thumbUrl = null } = detail;
    this.#db.transaction(() => {
      this.#db.run(
        `UPDATE assets SET detail_revision = ?, license = ?, availability = ?, thumb_url = coalesce(thumb_url, ?)
        WHERE id = ?`,
        revision,
        license,
        availability,
        thumbUrl,
        id,
      );
      this.#setDescription(id, description);
    });
  }

  #setDescription(id: string, description: string | null): void {
    this.#db.run(
      "DELETE FROM descriptions WHERE number = (SELECT number FROM assets WHERE id = ?)",
      id,
    );
    if (description === null) return;
    this.#db.run(
      "INSERT INTO descriptions (number, text) SELECT number, ? FROM assets WHERE id = ?",
      description,
      id,
    );
  }

  setAvailability(id: string, availability: Availability): void {
    this.#db.run("UPDATE assets SET availability = ? WHERE id = ?", availability, id);
  }

  /**
   * @param folder Below the root, `/`-separated.
   * @param key The folder, case- and form-folded; no other asset may have it.
   */
  setFolder(id: string, folder: string, key: string): void {
    this.#db.run("UPDATE assets SET folder = ?, folder_key = ? WHERE id = ?", folder, key, id);
  }

  /** Id of the asset that has the folder with this key. */
  folderOwner(key: string): string | null {
    const row = this.#db.get("SELECT id FROM assets WHERE folder_key = ?", key);
    return row ? text(row, "id") : null;
  }

  /** The folders right below the root that hold models. */
  topFolders(): string[] {
    return this.#db.all(
      "SELECT DISTINCT substr(folder, 1, instr(folder || '/', '/') - 1) AS name FROM assets WHERE folder IS NOT NULL",
    ).map((row) => text(row, "name")).sort();
  }

  /** How many assets a provider has that are not gone. */
  activeCount(provider: string): number {
    const row = this.#db.get(
      "SELECT count(*) AS n FROM assets WHERE provider = ? AND availability <> 'gone'",
      provider,
    );
    return int(row ?? {}, "n");
  }

  /** Ids of assets that are not gone and that the scan did not list. */
  vanished(provider: string, scanId: number): string[] {
    return this.#db.all(
      `SELECT id FROM assets WHERE provider = ? AND seen_scan <> ? AND availability <> 'gone'
      ORDER BY number`,
      provider,
      scanId,
    ).map((row) => text(row, "id"));
  }

  /** Returns how many assets changed. Nothing on disk is touched. */
  markGone(ids: readonly string[]): number {
    return this.#db.run(
      `UPDATE assets SET availability = 'gone'
      WHERE id IN (SELECT value FROM json_each(?)) AND availability <> 'gone'`,
      JSON.stringify(ids),
    );
  }

  /** Undoes `markGone`; the next look tells how available they are. */
  markSeenAgain(ids: readonly string[], scanId: number): number {
    return this.#db.run(
      `UPDATE assets SET seen_scan = ?1, detail_revision = iif(availability = 'gone', NULL, detail_revision),
        availability = iif(availability = 'gone', 'public', availability)
      WHERE id IN (SELECT value FROM json_each(?2))`,
      scanId,
      JSON.stringify(ids),
    );
  }
}
