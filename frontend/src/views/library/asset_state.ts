import type { AssetRow } from "../../../../extensions/sync-engine/protocol.ts";

/** How much of a model is here, in one word. */
export type AssetState =
  | "here"
  | "partly"
  | "absent"
  | "outdated"
  | "locked"
  | "gone"
  | "empty";

export function stateOf(asset: AssetRow): AssetState {
  const { availability, detailRevision, hasUpdates, files, filesHere } = asset;
  if (filesHere > 0 && hasUpdates) return "outdated";
  if (files > 0 && filesHere === files) return "here";
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
  empty: "neutral",
} as const satisfies Record<AssetState, string>;
