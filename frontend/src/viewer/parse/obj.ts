/**
 * Wavefront OBJ: vertices and faces, which is all that a shape needs. Our own parser because three's
 * holds the whole text as one string and every number as a JavaScript number, and unrolls shared
 * vertices: a file of 200 MB takes more than 2 GB.
 *
 * @module
 */
import { GrowingFloats, GrowingIndices } from "./growing_array.ts";
import { checkTriangles, type Limits } from "./limits.ts";
import { type Mesh, toMesh } from "./mesh.ts";
import { ParseError } from "./parse_error.ts";
import { TextCursor } from "./text_cursor.ts";

/**
 * Reads an OBJ file. It knows no unit and no up axis; printing takes it for millimetres, z up.
 * Polygons become fans of triangles around their first corner. Normals, texture coordinates,
 * materials, groups, lines, points and free-form surfaces are passed over.
 *
 * @throws {ParseError} when there is nothing to show or a face makes no sense
 */
export function parseObj(bytes: Uint8Array, limits: Limits): Mesh {
  const cursor = new TextCursor(bytes);
  const positions = new GrowingFloats();
  const indices = new GrowingIndices();
  while (cursor.nextWord()) {
    if (cursor.is("v")) readVertex(cursor, positions);
    else if (cursor.is("f") || cursor.is("fo")) {
      readFace(cursor, indices, positions.length / 3);
      checkTriangles(indices.length / 3, limits);
    }
    cursor.skipLine();
  }
  return toMesh({ positions: positions.done(), indices: indices.done(), complete: true });
}

function readVertex(cursor: TextCursor, positions: GrowingFloats): void {
  const x = cursor.nextWordOfLine() ? cursor.number() : NaN;
  const y = cursor.nextWordOfLine() ? cursor.number() : NaN;
  const z = cursor.nextWordOfLine() ? cursor.number() : NaN;
  positions.push3(x, y, z);
}

function readFace(cursor: TextCursor, indices: GrowingIndices, vertices: number): void {
  let first = -1;
  let previous = -1;
  while (cursor.nextWordOfLine()) {
    const vertex = toIndex(cursor.number(), vertices);
    if (first < 0) first = vertex;
    else if (previous < 0) previous = vertex;
    else {
      indices.push3(first, previous, vertex);
      previous = vertex;
    }
  }
}

/** 1 is the first vertex of the file, -1 the one defined last. */
function toIndex(reference: number, vertices: number): number {
  const index = reference > 0 ? reference - 1 : vertices + reference;
  if (Number.isInteger(index) && reference !== 0 && index >= 0 && index < 0xffffffff) return index;
  throw new ParseError("damaged", "A face names a vertex that does not exist");
}
