import type { Random } from "../random.ts";
import { column, tower } from "./shapes/architecture.ts";
import { chess } from "./shapes/chess.ts";
import { egg, knot, moon, shell } from "./shapes/curios.ts";
import { gear, rocket } from "./shapes/machines.ts";
import { cactus, fir, mushroom } from "./shapes/nature.ts";
import { lampshade, planter, vase } from "./shapes/pottery.ts";
import type { Shape } from "./shapes/shape.ts";
import { crystal, die, rock } from "./shapes/solids.ts";
import { tavern } from "./shapes/tavern.ts";
import { base, hexTile } from "./shapes/tiles.ts";

interface Maker {
  /** `variant` tells the parts of one model apart. */
  readonly make: (random: Random, variant: number) => Shape;
  /** Half of the model's extent in millimetres, from and to. */
  readonly size: readonly [number, number];
}

/** Everything that can be modelled. */
const MAKERS = {
  base: { make: base, size: [13, 30] },
  cactus: { make: cactus, size: [25, 60] },
  chess: { make: chess, size: [28, 45] },
  column: { make: column, size: [35, 70] },
  crystal: { make: crystal, size: [18, 50] },
  die: { make: die, size: [9, 13] },
  egg: { make: egg, size: [25, 65] },
  fir: { make: fir, size: [35, 80] },
  gear: { make: gear, size: [14, 45] },
  hexTile: { make: hexTile, size: [20, 50] },
  knot: { make: knot, size: [18, 60] },
  lampshade: { make: lampshade, size: [70, 110] },
  moon: { make: moon, size: [30, 75] },
  mushroom: { make: mushroom, size: [18, 50] },
  planter: { make: planter, size: [40, 80] },
  rock: { make: rock, size: [15, 45] },
  rocket: { make: rocket, size: [40, 95] },
  shell: { make: shell, size: [20, 55] },
  tavern: { make: tavern, size: [9, 22] },
  tower: { make: tower, size: [60, 110] },
  vase: { make: vase, size: [55, 110] },
} as const satisfies Record<string, Maker>;

/** What a model shows. */
export type Subject = keyof typeof MAKERS;

export const SUBJECTS = Object.keys(MAKERS).filter((name): name is Subject => name in MAKERS);

/** A thing that can be modelled: what it is, and which part or version of it. */
export interface Sculpt {
  readonly subject: Subject;
  readonly variant: number;
}

/** The shape of a sculpt, and half of its extent in millimetres; the rest of its proportions follow from `random`. */
export function shapeOf(
  { subject, variant }: Sculpt,
  random: Random,
): { shape: Shape; size: number } {
  const { make, size: [low, high] }: Maker = MAKERS[subject];
  const size = random.between(low, high);
  return { shape: make(random, variant), size };
}
