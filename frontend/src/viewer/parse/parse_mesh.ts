import { formatOf } from "./formats.ts";
import { checkBytes, type Limits } from "./limits.ts";
import type { Mesh } from "./mesh.ts";
import { parseObj } from "./obj.ts";
import { ParseError } from "./parse_error.ts";
import { parseStl } from "./stl.ts";
import { parseThreeMf } from "./three_mf.ts";

/**
 * Reads a model file in the format that its name says, or as 3MF when it is a zip all the same.
 *
 * @throws {ParseError} and nothing else, whatever the bytes are
 */
export function parseMesh(bytes: Uint8Array, fileName: string, limits: Limits): Mesh {
  checkBytes(bytes.length, limits);
  if (bytes.length === 0) throw new ParseError("empty", "The file is empty");
  const format = isZip(bytes) ? "3mf" : formatOf(fileName);
  try {
    if (format === "3mf") return parseThreeMf(bytes, limits);
    if (format === "obj") return parseObj(bytes, limits);
    if (format === "stl") return parseStl(bytes, limits);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ParseError("tooLarge", "The model does not fit into memory", { cause: error });
  }
  throw new ParseError("unsupported", "Only STL, OBJ and 3MF files can be shown");
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}
