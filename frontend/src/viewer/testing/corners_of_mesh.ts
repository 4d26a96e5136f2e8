import type { Mesh } from "../parse/mesh.ts";

/** The coordinates of all corners of all triangles in turn. */
export function cornersOfMesh({ positions, indices }: Mesh): number[] {
  if (indices === null) return [...positions];
  return [...indices].flatMap((index) => [...positions.subarray(index * 3, index * 3 + 3)]);
}
