/**
 * The whole library comes as one answer without paging; it is read once and handed out in pages.
 *
 * @module
 */

import type { Host, LibraryPage, Quarantined, Release } from "../sdk/mod.ts";
import { fetchNames } from "./fetch_names.ts";
import { type LibraryRow, parseRow } from "./library_row.ts";
import { compare, type MergedAsset, mergeRows } from "./merge_rows.ts";
import { type Names, noNames } from "./names.ts";
import { getJson } from "./site.ts";

/** Assets on a page. */
export const PAGE_SIZE = 1000;

/** The library as it was listed, merged. Assets are sorted by id. */
export interface Library {
  readonly assets: readonly MergedAsset[];
  readonly quarantined: readonly Quarantined[];
}

/**
 * Reads the whole library.
 *
 * @param named Ids of releases whose names are known: they are not asked about, and left out.
 * @throws `needsAuth` when signed out, `badResponse` when it is not the complete list
 */
export async function readLibrary(
  host: Host,
  named: ReadonlySet<string> = new Set(),
): Promise<Library> {
  const answer = await getJson(host, "/api/data-library/objectPreviews");
  switch (answer.kind) {
    case "json":
      break;
    case "missing":
      throw host.error(
        "badResponse",
        "MyMiniFactory no longer has the library list at its address",
      );
    default:
      // The list ignores OAuth tokens: without a session of the site it shows the page for visitors.
      throw host.error(
        "needsAuth",
        "MyMiniFactory shows its sign-in page instead of your library. Sign in again on the website; an access token alone does not open the library",
      );
  }
  if (!Array.isArray(answer.value)) {
    throw host.error("badResponse", "MyMiniFactory answered something else than the library list");
  }
  const { rows, quarantined } = parseRows(answer.value);
  const assets = mergeRows(rows, await fetchNames(host, rows, named));
  return { assets: assets.map((asset) => withNews(asset, named)), quarantined };
}

/** Without the releases of which nothing was asked, as nothing is new of them. */
function withNews(asset: MergedAsset, named: ReadonlySet<string>): MergedAsset {
  const releases = asset.releases.filter(({ id, isNamed }) => isNamed || !named.has(id));
  return { ...asset, releases };
}

/** Merges the rows and sets aside those that are not understood. */
export function parseLibrary(values: readonly unknown[], names: Names = noNames()): Library {
  const { rows, quarantined } = parseRows(values);
  return { assets: mergeRows(rows, names), quarantined };
}

function parseRows(values: readonly unknown[]): {
  readonly rows: readonly LibraryRow[];
  readonly quarantined: readonly Quarantined[];
} {
  const rows: LibraryRow[] = [];
  const quarantined: Quarantined[] = [];
  values.forEach((value, index) => {
    const row = parseRow(value, index + 1);
    if ("reason" in row) quarantined.push(row);
    else rows.push(row);
  });
  return { rows, quarantined };
}

/**
 * The page after `cursor`, the last id already handed out. Going on by id and not by position means that a list that
 * had to be read again half-way, and has changed, still gives every asset that both lists have.
 */
export function pageOf(library: Library, cursor: string | null): LibraryPage {
  const { assets } = library;
  const start = cursor === null ? 0 : firstAfter(assets, cursor);
  const slice = assets.slice(start, start + PAGE_SIZE);
  const quarantined = cursor === null ? library.quarantined : [];
  const rows = slice.reduce((sum, entry) => sum + entry.rows, 0);
  const last = slice.at(-1);
  return {
    seen: rows + quarantined.length,
    assets: slice.map((entry) => entry.asset),
    merged: rows - slice.length,
    quarantined,
    releases: releasesOf(slice),
    next: last !== undefined && start + slice.length < assets.length ? last.asset.id : null,
  };
}

function firstAfter(assets: readonly MergedAsset[], id: string): number {
  const index = assets.findIndex((entry) => compare(entry.asset.id, id) > 0);
  return index === -1 ? assets.length : index;
}

/** Each once; where several assets name one, the first that knows whose it is tells. */
function releasesOf(assets: readonly MergedAsset[]): Release[] {
  const found = new Map<string, Release>();
  for (const release of assets.flatMap(({ releases }) => releases)) {
    if ((found.get(release.id)?.owner ?? null) === null) found.set(release.id, release);
  }
  return [...found.values()];
}
