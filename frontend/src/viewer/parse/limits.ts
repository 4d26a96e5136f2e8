import { ParseError } from "./parse_error.ts";

/** What a file may cost before it is refused. */
export interface Limits {
  /** Size of the file, in bytes. */
  readonly bytes: number;
  /** Size of all model parts of a 3MF package once they are unpacked, in bytes. */
  readonly unpackedBytes: number;
  /** Triangles of the whole model, instances counted each time. */
  readonly triangles: number;
}

/**
 * With these, parsing stays below about 1 GB of memory. A binary STL of 256 MB holds 5.4 million
 * triangles, so the triangle cap concerns 3MF packages, which repeat objects.
 */
export const HARD_LIMITS: Limits = {
  bytes: 256 * 1024 * 1024,
  unpackedBytes: 512 * 1024 * 1024,
  triangles: 8_000_000,
};

/** Throws `tooLarge` when a model has more triangles than allowed. */
export function checkTriangles(triangles: number, limits: Limits): void {
  if (triangles <= limits.triangles) return;
  throw new ParseError(
    "tooLarge",
    `The model has more than ${count(limits.triangles)} triangles, the most that can be shown`,
  );
}

/** Throws `tooLarge` when the file has more bytes than allowed. */
export function checkBytes(bytes: number, limits: Pick<Limits, "bytes">): void {
  if (bytes <= limits.bytes) return;
  throw new ParseError(
    "tooLarge",
    `The file has ${megabytes(bytes)}; up to ${megabytes(limits.bytes)} can be shown`,
  );
}

/** Bytes as whole megabytes (1,048,576 bytes), for error messages. */
export function megabytes(bytes: number): string {
  return `${count(Math.ceil(bytes / 1024 / 1024))} MB`;
}

/** A whole number with thousands separators, for error messages. */
export function count(items: number): string {
  return items.toLocaleString("en");
}
