import fc from "fast-check";
import type { Shape } from "./shape.ts";

/** Any small model: coordinates as printers know them, triangles at random. */
export function shapes(): fc.Arbitrary<Shape> {
  const coordinate = fc.float({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x + 0);
  const point = fc.tuple(coordinate, coordinate, coordinate);
  return fc.array(point, { minLength: 3, maxLength: 30 }).chain((points) => {
    const index = fc.nat(points.length - 1);
    const triangle = fc.tuple(index, index, index);
    return fc.record({
      points: fc.constant(points),
      triangles: fc.array(triangle, { minLength: 1, maxLength: 40 }),
    });
  });
}
