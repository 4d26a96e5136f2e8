/**
 * What a row's `release` and `bundleId` mean.
 *
 * The forms `type:tribes-tier;…`, `type:campaign-tier;…` and `type:store-bundle;…` are known; plain numbers, months and
 * slugs occur too.
 *
 * @module
 */

import type { Release } from "../sdk/mod.ts";
import { clip } from "./lenient.ts";
import type { LibraryRow } from "./library_row.ts";
import type { Names } from "./names.ts";

/** The releases and bundles that a row's model came in, each once. */
export function releasesOf(row: LibraryRow, names: Names): Release[] {
  const found = new Map<string, Release>();
  for (const bundle of bundlesOf(row)) found.set(`bundle-${bundle}`, bundleRelease(bundle, names));
  if (row.release !== null) {
    const release = releaseOf(row.release, row, names);
    if (release !== null) found.set(release.id, release);
  }
  return [...found.values()];
}

/** A bundle is in itself, so that whoever looks at it finds all of it. */
function bundlesOf({ kind, number, bundleId, release }: LibraryRow): Set<string> {
  const own = kind === "bundle" ? bundleId ?? number : bundleId;
  const bought = fieldsOf(release ?? "");
  const named = bought.get("type") === "store-bundle" ? bought.get("bundleId") : undefined;
  return new Set([own, named].filter((bundle) => bundle !== undefined && bundle !== null));
}

function bundleRelease(bundle: string, names: Names): Release {
  const name = names.bundles.get(bundle);
  const id = clip(`bundle-${bundle}`, 500);
  return {
    id,
    kind: "bundle",
    label: clip(name ?? `Bundle ${bundle}`, 500),
    isNamed: name !== undefined || names.settled.has(id),
    owner: null,
    month: null,
  };
}

function releaseOf(raw: string, row: LibraryRow, names: Names): Release | null {
  const fields = fieldsOf(raw);
  const release = (
    key: string,
    madeUp: string,
    { owner = row.creator, month = null }: Partial<Pick<Release, "owner" | "month">> = {},
  ): Release => {
    const name = names.releases.get(key) ?? null;
    const id = clip(key, 500);
    return {
      id,
      kind: "release",
      label: clip(name === null ? madeUp : tidied(name), 500),
      isNamed: name !== null || names.settled.has(id),
      owner,
      month: month ?? monthOf(name ?? ""),
    };
  };
  switch (fields.get("type")) {
    case "store-bundle":
      return fields.has("bundleId") ? null : release(raw, raw);
    case "campaign-tier": {
      const tier = fields.get("tierId") ?? "";
      // The order's number differs each time that the same pledge is added to.
      const owner = names.campaigns.get(row.campaignId ?? "") ?? row.creator;
      return tier === ""
        ? release(raw, raw)
        : release(`pledge-${tier}`, `Campaign pledge ${tier}`, { owner });
    }
    case "tribes-tier": {
      const month = monthOf(fields.get("yearmonth") ?? "");
      const owner = names.tribes.get(fields.get("owner") ?? "") ??
        names.tribes.get(row.creatorId ?? "") ?? row.creator;
      const tier = fields.get("tier") ?? "";
      return month === null
        ? release(raw, raw, { owner })
        : release(raw, `${written(month)}${tier === "" ? "" : ` – tier ${tier}`}`, {
          owner,
          month,
        });
    }
    default: {
      const month = monthOf(raw);
      const group = row.source === "user_group" ? names.groups.get(raw) : undefined;
      if (group !== undefined && !names.releases.has(raw)) {
        return { ...release(raw, group), isNamed: true };
      }
      return release(raw, month === null ? raw : written(month), { month });
    }
  }
}

function fieldsOf(release: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of release.split(";")) {
    const colon = part.indexOf(":");
    if (colon > 0) fields.set(part.slice(0, colon).trim(), part.slice(colon + 1).trim());
  }
  return fields;
}

/** `YYYY-MM` of `202309`, `2023-09` or `09/2023 - …`, else null. */
function monthOf(text: string): string | null {
  const year = /^(\d{4})-?(\d\d)$/.exec(text);
  const label = /^(\d\d)\/(\d{4})\b/.exec(text);
  const [y, m] = year ? [year[1], year[2]] : label ? [label[2], label[1]] : [];
  return y !== undefined && m !== undefined && Number(m) >= 1 && Number(m) <= 12
    ? `${y}-${m}`
    : null;
}

/** As the site writes months: `09/2023`. */
function written(month: string): string {
  return `${month.slice(5)}/${month.slice(0, 4)}`;
}

/** `09/2023 - tier: Elders` is `09/2023 – Elders`. */
function tidied(label: string): string {
  return label.replace(/^(\d\d\/\d{4}) - (?:tier: ?)?/i, "$1 – ");
}
