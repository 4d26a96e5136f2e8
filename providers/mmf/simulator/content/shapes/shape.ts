/** A closed surface over u, v in [0, 1]: always closed around u; along v a ring, or closed by two poles. */
export interface Shape {
  readonly closedBy: "ring" | "poles";
  /** Writes x, y, z in units of about ±1; z points up. */
  readonly at: (u: number, v: number, out: Float64Array) => void;
}

export const TAU = Math.PI * 2;

export type Vector = readonly [number, number, number];

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function unit(a: Vector): Vector {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** From 0 below `low` to 1 above `high`, without a kink at either. */
export function smoothStep(low: number, high: number, x: number): number {
  const t = Math.max(0, Math.min(1, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
