import type { Asset, Release } from "../sdk/mod.ts";
import type { LibraryRow } from "./library_row.ts";
import { writeRef } from "./asset_ref.ts";
import { type Names, noNames } from "./names.ts";
import { releasesOf } from "./releases.ts";
import { SITE, siteUrl } from "./site.ts";
import { hashText } from "./stable_id.ts";

// No model comes by more ways than this; the core refuses a page for one list that is too long.
const MOST_NAMES = 100;

/** An asset and how many rows of the library speak of it. */
export interface MergedAsset {
  readonly asset: Asset;
  readonly rows: number;
  /** What `asset.releases` names. */
  readonly releases: readonly Release[];
}

/**
 * Makes one asset of all rows with the same id. The site lists a model once for each grant (purchase, tribe month,
 * pledge), so sources, releases and tags are united, and the newest row speaks for the rest.
 *
 * Neither the order of the rows nor repeated ones change an asset. Sorted by id.
 */
export function mergeRows(rows: readonly LibraryRow[], given: Names = noNames()): MergedAsset[] {
  const byId = new Map<string, LibraryRow[]>();
  const names = { ...given, bundles: new Map(given.bundles) };
  const bundlePreviews = previewsOfBundles(rows, names);
  for (const row of [...rows].sort(newestFirst)) {
    const group = byId.get(row.id);
    if (group === undefined) byId.set(row.id, [row]);
    else group.push(row);
    if (row.kind === "bundle" && row.title !== null) {
      const bundle = bundleOf(row);
      if (bundle !== null && !names.bundles.has(bundle)) names.bundles.set(bundle, row.title);
    }
  }
  return [...byId.values()]
    .map((group) => toMerged(group, names, bundlePreviews))
    .sort((a, b) => compare(a.asset.id, b.asset.id));
}

/** Order by code units: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A bundle looks like the model in it with the lowest id that has a picture. */
function previewsOfBundles(
  rows: readonly LibraryRow[],
  { models }: Names,
): Map<string, string> {
  const found = new Map<string, { readonly id: string; readonly preview: string }>();
  for (const { kind, id, bundleId, ...row } of rows) {
    const preview = row.preview ?? models.get(id)?.preview ?? null;
    if (kind !== "object" || bundleId === null || preview === null) continue;
    const before = found.get(bundleId);
    const order = before === undefined
      ? -1
      : compare(id, before.id) || compare(preview, before.preview);
    if (order < 0) found.set(bundleId, { id, preview });
  }
  return new Map([...found].map(([bundle, { preview }]) => [bundle, preview]));
}

function toMerged(
  rows: readonly LibraryRow[],
  names: Names,
  bundlePreviews: ReadonlyMap<string, string>,
): MergedAsset {
  const id = first(rows, (row) => row.id) ?? "";
  const kind = first(rows, (row) => row.kind) ?? "object";
  const title = first(rows, (row) => row.title);
  const updatedAt = first(rows, (row) => row.updatedAt);
  const publishedAt = union(rows, (row) => [row.publishedAt]).at(-1) ?? null;
  const number = first(rows, (row) => row.originalId) ?? first(rows, (row) => row.number) ?? "";
  const more = names.models.get(id);
  const releases = unitedReleases(rows, names);
  const asset: Asset = {
    id,
    title: title ?? more?.title ?? `Untitled ${id}`,
    creator: first(rows, (row) => row.creator) ?? more?.creator ?? null,
    updatedAt,
    // Rows always carry the creator's avatar, which is no picture of the model; that comes with its files.
    thumbUrl: first(rows, (row) => {
      const preview = row.preview ?? more?.preview ?? bundlePreviews.get(bundleOf(row) ?? "") ??
        null;
      return preview === null ? null : siteUrl(preview)?.href ?? null;
    }),
    url: kind === "object" ? objectPage(title, number) : null,
    tags: union(rows, (row) => row.tags).slice(0, MOST_NAMES),
    sources: union(rows, (row) => [row.source]).slice(0, MOST_NAMES),
    releases: releases.map((release) => release.id),
    // A new grant of the same model does not touch its files, so source, release and date of it stay out.
    revision: [updatedAt, publishedAt, hashText(title ?? "")].join(" "),
    ref: writeRef({ number, updatedAt }),
  };
  return { asset, rows: rows.length, releases };
}

/** The number that a bundle's models name it by; null for a model. */
function bundleOf({ kind, bundleId, number }: LibraryRow): string | null {
  return kind === "bundle" ? bundleId ?? number : null;
}

/** The newest row tells whose a release is. */
function unitedReleases(rows: readonly LibraryRow[], names: Names): Release[] {
  const found = new Map<string, Release>();
  for (const row of rows) {
    for (const release of releasesOf(row, names)) {
      if (!found.has(release.id)) found.set(release.id, release);
    }
  }
  return [...found.values()].sort((a, b) => compare(a.id, b.id)).slice(0, MOST_NAMES);
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
