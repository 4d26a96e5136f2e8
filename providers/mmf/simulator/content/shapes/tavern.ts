import type { Random } from "../../random.ts";
import { lathe } from "./lathe.ts";
import { type Shape, smoothStep, TAU } from "./shape.ts";

/** Things of an inn: barrel, goblet, potion, cauldron, in turn. */
export function tavern(random: Random, variant: number): Shape {
  switch (variant % 4) {
    case 0:
      return barrel(random);
    case 1:
      return goblet(random);
    case 2:
      return potion(random);
    default:
      return cauldron(random);
  }
}

function barrel(random: Random): Shape {
  const staves = random.int(12, 20);
  const bulge = random.between(0.1, 0.2);
  const hoops = [-0.78, -0.32, 0.32, 0.78];
  return lathe(
    [
      [0, -1],
      [0.5, -1],
      [0.56, -1],
      [0.56, -1],
      [0.58, -0.9],
      [0.6 + bulge, 0],
      [0.58, 0.9],
      [0.56, 1],
      [0.56, 1],
      [0.5, 1],
      [0.5, 1],
      [0.48, 0.92],
      [0.48, 0.92],
      [0, 0.92],
    ],
    {
      ripple(u, z) {
        const groove = Math.abs(Math.sin(staves * u * Math.PI));
        const onHoop = hoops.some((hoop) => Math.abs(z - hoop) < 0.075);
        return onHoop ? 1.035 : 1 - 0.035 * (1 - smoothStep(0, 0.25, groove));
      },
    },
  );
}

function goblet(random: Random): Shape {
  const bowl = random.between(0.42, 0.55);
  const knob = random.between(0.13, 0.2);
  const gems = random.int(6, 14);
  return lathe(
    [
      [0, -1],
      [0.3, -1],
      [0.48, -1],
      [0.48, -1],
      [0.47, -0.94],
      [0.2, -0.84],
      [0.09, -0.65],
      [knob, -0.42],
      [0.09, -0.2],
      [0.16, -0.05],
      [bowl, 0.3],
      [bowl * 0.96, 0.7],
      [bowl * 1.06, 1],
      [bowl * 1.02, 1],
      [bowl * 0.88, 0.7],
      [bowl * 0.9, 0.3],
      [0.1, 0.05],
      [0, 0.04],
    ],
    {
      ripple: (u, z) => z > 0.2 && z < 0.62 ? 1 + 0.035 * Math.max(0, Math.cos(gems * u * TAU)) : 1,
    },
  );
}

function potion(random: Random): Shape {
  const belly = random.between(0.55, 0.75);
  const neck = random.between(0.15, 0.22);
  const sides = random.int(5, 9);
  const isCut = random.chance(0.5);
  return lathe(
    [
      [0, -0.8],
      [belly * 0.5, -0.8],
      [belly * 0.62, -0.78],
      [belly, -0.3],
      [belly * 0.75, 0.15],
      [neck, 0.4],
      [neck, 0.62],
      [neck * 1.45, 0.64],
      [neck * 1.45, 0.74],
      [neck * 0.9, 0.76],
      [neck * 0.95, 0.78],
      [neck * 1.05, 1],
      [neck * 0.8, 1.02],
      [0, 1.02],
    ],
    {
      ripple(u, z) {
        if (!isCut || z > 0.3) return 1;
        const sector = (u * sides) % 1 - 0.5;
        return Math.cos(Math.PI / sides) / Math.cos(sector * TAU / sides);
      },
    },
  );
}

function cauldron(random: Random): Shape {
  const feet = 3;
  const rim = random.between(0.62, 0.72);
  return lathe(
    [
      [0, -0.62],
      [0.4, -0.6],
      [0.75, -0.25],
      [0.8, 0.1],
      [rim, 0.45],
      [rim, 0.5],
      [rim + 0.12, 0.54],
      [rim + 0.12, 0.62],
      [rim + 0.02, 0.64],
      [rim - 0.06, 0.5],
      [0.7, 0.1],
      [0.64, -0.2],
      [0.3, -0.2],
      [0, -0.2],
    ],
    {
      lift(u, r, z) {
        const leg = Math.max(0, Math.cos(feet * u * TAU)) ** 6;
        const isUnder = z < -0.3 && r > 0.25 && r < 0.72;
        return isUnder
          ? -0.26 * leg * smoothStep(0.25, 0.4, r) * (1 - smoothStep(0.58, 0.72, r))
          : 0;
      },
    },
  );
}
