import type { Mesh } from "./mesh.ts";
import { weld } from "./weld.ts";

/** A mesh made ready for the graphics card: shared vertices, split where the surface has an edge. */
export interface ShadedMesh {
  readonly positions: Float32Array<ArrayBuffer>;
  /** Four numbers per vertex, 32,767 being 1; the fourth only keeps vertices aligned. */
  readonly normals: Int16Array<ArrayBuffer>;
  readonly indices: Uint32Array<ArrayBuffer>;
}

/** Faces that meet at less than 35° are one rounded surface. */
const SMOOTH_COSINE = Math.cos(35 * Math.PI / 180);

/** At points with more faces, such as the tip of a cone, each keeps its own normal; keeps work linear. */
const MAX_VALENCE = 128;

/**
 * Gives each corner the normal of the surface around it, weighted by area, so that curves look smooth
 * and edges stay sharp. Corners that agree share a vertex.
 */
export function creasedNormals(mesh: Mesh): ShadedMesh {
  const { positions, corners } = weld(mesh);
  const faces = faceNormals(positions, corners);
  const { starts, around } = cornersAround(positions.length / 3, corners);
  const indices = new Uint32Array(corners.length);
  const out = new VertexWriter(positions.length / 3);

  for (let vertex = 0; vertex + 1 < starts.length; vertex++) {
    const start = starts[vertex] ?? 0;
    const end = starts[vertex + 1] ?? 0;
    out.begin(positions, vertex * 3);
    for (let i = start; i < end; i++) {
      const corner = around[i] ?? 0;
      const face = Math.floor(corner / 3) * 4;
      let x = faces[face] ?? 0;
      let y = faces[face + 1] ?? 0;
      let z = faces[face + 2] ?? 0;
      if (end - start <= MAX_VALENCE) {
        const ownX = x;
        const ownY = y;
        const ownZ = z;
        x = y = z = 0;
        for (let j = start; j < end; j++) {
          const other = Math.floor((around[j] ?? 0) / 3) * 4;
          const otherX = faces[other] ?? 0;
          const otherY = faces[other + 1] ?? 0;
          const otherZ = faces[other + 2] ?? 0;
          if (ownX * otherX + ownY * otherY + ownZ * otherZ < SMOOTH_COSINE) continue;
          const area = faces[other + 3] ?? 0;
          x += otherX * area;
          y += otherY * area;
          z += otherZ * area;
        }
      }
      indices[corner] = out.vertex(x, y, z);
    }
  }
  return { ...out.done(), indices };
}

/** Unit normal and area (twice) of each face; zeros for faces without area. */
function faceNormals(positions: Float32Array, corners: Uint32Array): Float32Array {
  const faces = new Float32Array(corners.length / 3 * 4);
  for (let face = 0; face < corners.length / 3; face++) {
    const corner = face * 3;
    const to = face * 4;
    const a = (corners[corner] ?? 0) * 3;
    const b = (corners[corner + 1] ?? 0) * 3;
    const c = (corners[corner + 2] ?? 0) * 3;
    const ax = positions[a] ?? 0;
    const ay = positions[a + 1] ?? 0;
    const az = positions[a + 2] ?? 0;
    const ux = (positions[b] ?? 0) - ax;
    const uy = (positions[b + 1] ?? 0) - ay;
    const uz = (positions[b + 2] ?? 0) - az;
    const vx = (positions[c] ?? 0) - ax;
    const vy = (positions[c + 1] ?? 0) - ay;
    const vz = (positions[c + 2] ?? 0) - az;
    const x = uy * vz - uz * vy;
    const y = uz * vx - ux * vz;
    const z = ux * vy - uy * vx;
    const area = Math.sqrt(x * x + y * y + z * z);
    if (area === 0) continue;
    faces[to] = x / area;
    faces[to + 1] = y / area;
    faces[to + 2] = z / area;
    faces[to + 3] = area;
  }
  return faces;
}

/** For each vertex the corners that use it, one after another: those of `v` from `starts[v]` on. */
function cornersAround(vertices: number, corners: Uint32Array) {
  const starts = new Uint32Array(vertices + 1);
  for (const vertex of corners) starts[vertex + 1] = (starts[vertex + 1] ?? 0) + 1;
  for (let i = 1; i <= vertices; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const around = new Uint32Array(corners.length);
  const next = starts.slice();
  for (let corner = 0; corner < corners.length; corner++) {
    const vertex = corners[corner] ?? 0;
    const at = next[vertex] ?? 0;
    around[at] = corner;
    next[vertex] = at + 1;
  }
  return { starts, around };
}

/** Collects vertices; those of one point that have the same normal are one. */
class VertexWriter {
  #positions: Float32Array<ArrayBuffer>;
  #normals: Int16Array<ArrayBuffer>;
  #count = 0;
  #first = 0;
  #x = 0;
  #y = 0;
  #z = 0;

  constructor(expected: number) {
    this.#positions = new Float32Array(expected * 3 + 3);
    this.#normals = new Int16Array(expected * 4 + 4);
  }

  /** All vertices from here on lie at the point at `at`. */
  begin(positions: Float32Array, at: number): void {
    this.#first = this.#count;
    this.#x = positions[at] ?? 0;
    this.#y = positions[at + 1] ?? 0;
    this.#z = positions[at + 2] ?? 0;
  }

  /** The vertex with this normal, of any length. */
  vertex(x: number, y: number, z: number): number {
    const scale = 32767 / (Math.sqrt(x * x + y * y + z * z) || 1);
    const nx = Math.round(x * scale);
    const ny = Math.round(y * scale);
    const nz = Math.round(z * scale);
    const oldest = Math.max(this.#first, this.#count - MAX_VALENCE);
    for (let vertex = oldest; vertex < this.#count; vertex++) {
      const at = vertex * 4;
      if (
        this.#normals[at] === nx && this.#normals[at + 1] === ny && this.#normals[at + 2] === nz
      ) return vertex;
    }
    if (this.#count * 3 === this.#positions.length) this.#grow();
    const at = this.#count * 3;
    this.#positions[at] = this.#x;
    this.#positions[at + 1] = this.#y;
    this.#positions[at + 2] = this.#z;
    this.#normals[this.#count * 4] = nx;
    this.#normals[this.#count * 4 + 1] = ny;
    this.#normals[this.#count * 4 + 2] = nz;
    return this.#count++;
  }

  done() {
    return {
      positions: this.#positions.slice(0, this.#count * 3),
      normals: this.#normals.slice(0, this.#count * 4),
    };
  }

  #grow(): void {
    const positions = new Float32Array(this.#positions.length * 2);
    const normals = new Int16Array(this.#normals.length * 2);
    positions.set(this.#positions);
    normals.set(this.#normals);
    this.#positions = positions;
    this.#normals = normals;
  }
}
