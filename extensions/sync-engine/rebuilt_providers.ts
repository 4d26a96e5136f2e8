import * as v from "valibot";
import type { Store } from "./store/store.ts";

const KEY = "rebuiltProviders";
const Ids = v.array(v.string());

/**
 * Providers whose models were read back from disk and not listed since. What their next list brings besides is not wanted
 * by itself: the user may have had no use for it, and that nobody knows any more.
 */
export function rebuiltProviders(store: Store): readonly string[] {
  return store.settings.get(KEY, Ids, []);
}

export function addRebuiltProviders(store: Store, ids: Iterable<string>): void {
  store.settings.set(KEY, Ids, [...new Set([...rebuiltProviders(store), ...ids])]);
}

/** A list of the provider was read to its end. */
export function forgetRebuiltProvider(store: Store, id: string): void {
  const all = rebuiltProviders(store);
  if (all.includes(id)) store.settings.set(KEY, Ids, all.filter((one) => one !== id));
}
