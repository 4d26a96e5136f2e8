import { type Asset, type AssetUpsert, toAsset } from "./asset.ts";
import type { Database } from "./database.ts";
import { int } from "./rows.ts";

/** What became of the rows of a scan. `repeated` ones had been listed by the same scan before. */
export interface UpsertTally {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly repeated: number;
}

interface UpsertContext {
  readonly scanId: number;
  readonly wanted: boolean;
  readonly addedAt: number;
}

interface Known extends Asset {
  readonly number: number;
}

/** Ids looked up at a time. */
const BATCH = 1_000;

/** Expects to run in a transaction. */
export function upsertAssets(
  db: Database,
  rows: readonly AssetUpsert[],
  context: UpsertContext,
): UpsertTally {
  const tally = { added: 0, updated: 0, unchanged: 0, repeated: 0 };
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const assets = uniteRepeated(batch);
    tally.repeated += batch.length - assets.length;
    const known = findKnown(db, assets);
    const unchanged: number[] = [];
    const reworded: number[] = [];
    const last = highestNumber(db);
    for (const asset of assets) {
      const before = known.get(asset.id);
      const outcome = before ? compare(before, asset, context.scanId) : "added";
      tally[outcome === "moved" ? "unchanged" : outcome]++;
      if (!before) insert(db, asset, context);
      else if (outcome === "unchanged") unchanged.push(before.number);
      else if (outcome === "repeated") update(db, before.number, unite(before, asset), context);
      else update(db, before.number, asset, context);
      if (before && outcome === "updated") reworded.push(before.number);
    }
    searchable(db, last, reworded);
    markSeen(db, unchanged, context.scanId);
  }
  return tally;
}

function uniteRepeated(rows: readonly AssetUpsert[]): AssetUpsert[] {
  const byId = new Map<string, AssetUpsert>();
  for (const row of rows) {
    const first = byId.get(row.id);
    byId.set(row.id, first ? unite(first, row) : row);
  }
  return [...byId.values()];
}

/** The first listing counts; the other adds how else the user came to own the asset. */
function unite(first: AssetUpsert, other: AssetUpsert): AssetUpsert {
  return {
    ...first,
    sources: [...new Set([...first.sources, ...other.sources])],
    releases: [...new Set([...first.releases, ...other.releases])],
  };
}

function findKnown(db: Database, assets: readonly AssetUpsert[]): Map<string, Known> {
  const rows = db.all(
    "SELECT * FROM assets WHERE id IN (SELECT value FROM json_each(?))",
    JSON.stringify(assets.map((asset) => asset.id)),
  );
  return new Map(rows.map((row) => {
    const asset = { ...toAsset(row), number: int(row, "number") };
    return [asset.id, asset];
  }));
}

/** `moved`: only its sources or releases changed, which says nothing about the model. */
function compare(
  before: Known,
  after: AssetUpsert,
  scanId: number,
): "updated" | "unchanged" | "moved" | "repeated" {
  if (before.seenScan === scanId && before.availability !== "gone") return "repeated";
  const same = before.availability !== "gone" && before.title === after.title &&
    before.creator === after.creator && before.updatedAt === after.updatedAt &&
    before.thumbUrl === after.thumbUrl && before.url === after.url &&
    before.revision === after.revision && before.ref === after.ref &&
    sameList(before.tags, after.tags);
  if (!same) return "updated";
  const stays = sameList(before.sources, after.sources) &&
    sameList(before.releases, after.releases);
  return stays ? "unchanged" : "moved";
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function insert(db: Database, asset: AssetUpsert, context: UpsertContext): void {
  db.run(
    `INSERT INTO assets (title, creator, updated_at, thumb_url, url, tags, sources, releases, revision, ref,
      seen_scan, id, provider, wanted, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...columns(asset, context),
    asset.id,
    asset.provider,
    context.wanted ? 1 : 0,
    context.addedAt,
  );
}

function update(db: Database, number: number, asset: AssetUpsert, context: UpsertContext): void {
  db.run(
    `UPDATE assets SET title = ?, creator = ?, updated_at = ?, thumb_url = ?, url = ?, tags = ?, sources = ?,
      releases = ?, revision = ?, ref = ?, seen_scan = ?,
      detail_revision = iif(availability = 'gone', NULL, detail_revision),
      availability = iif(availability = 'gone', 'public', availability)
    WHERE number = ?`,
    ...columns(asset, context),
    number,
  );
}

function columns(asset: AssetUpsert, context: UpsertContext): (string | number | null)[] {
  return [
    asset.title,
    asset.creator,
    asset.updatedAt,
    asset.thumbUrl,
    asset.url,
    JSON.stringify(asset.tags),
    JSON.stringify(asset.sources),
    JSON.stringify(asset.releases),
    asset.revision,
    asset.ref,
    context.scanId,
  ];
}

function highestNumber(db: Database): number {
  return int(db.get("SELECT ifnull(max(number), 0) AS n FROM assets") ?? {}, "n");
}

/** Brings the full-text index in step: assets numbered after `last` are new, `reworded` ones have changed. */
function searchable(db: Database, last: number, reworded: readonly number[]): void {
  const changed = JSON.stringify(reworded);
  if (reworded.length > 0) {
    db.run("DELETE FROM assets_fts WHERE rowid IN (SELECT value FROM json_each(?))", changed);
  }
  db.run(
    `INSERT INTO assets_fts (rowid, title, creator, tags)
    SELECT number, title, creator, tags FROM assets
    WHERE number > ? OR number IN (SELECT value FROM json_each(?))`,
    last,
    changed,
  );
}

function markSeen(db: Database, numbers: readonly number[], scanId: number): void {
  db.run(
    "UPDATE assets SET seen_scan = ? WHERE number IN (SELECT value FROM json_each(?))",
    scanId,
    JSON.stringify(numbers),
  );
}
