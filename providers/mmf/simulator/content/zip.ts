import { zipSync } from "fflate";

/** A file of a zip whose size is known before its content. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly bytes: () => Uint8Array;
}

const LOCAL_HEADER = 30;
const CENTRAL_HEADER = 46;
const END = 22;

/** Bytes of the zip of these entries. */
export function zipSize(entries: readonly ZipEntry[]): number {
  return entries.reduce((sum, { name, size }) => {
    const nameBytes = new TextEncoder().encode(name).length;
    return sum + LOCAL_HEADER + CENTRAL_HEADER + 2 * nameBytes + size;
  }, END);
}

/** Stores the entries without compression, which keeps the size predictable and the making cheap. */
export function encodeZip(entries: readonly ZipEntry[]): Uint8Array {
  const files = Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes()]));
  // The date is read in local time, so that every time zone writes the same bytes.
  return zipSync(files, { level: 0, mtime: new Date(2024, 0, 2, 3, 4, 6) });
}
