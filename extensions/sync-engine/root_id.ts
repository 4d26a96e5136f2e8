import * as v from "valibot";
import type { Store } from "./store/store.ts";

const KEY = "rootId";

/** Id on the marker of this profile's library root, null before the first sync. */
export function readRootId(store: Store): string | null {
  return store.settings.get(KEY, v.nullable(v.string()), null);
}

export function writeRootId(store: Store, id: string): void {
  store.settings.set(KEY, v.string(), id);
}

export function forgetRootId(store: Store): void {
  store.settings.remove(KEY);
}
