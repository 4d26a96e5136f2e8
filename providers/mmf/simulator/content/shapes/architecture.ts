import type { Random } from "../../random.ts";
import { lathe, type OutlinePoint } from "./lathe.ts";
import { type Shape, smoothStep, TAU } from "./shape.ts";

/** A watchtower of dressed stone with merlons. */
export function tower(random: Random): Shape {
  const merlons = random.int(6, 10);
  const stones = random.int(6, 9);
  const girth = random.between(0.36, 0.46);
  const courses = random.int(7, 10);
  const flare = girth + random.between(0.1, 0.16);
  return lathe([
    [0, -1],
    [girth * 0.6, -1],
    [girth * 1.3, -1],
    [girth * 1.3, -1],
    [girth * 1.15, -0.86],
    [girth, -0.72],
    [girth, -0.72],
    [girth * 0.95, 0.5],
    [girth * 0.95, 0.5],
    [flare, 0.64],
    [flare, 0.64],
    [flare, 1],
    [flare, 1],
    [flare * 0.78, 1],
    [flare * 0.78, 1],
    [flare * 0.78, 0.72],
    [flare * 0.78, 0.72],
    [flare * 0.3, 0.72],
    [0, 0.72],
  ], {
    rounded: false,
    ripple(u, z) {
      if (z < -0.7 || z > 0.48) return 1;
      const row = (z + 0.7) * courses / 1.2;
      const course = Math.floor(row);
      const along = ((u * stones + (course % 2) / 2) % 1 + 1) % 1;
      const edge = Math.min(row - course, course + 1 - row, Math.min(along, 1 - along) * 1.6);
      return 1 - 0.055 * (1 - smoothStep(0.04, 0.2, edge));
    },
    lift: (u, r, z) => z > 0.95 && r > flare * 0.7 && Math.sin(merlons * u * TAU) < 0 ? -0.17 : 0,
  });
}

/** A column with base and capital: fluted, or twisted like a rope. */
export function column(random: Random): Shape {
  const flutes = random.int(10, 20);
  const isTwisted = random.chance(0.45);
  const strands = random.int(3, 5);
  const girth = random.between(0.2, 0.27);
  const broken = random.chance(0.35) ? random.between(0.2, 0.6) : null;
  const shaft: OutlinePoint[] = [
    [0, -1],
    [girth, -1],
    [girth * 1.75, -1],
    [girth * 1.75, -1],
    [girth * 1.75, -0.9],
    [girth * 1.75, -0.9],
    [girth * 1.5, -0.86],
    [girth * 1.45, -0.8],
    [girth * 1.1, -0.76],
    [girth, -0.7],
  ];
  const top: OutlinePoint[] = broken === null
    ? [
      [girth * 0.88, 0.66],
      [girth * 1.05, 0.7],
      [girth * 1.05, 0.75],
      [girth * 1.5, 0.86],
      [girth * 1.7, 0.88],
      [girth * 1.7, 0.88],
      [girth * 1.7, 1],
      [girth * 1.7, 1],
      [girth * 0.8, 1],
      [0, 1],
    ]
    : [[girth * 0.92, broken], [girth * 0.92, broken], [girth * 0.5, broken + 0.05], [0, broken]];
  const end = broken ?? 0.66;
  return lathe([...shaft, ...top], {
    ripple(u, z) {
      const onShaft = smoothStep(-0.72, -0.66, z) * (1 - smoothStep(end - 0.06, end, z));
      return isTwisted
        ? 1 + 0.16 * onShaft * Math.cos(strands * (u + z * 0.9) * TAU)
        : 1 - 0.1 * onShaft * Math.abs(Math.sin(flutes * u * Math.PI));
    },
    lift: (u, r, z) =>
      broken !== null && z > broken - 0.1
        ? 0.14 * Math.sin(3 * u * TAU + 1) * (r / girth) + 0.07 * Math.sin(11 * u * TAU + r * 30)
        : 0,
  });
}
