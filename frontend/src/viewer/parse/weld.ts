import type { Mesh } from "./mesh.ts";

/** Points that no two are the same of, and for each corner of each triangle its point. */
export interface WeldedMesh {
  readonly positions: Float32Array;
  readonly corners: Uint32Array;
}

/** Joins vertices at exactly the same place, which is how STL says that triangles are neighbours. */
export function weld({ positions, indices }: Mesh): WeldedMesh {
  const vertices = positions.length / 3;
  // Twice as many slots as vertices keep chains short; a power of two makes the remainder cheap.
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(vertices * 2)));
  const mask = slots.length - 1;
  const welded = new Float32Array(positions.length);
  const bits = new Int32Array(welded.buffer);
  const pointOf = new Uint32Array(vertices);
  let points = 0;
  for (let vertex = 0; vertex < vertices; vertex++) {
    const at = points * 3;
    // Adding zero makes -0 and 0 the same point.
    welded[at] = (positions[vertex * 3] ?? 0) + 0;
    welded[at + 1] = (positions[vertex * 3 + 1] ?? 0) + 0;
    welded[at + 2] = (positions[vertex * 3 + 2] ?? 0) + 0;
    let slot = hash(bits[at] ?? 0, bits[at + 1] ?? 0, bits[at + 2] ?? 0) & mask;
    for (;; slot = (slot + 1) & mask) {
      const point = slots[slot] ?? 0;
      if (point === 0) {
        slots[slot] = ++points;
        pointOf[vertex] = points - 1;
        break;
      }
      const there = (point - 1) * 3;
      if (
        bits[there] === bits[at] && bits[there + 1] === bits[at + 1] &&
        bits[there + 2] === bits[at + 2]
      ) {
        pointOf[vertex] = point - 1;
        break;
      }
    }
  }
  return {
    positions: welded.subarray(0, points * 3),
    corners: indices === null ? pointOf : indices.map((vertex) => pointOf[vertex] ?? 0),
  };
}

/** Murmur3's mixing; coordinates on a grid differ in few bits only. */
function hash(x: number, y: number, z: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul((y << 13) | (y >>> 19), 0x85ebca6b) ^
    Math.imul((z << 7) | (z >>> 25), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
