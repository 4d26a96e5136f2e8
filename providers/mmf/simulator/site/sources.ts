import type { Settings } from "../options.ts";
import { hash, type Random } from "../random.ts";
import type { Source } from "./sim_object.ts";

/** Ids of a real library that were listed more than once, of how many, and how many rows that were too many. */
const REPEATED = 856;
const OF = 4_809;
const EXTRA_ROWS = 2_848;

const USUAL: readonly [Source, ...Source[]] = [
  "PURCHASE",
  "TRIBE",
  "TRIBE",
  "FRONTIER",
  "USER_GROUP",
  "THE_ADVENTURE",
  "MMFPLUS",
  "DOWNLOAD",
];

/** How the user came to own the object at this place: one for each row that lists it. */
export function makeSources(
  { seed, library }: Settings,
  index: number,
  random: Random,
): [Source, ...Source[]] {
  if (library === "real") {
    const first = random.pick<Source>([...USUAL, "GIFT"]);
    const more = Array.from(
      { length: repeatsOf(seed, index) },
      () => random.pick<Source>([first, "TRIBE", "TRIBE", "PURCHASE", "FRONTIER"]),
    );
    return [first, ...more];
  }
  const first = random.pick<Source>(USUAL);
  // Roughly every sixth id is listed more than once, as measured on a real library.
  if (!random.chance(0.16)) return [first];
  const more = Array.from(
    { length: random.int(1, 3) },
    () => random.pick<Source>([first, "TRIBE", "PURCHASE"]),
  );
  return [first, ...more];
}

/** Spread evenly, so that the sums are met exactly: every second one gets as many more as its neighbour gets less. */
function repeatsOf(seed: number, index: number): number {
  if (index >= OF || (index * REPEATED) % OF >= REPEATED) return 0;
  const rank = Math.floor((index * REPEATED) / OF);
  const upTo = (n: number) => Math.floor((n * EXTRA_ROWS) / REPEATED);
  const swing = hash(seed, "repeats", rank >> 1) % 3;
  return upTo(rank + 1) - upTo(rank) + (rank % 2 === 0 ? swing : -swing);
}
