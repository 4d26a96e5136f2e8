/**
 * Parses one file beside the page: large models take seconds, and a page can end a worker at any time.
 *
 * @module
 */
import { type DisplayMesh, toDisplayMesh } from "./display_mesh.ts";
import { ParseError } from "./parse/parse_error.ts";
import { parseMesh } from "./parse/parse_mesh.ts";
import type { ParseAnswer, ParseRequest } from "./model_parser.ts";

self.onmessage = ({ data }: MessageEvent<ParseRequest>) => {
  const answer = parse(data);
  const transfer = "mesh" in answer ? buffersOf(answer.mesh) : [];
  self.postMessage(answer, { transfer });
};

function parse({ bytes, fileName, limits }: ParseRequest): ParseAnswer {
  try {
    return { mesh: toDisplayMesh(parseMesh(bytes, fileName, limits)) };
  } catch (error) {
    if (error instanceof ParseError) {
      return { error: { code: error.code, message: error.message } };
    }
    // Whatever an unexpected file does to a parser, the page must hear of it.
    return { error: { code: "damaged", message: String(error) } };
  }
}

function buffersOf({ positions, indices, normals }: DisplayMesh): ArrayBuffer[] {
  return [positions, indices, normals].flatMap((array) => array === null ? [] : [array.buffer]);
}
