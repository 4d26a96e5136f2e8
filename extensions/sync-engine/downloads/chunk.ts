/** Bytes of a chunk: the unit that is hashed, recorded and re-checked on resume. */
export const CHUNK_SIZE = 4 * 1024 * 1024;

/** How many chunks a file of `size` bytes has. */
export function chunkCount(size: number): number {
  return Math.ceil(size / CHUNK_SIZE);
}

/** Bytes of chunk `n` of a file of `size` bytes. */
export function chunkLength(n: number, size: number): number {
  return Math.min(CHUNK_SIZE, size - n * CHUNK_SIZE);
}

/** A stretch of bytes [start, end). */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches of a file that are not covered by good chunks, in order. Together with those chunks
 * they tile the file exactly once.
 */
export function missingStretches(size: number, good: ReadonlySet<number>): Stretch[] {
  const stretches: Stretch[] = [];
  let start: number | null = null;
  for (let n = 0; n < chunkCount(size); n++) {
    if (!good.has(n)) {
      start ??= n * CHUNK_SIZE;
    } else if (start !== null) {
      stretches.push({ start, end: n * CHUNK_SIZE });
      start = null;
    }
  }
  if (start !== null) stretches.push({ start, end: size });
  return stretches;
}
