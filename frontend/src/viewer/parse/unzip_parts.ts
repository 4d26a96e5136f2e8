import { unzipSync } from "fflate";
import { count, type Limits, megabytes } from "./limits.ts";
import { ParseError } from "./parse_error.ts";

/** A 3MF package has a few dozen parts; a zip bomb has one for each byte of its directory. */
const MAX_ENTRIES = 20_000;

/**
 * Unpacks the parts of an OPC package (a zip) that `wanted` names, by their paths in lower case
 * without the leading slash; OPC compares names without case.
 *
 * Memory is bounded by what the directory promises: fflate never writes beyond that.
 *
 * @throws {ParseError} `damaged` for what is no zip, `tooLarge` when it would unpack to too much
 */
export function unzipParts(
  bytes: Uint8Array,
  limits: Limits,
  wanted: (path: string) => boolean,
): Map<string, Uint8Array> {
  let entries = 0;
  let unpacked = 0;
  const isTaken = ({ name, originalSize }: { name: string; originalSize: number }) => {
    if (++entries > MAX_ENTRIES) {
      throw new ParseError("tooLarge", `The package has more than ${count(MAX_ENTRIES)} parts`);
    }
    if (!wanted(partPath(name))) return false;
    unpacked += originalSize;
    if (unpacked > limits.unpackedBytes) {
      const most = megabytes(limits.unpackedBytes);
      throw new ParseError("tooLarge", `The package unpacks to more than ${most}`);
    }
    return true;
  };
  try {
    const parts = Object.entries(unzipSync(bytes, { filter: isTaken }));
    return new Map(parts.map(([name, content]) => [partPath(name), content]));
  } catch (error) {
    if (error instanceof ParseError) throw error;
    throw new ParseError("damaged", "The package is not a readable zip file", { cause: error });
  }
}

/** The one way to write a part's name: `/3D/3dmodel.model` → `3d/3dmodel.model`. */
export function partPath(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}
