import * as v from "valibot";
import type { Store } from "./store/store.ts";

const KEY = "queueHeld";

/** Whether the user holds the whole queue, with what joins it later. Remembered across restarts. */
export function isHeld(store: Store): boolean {
  return store.settings.get(KEY, v.boolean(), false);
}

export function setHeld(store: Store, held: boolean): void {
  store.settings.set(KEY, v.boolean(), held);
}
