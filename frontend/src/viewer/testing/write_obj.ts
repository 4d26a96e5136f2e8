import type { Shape } from "./shape.ts";

/** An OBJ file, with indices from the end when `negative`. */
export function writeObj({ points, triangles }: Shape, negative = false): Uint8Array<ArrayBuffer> {
  const index = (point: number) => negative ? point - points.length : point + 1;
  const lines = [
    "# made for a test",
    ...points.map((point) => `v ${point.join(" ")}`),
    ...triangles.map((triangle) => `f ${triangle.map(index).join(" ")}`),
    "",
  ];
  return new TextEncoder().encode(lines.join("\n"));
}
