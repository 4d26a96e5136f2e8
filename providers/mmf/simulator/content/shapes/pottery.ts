import type { Random } from "../../random.ts";
import { lathe, type OutlinePoint } from "./lathe.ts";
import { type Shape, TAU } from "./shape.ts";

const WALL = 0.045;

/** A vessel's outline from its outer one: up outside, over the rim, down inside to a floor. */
function hollow(outer: readonly OutlinePoint[], floor = 0.09): OutlinePoint[] {
  const [foot = [0.5, 0]] = outer;
  const rim = outer.at(-1) ?? [0.5, 1];
  const bottom = foot[1] + floor;
  const inner = outer.filter(([, z]) => z > bottom + 0.05).toReversed().map((
    [r, z],
  ): OutlinePoint => [
    Math.max(0.05, r - WALL),
    z,
  ]);
  const inside = radiusAt(outer, bottom) - WALL;
  return [
    [0, foot[1]],
    [foot[0] * 0.5, foot[1]],
    foot,
    foot,
    ...outer.slice(1),
    rim,
    ...inner,
    [inside, bottom],
    [inside, bottom],
    [inside * 0.4, bottom],
    [0, bottom],
  ];
}

function radiusAt(outline: readonly OutlinePoint[], height: number): number {
  const above = Math.max(1, outline.findIndex(([, z]) => z > height));
  const [lowR, lowZ] = outline[above - 1] ?? [0.5, 0];
  const [highR, highZ] = outline[above] ?? [lowR, lowZ + 1];
  return lowR + (highR - lowR) * (height - lowZ) / (highZ - lowZ);
}

/** A tall vase with ribs that may wind around it. */
export function vase(random: Random): Shape {
  const belly = random.between(0.42, 0.62);
  const neck = random.between(0.16, 0.34);
  const lip = neck + random.between(0.04, 0.2);
  const at = random.between(-0.5, 0.05);
  const ribs = random.int(5, 22);
  const depth = random.between(0.02, 0.075);
  const turns = random.pick([0, 0, 0.15, 0.3, -0.25, 0.5]);
  return lathe(
    hollow([[belly * 0.62, -1], [belly * 0.85, -0.85], [belly, at], [neck * 1.25, 0.55], [
      neck,
      0.78,
    ], [lip, 1]]),
    { ripple: (u) => 1 + depth * Math.cos(ribs * u * TAU), twist: (z) => turns * (z + 1) / 2 },
  );
}

/** A low, wide planter: faceted, fluted or wavy. */
export function planter(random: Random): Shape {
  const foot = random.between(0.5, 0.7);
  const waist = random.between(0.75, 1);
  const sides = random.int(6, 14);
  const style = random.pick<"facets" | "flutes" | "zigzag">(["facets", "flutes", "zigzag"]);
  const turn = random.between(0, 0.4);
  const ripple = (u: number, z: number) => {
    switch (style) {
      case "facets": {
        const sector = ((u * sides + turn * z) % 1 + 1) % 1 - 0.5;
        return 0.96 * Math.cos(Math.PI / sides) / Math.cos(sector * TAU / sides);
      }
      case "flutes":
        return 1 - 0.07 * Math.abs(Math.sin(sides * u * Math.PI * 2));
      case "zigzag":
        return 1 +
          0.06 * (Math.abs(((u * sides + 2 * Math.abs((z * 2) % 1)) % 1 + 1) % 1 - 0.5) * 4 - 1);
    }
  };
  return lathe(hollow([[foot, -0.6], [foot * 1.08, -0.5], [waist, 0.1], [0.95, 0.6]], 0.12), {
    ripple,
  });
}

/** A shade for a hanging lamp: open at the top, with folds. */
export function lampshade(random: Random): Shape {
  const folds = random.int(9, 30);
  const depth = random.between(0.05, 0.12);
  const turns = random.between(-0.5, 0.5);
  const swell = random.between(0.75, 1);
  const outer: readonly OutlinePoint[] = [
    [0.9 * swell, -0.7],
    [swell, -0.35],
    [0.72 * swell, 0.3],
    [0.24, 0.7],
  ];
  // A ring: outside up, inside down again.
  const inner = outer.toReversed().map(([r, z]): OutlinePoint => [r - WALL, z]);
  const first = outer[0] ?? [0.9, -0.7];
  const path = measuredRing([...outer, ...inner, first]);
  return {
    closedBy: "ring",
    at(u, v, out) {
      const [r, z] = path(v);
      const angle = (u + turns * (z + 0.7) / 1.4) * TAU;
      const fold = r * (1 + depth * Math.cos(folds * u * TAU) * (1 - (z + 0.7) / 2.2));
      out[0] = fold * Math.cos(angle);
      out[1] = fold * Math.sin(angle);
      out[2] = z;
    },
  };
}

/** Walks a closed outline at an even pace. */
function measuredRing(points: readonly OutlinePoint[]): (v: number) => OutlinePoint {
  const legs = points.slice(1).map(([r, z], i) => {
    const [fromR, fromZ] = points[i] ?? [r, z];
    return { fromR, fromZ, r, z, length: Math.hypot(r - fromR, z - fromZ) };
  });
  const total = legs.reduce((sum, { length }) => sum + length, 0);
  return (v) => {
    let left = v * total;
    for (const { fromR, fromZ, r, z, length } of legs) {
      if (left <= length) {
        const t = length === 0 ? 0 : left / length;
        return [fromR + (r - fromR) * t, fromZ + (z - fromZ) * t];
      }
      left -= length;
    }
    return points[0] ?? [0, 0];
  };
}
