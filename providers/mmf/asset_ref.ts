/**
 * What the library tells `fileMeta` about an asset beyond its id.
 *
 * @module
 */

import * as v from "valibot";

import type { AssetRef } from "../sdk/mod.ts";
import { date, id, read } from "./lenient.ts";

export interface Origin {
  /** The number that API v2 and download addresses know the model by. */
  readonly number: string;
  /** When the library says that the asset last changed; ISO 8601. */
  readonly updatedAt: string | null;
}

const Stored = v.object({ number: id, updatedAt: date });

/** For `Asset.ref`. */
export function writeRef(origin: Origin): string {
  return JSON.stringify(origin);
}

/** From `Asset.ref`, or from the number in the asset's id when that says nothing. */
export function readRef(asset: AssetRef): Origin {
  let stored: v.InferOutput<typeof Stored> | null = null;
  try {
    stored = read(Stored, JSON.parse(asset.ref));
  } catch {
    // Not written by this version: the id is enough.
  }
  const own = /-(\d+)$/.exec(asset.id)?.[1] ?? "";
  return { number: stored?.number ?? own, updatedAt: stored?.updatedAt ?? null };
}
