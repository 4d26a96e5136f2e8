import type { AssetUpsert } from "./asset.ts";
import { forgetWords, learnWords } from "./asset_search.ts";
import type { Database } from "./database.ts";
import { int, type Row, strings, text, textOrNull } from "./rows.ts";
import { sortKey } from "./sort_key.ts";

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
  /** What the rows tell may be older than what is known: the newer update counts, and grants are added. */
  readonly mayBeOld: boolean;
}

/** Ids looked up at a time. */
const BATCH = 5_000;

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
    const words = new Map<number, string>();
    let last = highestNumber(db);
    for (let asset of assets) {
      const before = known.get(asset.id);
      if (!before) {
        insert(db, ++last, asset, context);
        words.set(last, searchable(asset));
        tally.added++;
        continue;
      }
      const number = int(before, "number");
      if (context.mayBeOld) asset = withNewer(before, asset);
      const outcome = compare(before, asset, context.scanId);
      tally[outcome === "moved" ? "unchanged" : outcome]++;
      if (outcome === "unchanged") unchanged.push(number);
      else if (outcome === "repeated") updateOrigins(db, number, before, asset);
      else update(db, number, asset, context);
      if (outcome === "updated") {
        reworded.push(number);
        words.set(number, searchable(asset));
      }
    }
    forgetWords(db, reworded);
    learnWords(db, words);
    markSeen(db, unchanged, context.scanId);
  }
  return tally;
}

function searchable({ title, creator, tags }: AssetUpsert): string {
  return [title, creator, ...tags].join(" ");
}

function uniteRepeated(rows: readonly AssetUpsert[]): AssetUpsert[] {
  const byId = new Map<string, AssetUpsert>();
  for (const row of rows) {
    const first = byId.get(row.id);
    byId.set(row.id, first ? unite(first, row) : row);
  }
  return [...byId.values()];
}

function unite(first: AssetUpsert, other: AssetUpsert): AssetUpsert {
  return {
    ...first,
    sources: union(first.sources, other.sources),
    releases: union(first.releases, other.releases),
  };
}

function union(first: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...first, ...other])];
}

/** By id; only what a comparison needs. */
function findKnown(db: Database, assets: readonly AssetUpsert[]): Map<string, Row> {
  const rows = db.all(
    `SELECT number, id, title, creator, updated_at, updated_key, thumb_url, url, tags, sources, releases, revision, ref,
      availability, seen_scan
    FROM assets WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(assets.map((asset) => asset.id)),
  );
  return new Map(rows.map((row) => [text(row, "id"), row]));
}

/** The asset with what the newer of the two tells, and all grants of both. */
function withNewer(before: Row, after: AssetUpsert): AssetUpsert {
  const united = {
    sources: union(strings(before, "sources"), after.sources),
    releases: union(strings(before, "releases"), after.releases),
  };
  const isOlder = int(before, "updated_key") > updatedKey(after);
  if (!isOlder || before["availability"] === "gone") return { ...after, ...united };
  return {
    ...after,
    ...united,
    title: text(before, "title"),
    creator: text(before, "creator"),
    updatedAt: textOrNull(before, "updated_at"),
    url: textOrNull(before, "url"),
    tags: strings(before, "tags"),
    revision: text(before, "revision"),
    ref: text(before, "ref"),
    thumbUrl: textOrNull(before, "thumb_url"),
  };
}

/** `moved`: only its sources or releases changed, which says nothing about the model. */
function compare(
  before: Row,
  after: AssetUpsert,
  scanId: number,
): "updated" | "unchanged" | "moved" | "repeated" {
  const gone = before["availability"] === "gone";
  if (before["seen_scan"] === scanId && !gone) return "repeated";
  const same = !gone && before["title"] === after.title && before["creator"] === after.creator &&
    before["updated_at"] === after.updatedAt && isSameThumb(before, after) &&
    before["url"] === after.url && before["revision"] === after.revision &&
    before["ref"] === after.ref && before["tags"] === JSON.stringify(after.tags);
  if (!same) return "updated";
  const stays = before["sources"] === JSON.stringify(after.sources) &&
    before["releases"] === JSON.stringify(after.releases);
  return stays ? "unchanged" : "moved";
}

/** A list without pictures says nothing against the one that a look at the asset brought. */
function isSameThumb(before: Row, { thumbUrl }: AssetUpsert): boolean {
  return thumbUrl === null || before["thumb_url"] === thumbUrl;
}

function insert(db: Database, number: number, asset: AssetUpsert, context: UpsertContext): void {
  db.run(
    `INSERT INTO assets (title, creator, updated_at, thumb_url, url, tags, sources, releases, revision, ref,
      title_key, creator_key, updated_key, seen_scan, number, id, provider, wanted, added_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...columns(asset, context),
    number,
    asset.id,
    asset.provider,
    context.wanted ? 1 : 0,
    context.addedAt,
  );
}

function update(db: Database, number: number, asset: AssetUpsert, context: UpsertContext): void {
  db.run(
    `UPDATE assets SET title = ?, creator = ?, updated_at = ?, thumb_url = coalesce(?, thumb_url), url = ?, tags = ?, sources = ?,
      releases = ?, revision = ?, ref = ?, title_key = ?, creator_key = ?, updated_key = ?, seen_scan = ?,
      detail_revision = iif(availability = 'gone', NULL, detail_revision),
      availability = iif(availability = 'gone', 'public', availability)
    WHERE number = ?`,
    ...columns(asset, context),
    number,
  );
}

/** The first listing counts; another one adds how else the user came to own the asset. */
function updateOrigins(db: Database, number: number, before: Row, again: AssetUpsert): void {
  db.run(
    "UPDATE assets SET sources = ?, releases = ? WHERE number = ?",
    JSON.stringify(union(strings(before, "sources"), again.sources)),
    JSON.stringify(union(strings(before, "releases"), again.releases)),
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
    sortKey(asset.title),
    sortKey(asset.creator),
    updatedKey(asset),
    context.scanId,
  ];
}

function updatedKey({ updatedAt }: AssetUpsert): number {
  return Date.parse(updatedAt ?? "") || 0;
}

function highestNumber(db: Database): number {
  return int(db.get("SELECT ifnull(max(number), 0) AS n FROM assets") ?? {}, "n");
}

function markSeen(db: Database, numbers: readonly number[], scanId: number): void {
  db.run(
    "UPDATE assets SET seen_scan = ? WHERE number IN (SELECT value FROM json_each(?))",
    scanId,
    JSON.stringify(numbers),
  );
}
