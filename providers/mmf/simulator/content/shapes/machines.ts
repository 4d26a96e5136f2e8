import type { Random } from "../../random.ts";
import { lathe } from "./lathe.ts";
import { type Shape, smoothStep, TAU } from "./shape.ts";

/** Numbers of teeth that mesh in one train, by variant. */
const TEETH = [24, 12, 36, 16, 20] as const;

/** A gear wheel with straight or slanting teeth; the gears of one model share their module. */
export function gear(random: Random, variant: number): Shape {
  const teeth = TEETH[variant % TEETH.length] ?? 24;
  const slant = random.pick([0, 0, 0.35, -0.35]);
  const half = random.between(0.1, 0.2);
  const bore = random.between(0.14, 0.22);
  const web = random.between(0.5, 0.9);
  const size = 0.55 + 0.45 * teeth / 36;
  return {
    closedBy: "ring",
    at(u, v, out) {
      // Around the cross-section: bore, upper side with a recess, teeth, lower side.
      const [r, h] = section(v, bore / size, web);
      const z = -h * half;
      const isTooth = r > 0.8;
      const phase = teeth * u * TAU + (isTooth ? slant * z / half : 0);
      const tooth = Math.max(-1, Math.min(1, 2.2 * Math.sin(phase)));
      const radius = size * (isTooth ? r + tooth * 1.9 / teeth : r);
      out[0] = radius * Math.cos(u * TAU);
      out[1] = radius * Math.sin(u * TAU);
      out[2] = z;
    },
  };
}

/** A point of a gear's cross-section: part of the radius, and of half the height. */
function section(v: number, bore: number, web: number): readonly [number, number] {
  const corners: readonly (readonly [number, number])[] = [
    [bore, -1],
    [bore + 0.12, -1],
    [bore + 0.14, -web],
    [0.72, -web],
    [0.74, -1],
    [0.9, -1],
    [0.9, 1],
    [0.74, 1],
    [0.72, web],
    [bore + 0.14, web],
    [bore + 0.12, 1],
    [bore, 1],
  ];
  const t = v * corners.length;
  const i = Math.floor(t) % corners.length;
  const [r = 0, h = 0] = corners[i] ?? [];
  const [nextR = 0, nextH = 0] = corners[(i + 1) % corners.length] ?? [];
  return [r + (nextR - r) * (t - Math.floor(t)), h + (nextH - h) * (t - Math.floor(t))];
}

/** A small rocket standing on its fins. */
export function rocket(random: Random): Shape {
  const fins = random.pick([3, 4, 5]);
  const girth = random.between(0.22, 0.3);
  const sweep = random.between(1.2, 2);
  const rings = [-0.1, 0.32];
  return lathe([
    [0, -0.86],
    [girth * 0.5, -0.9],
    [girth * 0.62, -1],
    [girth * 0.62, -1],
    [girth * 0.72, -1],
    [girth * 0.72, -1],
    [girth * 0.6, -0.82],
    [girth * 0.8, -0.76],
    [girth * 0.95, -0.5],
    [girth, -0.05],
    [girth * 0.92, 0.4],
    [girth * 0.55, 0.78],
    [girth * 0.14, 0.98],
    [0.01, 1.1],
    [0, 1.1],
  ], {
    ripple(u, z) {
      const blade = Math.abs(Math.cos(fins * u * Math.PI)) ** 40;
      const reach = (1 - smoothStep(-0.95, -0.2, z)) * smoothStep(-1.02, -0.98, z);
      const ring = rings.some((at) => Math.abs(z - at) < 0.02) ? 1.04 : 1;
      return ring * (1 + sweep * blade * reach);
    },
    lift: (u, _r, z) =>
      z < -0.6 && z > -0.99 ? -0.2 * Math.abs(Math.cos(fins * u * Math.PI)) ** 40 : 0,
  });
}
