import type { Asset } from "../sdk/mod.ts";
import type { LibraryRow } from "./library_row.ts";
import { writeRef } from "./asset_ref.ts";
import { bundleText, releaseText } from "./releases.ts";
import { SITE, siteUrl } from "./site.ts";
import { hashText } from "./stable_id.ts";

// No model comes by more ways than this; the core refuses a page for one list that is too long.
const MOST_NAMES = 100;

/** An asset and how many rows of the library speak of it. */
export interface MergedAsset {
  readonly asset: Asset;
  readonly rows: number;
}

/**
 * Makes one asset of all rows with the same id. The site lists a model once for each grant (purchase, tribe month,
 * pledge), so sources, releases and tags are united, and the newest row speaks for the rest.
 *
 * Neither the order of the rows nor repeated ones change an asset. Sorted by id.
 */
export function mergeRows(rows: readonly LibraryRow[]): MergedAsset[] {
  const byId = new Map<string, LibraryRow[]>();
  const bundleNames = new Map<string, string>();
  const bundlePreviews = previewsOfBundles(rows);
  for (const row of [...rows].sort(newestFirst)) {
    const group = byId.get(row.id);
    if (group === undefined) byId.set(row.id, [row]);
    else group.push(row);
    if (row.kind === "bundle" && row.title !== null) {
      const bundle = bundleOf(row);
      if (bundle !== null && !bundleNames.has(bundle)) bundleNames.set(bundle, row.title);
    }
  }
  return [...byId.values()]
    .map((group) => ({ asset: toAsset(group, bundleNames, bundlePreviews), rows: group.length }))
    .sort((a, b) => compare(a.asset.id, b.asset.id));
}

/** Order by code units: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A bundle looks like the model in it with the lowest id that has a picture. */
function previewsOfBundles(rows: readonly LibraryRow[]): Map<string, string> {
  const found = new Map<string, { readonly id: string; readonly preview: string }>();
  for (const { kind, id, bundleId, preview } of rows) {
    if (kind !== "object" || bundleId === null || preview === null) continue;
    const before = found.get(bundleId);
    const order = before === undefined
      ? -1
      : compare(id, before.id) || compare(preview, before.preview);
    if (order < 0) found.set(bundleId, { id, preview });
  }
  return new Map([...found].map(([bundle, { preview }]) => [bundle, preview]));
}

function toAsset(
  rows: readonly LibraryRow[],
  bundleNames: ReadonlyMap<string, string>,
  bundlePreviews: ReadonlyMap<string, string>,
): Asset {
  const id = first(rows, (row) => row.id) ?? "";
  const kind = first(rows, (row) => row.kind) ?? "object";
  const title = first(rows, (row) => row.title);
  const updatedAt = first(rows, (row) => row.updatedAt);
  const publishedAt = union(rows, (row) => [row.publishedAt]).at(-1) ?? null;
  const number = first(rows, (row) => row.originalId) ?? first(rows, (row) => row.number) ?? "";
  return {
    id,
    title: title ?? `Untitled ${id}`,
    creator: first(rows, (row) => row.creator),
    updatedAt,
    // Rows always carry the creator's avatar, which is no picture of the model; that comes with its files.
    thumbUrl: first(rows, (row) => {
      const preview = row.preview ?? bundlePreviews.get(bundleOf(row) ?? "") ?? null;
      return preview === null ? null : siteUrl(preview)?.href ?? null;
    }),
    url: kind === "object" ? objectPage(title, number) : null,
    tags: union(rows, (row) => row.tags).slice(0, MOST_NAMES),
    sources: union(rows, (row) => [row.source]).slice(0, MOST_NAMES),
    releases: union(rows, (row) => releasesOf(row, bundleNames)).slice(0, MOST_NAMES),
    // A new grant of the same model does not touch its files, so source, release and date of it stay out.
    revision: [updatedAt, publishedAt, hashText(title ?? "")].join(" "),
    ref: writeRef({ number, updatedAt }),
  };
}

/** The number that a bundle's models name it by; null for a model. */
function bundleOf({ kind, bundleId, number }: LibraryRow): string | null {
  return kind === "bundle" ? bundleId ?? number : null;
}

function releasesOf(row: LibraryRow, bundleNames: ReadonlyMap<string, string>): string[] {
  const texts = row.release === null ? [] : [releaseText(row.release, bundleNames)];
  if (row.kind === "object" && row.bundleId !== null && bundleNames.has(row.bundleId)) {
    texts.push(bundleText(row.bundleId, bundleNames));
  }
  return texts;
}

// The listing has no address; this is how the site builds it from the name.
function objectPage(title: string | null, number: string): string {
  const slug = (title ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `${SITE}/object/3d-print-${slug === "" ? "" : `${slug}-`}${number}`;
}

function newestFirst(a: LibraryRow, b: LibraryRow): number {
  return compare(b.updatedAt ?? "", a.updatedAt ?? "") ||
    compare(JSON.stringify(a), JSON.stringify(b));
}

function first<T>(rows: readonly LibraryRow[], pick: (row: LibraryRow) => T | null): T | null {
  for (const row of rows) {
    const value = pick(row);
    if (value !== null) return value;
  }
  return null;
}

function union(
  rows: readonly LibraryRow[],
  pick: (row: LibraryRow) => readonly (string | null)[],
): string[] {
  const values = rows.flatMap(pick).filter((value) => value !== null);
  return [...new Set(values)].sort(compare);
}
