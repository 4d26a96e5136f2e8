import type { Shape } from "./shape.ts";

/** Oddities of real files. */
export interface BinaryStlOptions {
  readonly header?: string;
  /** What the header says instead of the truth. */
  readonly count?: number;
}

/** A binary STL file. */
export function writeBinaryStl(
  { points, triangles }: Shape,
  { header = "made for a test", count = triangles.length }: BinaryStlOptions = {},
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(84 + triangles.length * 50);
  new TextEncoder().encodeInto(header, bytes.subarray(0, 80));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, count, true);
  let at = 84;
  for (const triangle of triangles) {
    at += 12;
    for (const point of triangle) {
      for (const coordinate of points[point] ?? []) {
        view.setFloat32(at, coordinate, true);
        at += 4;
      }
    }
    at += 2;
  }
  return bytes;
}

/** An ASCII STL file. */
export function writeAsciiStl(
  { points, triangles }: Shape,
  newLine = "\n",
): Uint8Array<ArrayBuffer> {
  const facets = triangles.map((triangle) => [
    "  facet normal 0 0 0",
    "    outer loop",
    ...triangle.map((point) => `      vertex ${points[point]?.join(" ")}`),
    "    endloop",
    "  endfacet",
  ]);
  const lines = ["solid a vertex of a name", ...facets.flat(), "endsolid a vertex of a name", ""];
  return new TextEncoder().encode(lines.join(newLine));
}
