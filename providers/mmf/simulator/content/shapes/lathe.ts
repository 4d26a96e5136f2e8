import { type Shape, TAU } from "./shape.ts";

/** A point of an outline: distance from the axis, then height. */
export type OutlinePoint = readonly [radius: number, height: number];

export interface LatheOptions {
  /** Factor of the radius at the angle `u` (turns) and the height `z`. @default none */
  readonly ripple?: (u: number, z: number) => number;
  /** Added to the height at the angle `u` (turns), the radius and the height. @default none */
  readonly lift?: (u: number, r: number, z: number) => number;
  /** Turns about the axis at a height. @default none */
  readonly twist?: (z: number) => number;
  /** Rounds the outline off between its points; two equal points in a row stay an edge. @default {true} */
  readonly rounded?: boolean;
}

const STEPS = 12;

/** Turns an outline about the z axis. It runs from the axis at the underside to the axis at the top. */
export function lathe(
  outline: readonly OutlinePoint[],
  { ripple, lift, twist, rounded = true }: LatheOptions = {},
): Shape {
  const { radii, heights, lengths } = measured(rounded ? smoothed(outline) : outline);
  const total = lengths.at(-1) ?? 1;
  return {
    closedBy: "poles",
    at(u, v, out) {
      const length = v * total;
      const end = Math.max(1, firstOver(lengths, length));
      const from = lengths[end - 1] ?? 0;
      const t = (length - from) / ((lengths[end] ?? from) - from || 1);
      const mixed = (list: readonly number[]) =>
        (list[end - 1] ?? 0) + ((list[end] ?? 0) - (list[end - 1] ?? 0)) * Math.min(1, t);
      const z = mixed(heights);
      const r = mixed(radii) * (ripple?.(u, z) ?? 1);
      const angle = (u + (twist?.(z) ?? 0)) * TAU;
      out[0] = r * Math.cos(angle);
      out[1] = r * Math.sin(angle);
      out[2] = z + (lift?.(u, r, z) ?? 0);
    },
  };
}

function firstOver(lengths: readonly number[], length: number): number {
  let low = 0;
  let high = lengths.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lengths[middle] ?? 0) < length) low = middle + 1;
    else high = middle;
  }
  return low;
}

function measured(points: readonly OutlinePoint[]) {
  const radii: number[] = [];
  const heights: number[] = [];
  const lengths: number[] = [];
  let length = 0;
  for (const [i, [r, z]] of points.entries()) {
    const [lastR, lastZ] = points[i - 1] ?? [r, z];
    length += Math.hypot(r - lastR, z - lastZ);
    radii.push(r);
    heights.push(z);
    lengths.push(length);
  }
  return { radii, heights, lengths };
}

/** A Catmull-Rom spline through the points; radii never become negative. */
function smoothed(points: readonly OutlinePoint[]): OutlinePoint[] {
  const fine: OutlinePoint[] = [];
  for (const [i, b] of points.entries()) {
    const c = points[i + 1];
    if (!c) {
      fine.push(b);
      break;
    }
    if (b[0] === c[0] && b[1] === c[1]) continue;
    const a = points[i - 1] ?? b;
    const d = points[i + 2] ?? c;
    for (let step = 0; step < STEPS; step++) {
      const t = step / STEPS;
      fine.push([
        Math.max(0, spline(a[0], b[0], c[0], d[0], t)),
        spline(a[1], b[1], c[1], d[1], t),
      ]);
    }
  }
  return fine;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t +
    (3 * b - a - 3 * c + d) * t * t * t);
}
