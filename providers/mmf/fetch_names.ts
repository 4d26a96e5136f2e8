import type { Host } from "../sdk/mod.ts";
import type { LibraryRow } from "./library_row.ts";
import { type NameAnswer, type Names, noNames, takeNames } from "./names.ts";
import { releasesOf } from "./releases.ts";
import { getJson, type JsonAnswer } from "./site.ts";

/** Most calls for names in one scan: they are a nicety, and the site limits how much is asked. */
const MOST_CALLS = 40;

/** Bundles asked for by one call. */
const BUNDLES_PER_CALL = 50;

/**
 * Asks the site what the releases and bundles of these rows are called: only the kinds that occur, in few calls, the
 * most frequent first. A name that does not come is made up instead; the first sign of trouble ends the asking.
 *
 * @param named Ids of releases and bundles that are not asked about again.
 */
export async function fetchNames(
  host: Host,
  all: readonly LibraryRow[],
  named: ReadonlySet<string> = new Set(),
): Promise<Names> {
  const names = noNames();
  const unnamed = (row: LibraryRow) =>
    releasesOf(row, names).map(({ id }) => id).filter((id) => !named.has(id));
  const rows = all.filter((row) => unnamed(row).length > 0);
  const wanted = rows.flatMap(unnamed);
  let calls = 0;
  let complete = true;
  const ask = async (kind: NameAnswer, tail = ""): Promise<void> => {
    if (++calls > MOST_CALLS) throw new Error(`More than ${MOST_CALLS} calls for names`);
    const answer = await getJson(host, `/api/data-library/${kind}${tail}`);
    if (!mayGoOn(answer)) throw new Error(`The site answered ${answer.kind}`);
    if (answer.kind === "json") takeNames(names, kind, answer.value);
    else complete = false;
  };
  try {
    if (has(rows, "tribe", "the_adventure")) {
      await ask("tribes_metadata");
      const owners = rows.filter(({ source }) => source === "tribe" || source === "the_adventure")
        .flatMap(({ release, creatorId }) => [ownerOf(release), creatorId]);
      for (const owner of byFrequency(owners, [...names.tribes.keys()])) {
        await ask("tribe_releases_metadata", `/${encodeURIComponent(owner)}`);
      }
    }
    if (has(rows, "mmfplus")) await ask("mmfplus_releases_metadata");
    if (has(rows, "user_group")) {
      await ask("userGroups_metadata");
      for (const group of names.groups.keys()) {
        await ask("userGroup_releases_metadata", `/${encodeURIComponent(group)}`);
      }
    }
    if (has(rows, "frontier")) {
      await ask("frontiers_metadata");
      const campaigns = rows.map(({ campaignId }) => campaignId);
      for (const campaign of byFrequency(campaigns, [...names.campaigns.keys()])) {
        await ask("frontier_releases_metadata", `/${encodeURIComponent(campaign)}`);
      }
    }
    const unlisted = unlistedBundles(rows, all);
    for (let at = 0; at < unlisted.length; at += BUNDLES_PER_CALL) {
      const ids = unlisted.slice(at, at + BUNDLES_PER_CALL).map((number) => `ids[]=${number}`);
      await ask("bundles_metadata", `?${ids.join("&")}`);
    }
    if (complete) {
      for (const id of wanted) names.settled.add(id);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    host.log("info", `Some releases stay without their names: ${reason}`);
  }
  return names;
}

function ownerOf(release: string | null): string | null {
  return /\bowner:(\d+)/.exec(release ?? "")?.[1] ?? null;
}

/** What is not there is no trouble; a page for visitors means that the rest would be refused too. */
function mayGoOn({ kind }: JsonAnswer): boolean {
  return kind === "json" || kind === "missing";
}

function has(rows: readonly LibraryRow[], ...sources: readonly string[]): boolean {
  return rows.some(({ source, release }) =>
    source !== null && release !== null && sources.includes(source)
  );
}

/** Those of `known` that occur, the most frequent first. */
function byFrequency(values: readonly (string | null)[], known: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return known.filter((one) => counts.has(one))
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}

/** Bundles that models belong to without being listed themselves. */
function unlistedBundles(rows: readonly LibraryRow[], all: readonly LibraryRow[]): string[] {
  const listed = new Set(
    all.filter(({ kind }) => kind === "bundle").map(({ bundleId, number }) => bundleId ?? number),
  );
  const named = new Set<string>();
  for (const { bundleId } of rows) {
    if (bundleId !== null && !listed.has(bundleId)) named.add(bundleId);
  }
  return [...named];
}
