/**
 * STL, binary and ASCII. Our own parser because three's believes the header: it allocates for any
 * triangle count, takes a binary file that begins with `solid` for text when its length is off by a
 * byte, and reads text through strings and arrays of numbers at ten times the file's memory.
 *
 * @module
 */
import { GrowingFloats } from "./growing_array.ts";
import { checkTriangles, type Limits } from "./limits.ts";
import { type Mesh, toMesh } from "./mesh.ts";
import { ParseError } from "./parse_error.ts";
import { TextCursor } from "./text_cursor.ts";

const HEADER_BYTES = 84;
const TRIANGLE_BYTES = 50;

/** Written by programs that stream and never come back to fill in the count. */
const UNKNOWN_COUNT = 0xffffffff;

/** How much of a file is looked at to tell text from binary. */
const SNIFFED_BYTES = 4096;

/**
 * Reads an STL file. It knows no unit; printing takes it for millimetres.
 *
 * @throws {ParseError} when there is nothing to show
 */
export function parseStl(bytes: Uint8Array, limits: Limits): Mesh {
  return isBinary(bytes) ? parseBinary(bytes, limits) : parseAscii(bytes, limits);
}

/**
 * The word `solid` proves nothing, since many programs begin binary headers with it. A count that fits
 * the length does: read as text, the count's four bytes would mean more than 7 GB.
 */
function isBinary(bytes: Uint8Array): boolean {
  const claimed = claimedTriangles(bytes);
  if (claimed > 0 && HEADER_BYTES + claimed * TRIANGLE_BYTES <= bytes.length) return true;
  const head = new TextDecoder().decode(bytes.subarray(0, SNIFFED_BYTES));
  const isText = !head.includes("\0") && /^\s*(solid|facet)/i.test(head) &&
    /\b(facet|endsolid)\b/i.test(head);
  return !isText;
}

function claimedTriangles(bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES) return 0;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(80, true);
}

function parseBinary(bytes: Uint8Array, limits: Limits): Mesh {
  if (bytes.length < HEADER_BYTES) {
    throw new ParseError("damaged", "The file is too short to be an STL file");
  }
  const claimed = claimedTriangles(bytes);
  const present = Math.floor((bytes.length - HEADER_BYTES) / TRIANGLE_BYTES);
  const isWhole = (bytes.length - HEADER_BYTES) % TRIANGLE_BYTES === 0;
  // Slicers trust the length before the count (PrusaSlicer's admesh); so does this.
  const triangles = isWhole || claimed === 0 ? present : Math.min(claimed, present);
  if (claimed > 0 && triangles === 0) {
    throw new ParseError("damaged", "The file is too short to be an STL file");
  }
  checkTriangles(triangles, limits);

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const positions = new Float32Array(triangles * 9);
  let to = 0;
  for (let triangle = 0; triangle < triangles; triangle++) {
    // The normal comes first. It is left out: often zero or wrong, and given by the corners anyway.
    const from = HEADER_BYTES + triangle * TRIANGLE_BYTES + 12;
    for (let offset = 0; offset < 36; offset += 4) {
      positions[to++] = view.getFloat32(from + offset, true);
    }
  }
  return toMesh({
    positions,
    indices: null,
    complete: claimed <= triangles || (claimed === UNKNOWN_COUNT && isWhole),
  });
}

function parseAscii(bytes: Uint8Array, limits: Limits): Mesh {
  const cursor = new TextCursor(bytes);
  const positions = new GrowingFloats();
  const facet = new Float64Array(9);
  let corners = 0;
  let isOpen = false;
  while (cursor.nextWord()) {
    if (cursor.is("vertex")) {
      // A facet of more than three corners is a polygon: a fan of triangles around its first corner.
      if (corners >= 3) facet.copyWithin(3, 6, 9);
      const at = Math.min(corners++, 2) * 3;
      for (let axis = 0; axis < 3; axis++) {
        facet[at + axis] = cursor.nextWord() ? cursor.number() : NaN;
      }
      if (corners >= 3) {
        for (let from = 0; from < 9; from += 3) {
          positions.push3(facet[from] ?? NaN, facet[from + 1] ?? NaN, facet[from + 2] ?? NaN);
        }
        checkTriangles(positions.length / 9, limits);
      }
    } else if (cursor.is("facet") || cursor.is("endfacet")) {
      corners = 0;
    } else if (cursor.is("solid")) {
      // The rest of the line is a name, which may hold any word.
      cursor.skipLine();
      isOpen = true;
    } else if (cursor.is("endsolid")) {
      cursor.skipLine();
      isOpen = false;
    }
  }
  return toMesh({ positions: positions.done(), indices: null, complete: !isOpen });
}
