import * as v from "valibot";
import type { Move } from "./files/move_library.ts";
import type { Store } from "./store/store.ts";

const KEY = "rootMove";

const RootMoveSchema = v.object({
  from: v.string(),
  to: v.string(),
  entries: v.array(v.string()),
  startedAt: v.number(),
  /** Whether the new root's folder was made for the move. */
  made: v.boolean(),
  /** `moving`: the old root counts. `clearing`: the new one counts, the old one still has copies. */
  phase: v.picklist(["moving", "clearing"]),
});

/** A move of the library that has begun and not ended, as it is remembered over a crash. */
export type RootMove = v.InferOutput<typeof RootMoveSchema> & Move;

export function readRootMove(store: Pick<Store, "settings">): RootMove | null {
  return store.settings.get(KEY, v.nullable(RootMoveSchema), null);
}

export function writeRootMove(store: Pick<Store, "settings">, move: RootMove): void {
  store.settings.set(KEY, RootMoveSchema, move);
}

export function forgetRootMove(store: Pick<Store, "settings">): void {
  store.settings.remove(KEY);
}
