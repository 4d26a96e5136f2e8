import type { Mesh } from "./mesh.ts";
import { cross, unit, type Vector } from "./shapes/shape.ts";

/** The three corners of the triangle whose first corner number stands at `at`. */
export function cornersOf(
  { corners, triangles }: Mesh,
  at: number,
): readonly [Vector, Vector, Vector] {
  const corner = (number: number): Vector => {
    const i = (triangles[at + number] ?? 0) * 3;
    return [corners[i] ?? 0, corners[i + 1] ?? 0, corners[i + 2] ?? 0];
  };
  return [corner(0), corner(1), corner(2)];
}

/** The unit normal of a triangle; zero where it has no area. */
export function flatNormal([a, b, c]: readonly [Vector, Vector, Vector]): Vector {
  return unit(
    cross([b[0] - a[0], b[1] - a[1], b[2] - a[2]], [c[0] - a[0], c[1] - a[1], c[2] - a[2]]),
  );
}
