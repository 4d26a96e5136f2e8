import { creasedNormals } from "./parse/creased_normals.ts";
import type { Bounds, Mesh } from "./parse/mesh.ts";

/** A model as the scene draws it. */
export interface DisplayMesh {
  /** x, y, z of each vertex, in mm, z up. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Three per triangle; null when `positions` holds the triangles' corners in turn. */
  readonly indices: Uint32Array<ArrayBuffer> | null;
  /** Four per vertex, 32,767 being 1; null for flat shading. */
  readonly normals: Int16Array<ArrayBuffer> | null;
  readonly triangles: number;
  readonly bounds: Bounds;
  /** False when the file ends early. */
  readonly complete: boolean;
}

/** Beyond, triangles are so small that flat ones look smooth, and joining them takes seconds. */
const MOST_SMOOTH_TRIANGLES = 2_000_000;

/** Prepares a parsed model for drawing. */
export function toDisplayMesh(mesh: Mesh): DisplayMesh {
  if (mesh.triangles > MOST_SMOOTH_TRIANGLES) return { ...mesh, normals: null };
  const { triangles, bounds, complete } = mesh;
  return { ...creasedNormals(mesh), triangles, bounds, complete };
}
