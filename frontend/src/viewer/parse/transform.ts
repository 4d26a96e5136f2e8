import { ParseError } from "./parse_error.ts";

/**
 * The first three columns of a 4 × 4 matrix, row by row, as 3MF writes them: a point is a row vector
 * that stands to the left, so the last three numbers are the translation.
 */
export type Transform = readonly [
  ...[number, number, number],
  ...[number, number, number],
  ...[number, number, number],
  ...[number, number, number],
];

export const identity: Transform = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];

/** Twelve numbers separated by blanks. */
export function parseTransform(text: string): Transform {
  const n = text.trim().split(/\s+/, 13).map(Number);
  const [a, b, c, d, e, f, g, h, i, x, y, z] = n;
  if (
    n.length !== 12 || !n.every(Number.isFinite) || a === undefined || b === undefined ||
    c === undefined || d === undefined || e === undefined || f === undefined || g === undefined ||
    h === undefined || i === undefined || x === undefined || y === undefined || z === undefined
  ) throw new ParseError("damaged", "A transform is not made of twelve numbers");
  return [a, b, c, d, e, f, g, h, i, x, y, z];
}

/** The transform that does `first`, then `second`. */
export function compose(first: Transform, second: Transform): Transform {
  const [a, b, c, d, e, f, g, h, i, x, y, z] = first;
  const [x1, x2, x3, y1, y2, y3, z1, z2, z3, t1, t2, t3] = second;
  return [
    ...[a * x1 + b * y1 + c * z1, a * x2 + b * y2 + c * z2, a * x3 + b * y3 + c * z3] as const,
    ...[d * x1 + e * y1 + f * z1, d * x2 + e * y2 + f * z2, d * x3 + e * y3 + f * z3] as const,
    ...[g * x1 + h * y1 + i * z1, g * x2 + h * y2 + i * z2, g * x3 + h * y3 + i * z3] as const,
    x * x1 + y * y1 + z * z1 + t1,
    x * x2 + y * y2 + z * z2 + t2,
    x * x3 + y * y3 + z * z3 + t3,
  ];
}

/** A uniform scaling around the origin. */
export function scaling(factor: number): Transform {
  return [factor, 0, 0, 0, factor, 0, 0, 0, factor, 0, 0, 0];
}

/** Whether the transform turns the inside of a mesh out. */
export function isMirror([a, b, c, d, e, f, g, h, i]: Transform): boolean {
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) < 0;
}
