import type { AssetRow } from "../../../../extensions/sync-engine/protocol.ts";

/** How much of a model is here, in one word. */
export type AssetState =
  | "here"
  | "partly"
  | "absent"
  | "outdated"
  | "locked"
  | "gone"
  /** Listed, but the site says that there is no such model any more. */
  | "vanished"
  | "empty";

export function stateOf(asset: AssetRow): AssetState {
  const { availability, denied, detailRevision, hasUpdates, files, filesHere } = asset;
  if (filesHere > 0 && hasUpdates) return "outdated";
  if (files > 0 && filesHere === files) return "here";
  if (denied === "gone") return "vanished";
  if (availability === "locked" || availability === "gone") return availability;
  if (filesHere > 0) return "partly";
  return files === 0 && detailRevision !== null ? "empty" : "absent";
}

/** How a state is coloured. */
export const STATE_TONES = {
  here: "ok",
  partly: "accent",
  absent: "neutral",
  outdated: "warn",
  locked: "warn",
  gone: "neutral",
  vanished: "neutral",
  empty: "neutral",
} as const satisfies Record<AssetState, string>;
