import type { Database } from "./database.ts";
import { int, strings, text } from "./rows.ts";

/** A value and how many assets have it. */
export interface Facet {
  readonly value: string;
  readonly assets: number;
}

/** What assets can be told apart by; most frequent first. An asset has one or more sources. */
export interface AssetFacets {
  readonly providers: readonly Facet[];
  readonly sources: readonly Facet[];
  readonly availabilities: readonly Facet[];
}

/** Counts every value of provider, source and availability. */
export function assetFacets(db: Database): AssetFacets {
  // In the order of the index `assets_by_state`, which is walked once.
  const groups = db.all(
    `SELECT availability, provider, sources, count(*) AS n FROM assets
    GROUP BY wanted, availability, provider, sources`,
  );
  const [providers, sources, availabilities] = [new Counts(), new Counts(), new Counts()];
  for (const group of groups) {
    const assets = int(group, "n");
    providers.add(text(group, "provider"), assets);
    availabilities.add(text(group, "availability"), assets);
    for (const source of strings(group, "sources")) sources.add(source, assets);
  }
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
      .sort((a, b) => b.assets - a.assets || (a.value < b.value ? -1 : 1));
  }
}
