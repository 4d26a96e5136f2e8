import { ParseError } from "./parse_error.ts";

/** Smallest and largest corner of the box around a model, in mm. */
export interface Bounds {
  readonly min: readonly [number, number, number];
  readonly max: readonly [number, number, number];
}

/** A model as a parser found it, in millimetres, z up. */
export interface Mesh {
  /** x, y, z of each vertex. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Three vertex numbers per triangle; null when `positions` holds the triangles' corners in turn. */
  readonly indices: Uint32Array<ArrayBuffer> | null;
  readonly triangles: number;
  readonly bounds: Bounds;
  /** False when the file ends early or holds fewer triangles than it says. */
  readonly complete: boolean;
}

/** What a parser collected: as in {@linkcode Mesh}, nothing checked yet. */
export interface RawMesh {
  readonly positions: Float32Array<ArrayBuffer>;
  readonly indices: Uint32Array<ArrayBuffer> | null;
  readonly complete: boolean;
}

/** 1,000 km: no print is that big, and coordinates beyond are what random bytes look like. */
const LARGEST_COORDINATE_MM = 1e9;

/**
 * Checks what a parser collected and measures it. Triangles with coordinates that are no numbers or
 * absurdly large are left out; the arrays are changed in place and handed on.
 *
 * @throws {ParseError} `empty` without triangles, `damaged` when more than half are unusable or a
 * triangle names a vertex that does not exist.
 */
export function toMesh({ positions, indices, complete }: RawMesh): Mesh {
  const found = Math.floor((indices ?? positions).length / (indices === null ? 9 : 3));
  if (found === 0) throw new ParseError("empty", "The file contains no triangles");
  if (indices !== null) checkIndices(indices, positions.length / 3);

  const bounds = new GrowingBounds();
  const kept = indices === null
    ? compactCorners(positions, bounds)
    : compactIndices(indices, positions, bounds);
  if (kept * 2 < found) {
    throw new ParseError("damaged", "Most coordinates in the file are not usable numbers");
  }
  return {
    positions: indices === null ? positions.subarray(0, kept * 9) : positions,
    indices: indices?.subarray(0, kept * 3) ?? null,
    triangles: kept,
    bounds: bounds.done(),
    complete: complete && kept === found,
  };
}

/** Throws `damaged` when a triangle names a vertex that does not exist. */
export function checkIndices(indices: Uint32Array, vertices: number): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] ?? 0;
    if (index < vertices) continue;
    throw new ParseError(
      "damaged",
      `A triangle names vertex ${index + 1}, but there are only ${vertices}`,
    );
  }
}

function compactCorners(positions: Float32Array, bounds: GrowingBounds): number {
  const triangles = Math.floor(positions.length / 9);
  let kept = 0;
  for (let from = 0; from < triangles * 9; from += 9) {
    if (!isUsable(positions, from) || !isUsable(positions, from + 3)) continue;
    if (!isUsable(positions, from + 6)) continue;
    const to = kept++ * 9;
    if (to !== from) positions.copyWithin(to, from, from + 9);
    bounds.include(positions, to);
    bounds.include(positions, to + 3);
    bounds.include(positions, to + 6);
  }
  return kept;
}

function compactIndices(
  indices: Uint32Array,
  positions: Float32Array,
  bounds: GrowingBounds,
): number {
  let kept = 0;
  for (let from = 0; from + 2 < indices.length; from += 3) {
    const a = (indices[from] ?? 0) * 3;
    const b = (indices[from + 1] ?? 0) * 3;
    const c = (indices[from + 2] ?? 0) * 3;
    if (!isUsable(positions, a) || !isUsable(positions, b) || !isUsable(positions, c)) continue;
    const to = kept++ * 3;
    if (to !== from) indices.copyWithin(to, from, from + 3);
    bounds.include(positions, a);
    bounds.include(positions, b);
    bounds.include(positions, c);
  }
  return kept;
}

/** Whether the three coordinates at `at` are finite and within reason; not a number fails both comparisons. */
function isUsable(positions: Float32Array, at: number): boolean {
  return Math.abs(positions[at] ?? NaN) <= LARGEST_COORDINATE_MM &&
    Math.abs(positions[at + 1] ?? NaN) <= LARGEST_COORDINATE_MM &&
    Math.abs(positions[at + 2] ?? NaN) <= LARGEST_COORDINATE_MM;
}

class GrowingBounds {
  #minX = Infinity;
  #minY = Infinity;
  #minZ = Infinity;
  #maxX = -Infinity;
  #maxY = -Infinity;
  #maxZ = -Infinity;

  include(positions: Float32Array, at: number): void {
    const x = positions[at] ?? 0;
    const y = positions[at + 1] ?? 0;
    const z = positions[at + 2] ?? 0;
    if (x < this.#minX) this.#minX = x;
    if (y < this.#minY) this.#minY = y;
    if (z < this.#minZ) this.#minZ = z;
    if (x > this.#maxX) this.#maxX = x;
    if (y > this.#maxY) this.#maxY = y;
    if (z > this.#maxZ) this.#maxZ = z;
  }

  done(): Bounds {
    return {
      min: [this.#minX, this.#minY, this.#minZ],
      max: [this.#maxX, this.#maxY, this.#maxZ],
    };
  }
}
