import type { Database } from "./database.ts";
import { IS_EMPTY } from "./asset.ts";
import { int, strings, text } from "./rows.ts";

/** A value and how many assets have it. */
export interface Facet {
  readonly value: string;
  readonly assets: number;
}

/**
 * What assets can be told apart by; most frequent first. An asset has one or more sources. Those of `availabilities` that
 * are `empty` are `public` or `withdrawn`, too.
 */
export interface AssetFacets {
  readonly providers: readonly Facet[];
  readonly sources: readonly Facet[];
  readonly availabilities: readonly Facet[];
}

/** Counts every value of provider, source and availability. */
export function assetFacets(db: Database): AssetFacets {
  // In the order of the index `assets_by_state`, which is walked once.
  const groups = db.all(
    `SELECT availability, provider, sources, count(*) AS n, total(${IS_EMPTY}) AS empty FROM assets a
    GROUP BY wanted, availability, provider, sources`,
  );
  const vanished = int(
    db.get(
      `SELECT count(*) AS n FROM denials d JOIN assets a ON a.number = d.asset
      WHERE d.kind = 'gone' AND a.availability = 'locked'`,
    ) ?? {},
    "n",
  );
  const [providers, sources, availabilities] = [new Counts(), new Counts(), new Counts()];
  for (const group of groups) {
    const assets = int(group, "n");
    providers.add(text(group, "provider"), assets);
    availabilities.add(text(group, "availability"), assets);
    availabilities.add("empty", int(group, "empty"));
    for (const source of strings(group, "sources")) sources.add(source, assets);
  }
  availabilities.add("locked", -vanished);
  availabilities.add("vanished", vanished);
  return {
    providers: providers.facets(),
    sources: sources.facets(),
    availabilities: availabilities.facets(),
  };
}

class Counts {
  readonly #byValue = new Map<string, number>();

  add(value: string, assets: number): void {
    this.#byValue.set(value, (this.#byValue.get(value) ?? 0) + assets);
  }

  facets(): Facet[] {
    return [...this.#byValue].map(([value, assets]) => ({ value, assets }))
      .filter(({ assets }) => assets > 0)
      .sort((a, b) => b.assets - a.assets || (a.value < b.value ? -1 : 1));
  }
}
