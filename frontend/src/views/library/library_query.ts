import { createSignal } from "solid-js";
import type { Asked, AssetFilter } from "../../../../extensions/sync-engine/protocol.ts";

export type Sort = NonNullable<Asked<"library.query">["sort"]>;

/** What the library view asks for. */
export interface LibraryQuery {
  readonly filter: AssetFilter;
  readonly sort: Sort;
  readonly descending: boolean;
}

type Changes = { readonly [K in keyof AssetFilter]?: AssetFilter[K] | undefined };

// Kept while the window is open: whoever comes back finds the view as it was.
const [query, setQuery] = createSignal<LibraryQuery>({
  filter: {},
  sort: "title",
  descending: false,
});

export const libraryQuery = query;

/** Changes some conditions; `undefined` takes one away. */
export function changeFilter(changes: Changes): void {
  setQuery((before) => {
    const all = Object.entries({ ...before.filter, ...changes });
    return {
      ...before,
      filter: Object.fromEntries(all.filter(([, value]) => value !== undefined)),
    };
  });
}

export function clearFilter(): void {
  setQuery((before) => ({ ...before, filter: {} }));
}

/** Sorts by a column; by the same one again the other way round. */
export function sortBy(sort: Sort): void {
  setQuery((before) => ({
    ...before,
    sort,
    descending: before.sort === sort
      ? !before.descending
      : sort !== "title" && sort !== "creator" && sort !== "provider",
  }));
}
