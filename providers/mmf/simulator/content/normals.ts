import type { Mesh } from "./mesh.ts";

/** Faces that meet at more than this are an edge: the cosine of 38 degrees. */
const EDGE = 0.79;

/**
 * The normal at each of a triangle's corners, nine numbers a triangle: the mean of the faces around the corner
 * that belong to the same smooth surface, so that edges stay edges.
 */
export function cornerNormals({ corners, triangles }: Mesh): Float32Array {
  const faces = faceNormals(corners, triangles);
  const { starts, around } = facesAround(triangles, corners.length / 3);
  const normals = new Float32Array(triangles.length * 3);
  for (let i = 0; i < triangles.length; i++) {
    const face = Math.floor(i / 3) * 4;
    const corner = triangles[i] ?? 0;
    const fx = faces[face] ?? 0;
    const fy = faces[face + 1] ?? 0;
    const fz = faces[face + 2] ?? 0;
    let x = 0;
    let y = 0;
    let z = 0;
    for (let at = starts[corner] ?? 0; at < (starts[corner + 1] ?? 0); at++) {
      const other = (around[at] ?? 0) * 4;
      const ox = faces[other] ?? 0;
      const oy = faces[other + 1] ?? 0;
      const oz = faces[other + 2] ?? 0;
      if (fx * ox + fy * oy + fz * oz < EDGE) continue;
      const area = faces[other + 3] ?? 0;
      x += ox * area;
      y += oy * area;
      z += oz * area;
    }
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    normals[i * 3] = x / length;
    normals[i * 3 + 1] = y / length;
    normals[i * 3 + 2] = z / length;
  }
  return normals;
}

/** Unit normal and area of each triangle. */
function faceNormals(corners: Float32Array, triangles: Uint32Array): Float32Array {
  const faces = new Float32Array(triangles.length / 3 * 4);
  for (let t = 0; t < triangles.length / 3; t++) {
    const a = (triangles[t * 3] ?? 0) * 3;
    const b = (triangles[t * 3 + 1] ?? 0) * 3;
    const c = (triangles[t * 3 + 2] ?? 0) * 3;
    const ux = (corners[b] ?? 0) - (corners[a] ?? 0);
    const uy = (corners[b + 1] ?? 0) - (corners[a + 1] ?? 0);
    const uz = (corners[b + 2] ?? 0) - (corners[a + 2] ?? 0);
    const vx = (corners[c] ?? 0) - (corners[a] ?? 0);
    const vy = (corners[c + 1] ?? 0) - (corners[a + 1] ?? 0);
    const vz = (corners[c + 2] ?? 0) - (corners[a + 2] ?? 0);
    const x = uy * vz - uz * vy;
    const y = uz * vx - ux * vz;
    const z = ux * vy - uy * vx;
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    faces.set([x / length, y / length, z / length, length / 2], t * 4);
  }
  return faces;
}

/** The triangles at each corner, as one list and where each corner's part of it starts. */
function facesAround(triangles: Uint32Array, corners: number) {
  const starts = new Uint32Array(corners + 1);
  for (const corner of triangles) starts[corner + 1] = (starts[corner + 1] ?? 0) + 1;
  for (let i = 0; i < corners; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const next = starts.slice(0, corners);
  const around = new Uint32Array(triangles.length);
  for (const [i, corner] of triangles.entries()) {
    const at = next[corner] ?? 0;
    around[at] = Math.floor(i / 3);
    next[corner] = at + 1;
  }
  return { starts, around };
}
