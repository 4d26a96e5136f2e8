import * as v from "valibot";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Schema of a stored tally. */
export const TallySchema = v.object({
  /** Items that the site listed. Always `kept + merged + quarantined`. */
  seen: Count,
  kept: Count,
  merged: Count,
  quarantined: Count,
  /** Of the kept ones. Always `added + updated + unchanged === kept`. */
  added: Count,
  updated: Count,
  unchanged: Count,
  /** Known ones that a complete scan no longer listed. */
  removed: Count,
  /** Why the scan does not count as complete, null when it does. */
  incomplete: v.nullable(v.string()),
});

/** What became of each item that a scan saw. */
export type Tally = v.InferOutput<typeof TallySchema>;

/** A tally before the first item. */
export function emptyTally(): Tally {
  return {
    seen: 0,
    kept: 0,
    merged: 0,
    quarantined: 0,
    added: 0,
    updated: 0,
    unchanged: 0,
    removed: 0,
    incomplete: null,
  };
}
