import { clip } from "./lenient.ts";

/**
 * What a row's `release` means to a person.
 *
 * The forms `type:tribes-tier;…`, `type:campaign-tier;…` and `type:store-bundle;…` are known; plain ids, months and slugs
 * occur too and stay as they are.
 */
export function releaseText(release: string, bundleNames: ReadonlyMap<string, string>): string {
  const fields = new Map<string, string>();
  for (const part of release.split(";")) {
    const colon = part.indexOf(":");
    if (colon > 0) fields.set(part.slice(0, colon).trim(), part.slice(colon + 1).trim());
  }
  switch (fields.get("type")) {
    case "tribes-tier": {
      const month = /^(\d{4})(\d\d)$/.exec(fields.get("yearmonth") ?? "");
      return month === null ? release : `Tribe ${month[2]}/${month[1]}`;
    }
    case "campaign-tier": {
      const tier = fields.get("tierId") ?? "";
      return tier === "" ? release : `Campaign tier ${tier}`;
    }
    case "store-bundle": {
      const bundle = fields.get("bundleId") ?? "";
      return bundle === "" ? release : bundleText(bundle, bundleNames);
    }
    default:
      return release;
  }
}

/** "Bundle: Name", or "Bundle 500" for a bundle that the library does not list. */
export function bundleText(bundle: string, bundleNames: ReadonlyMap<string, string>): string {
  const name = bundleNames.get(bundle);
  return name === undefined ? `Bundle ${bundle}` : clip(`Bundle: ${name}`, 500);
}
