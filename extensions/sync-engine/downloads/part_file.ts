import { createHash } from "node:crypto";
import type { FsFile } from "../platform/ports.ts";
import { CHUNK_SIZE, chunkCount, chunkLength } from "./chunk.ts";
import { hasHash } from "./chunk_hash.ts";
import type { StallWatch } from "./stall.ts";

/**
 * Re-reads the recorded chunks of a partial file.
 *
 * @returns Lengths in bytes by chunk number, of those whose bytes still have their hash.
 */
export async function goodChunks(
  file: FsFile,
  recorded: ReadonlyMap<number, Uint8Array>,
  size: number,
  stall: StallWatch,
): Promise<Map<number, number>> {
  const good = new Map<number, number>();
  const buffer = new Uint8Array(CHUNK_SIZE);
  for (const [n, hash] of recorded) {
    if (n >= chunkCount(size)) continue;
    stall.signal.throwIfAborted();
    const bytes = buffer.subarray(0, chunkLength(n, size));
    if (await readFully(file, bytes, n * CHUNK_SIZE) < bytes.length) continue;
    stall.touch(bytes.length);
    if (hasHash(bytes, hash)) good.set(n, bytes.length);
  }
  return good;
}

/** SHA-256 in lower-case hex of the first `size` bytes of a file. */
export async function hashWhole(file: FsFile, size: number, stall: StallWatch): Promise<string> {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK_SIZE);
  for (let at = 0; at < size;) {
    stall.signal.throwIfAborted();
    const read = await readFully(file, buffer.subarray(0, Math.min(CHUNK_SIZE, size - at)), at);
    if (read === 0) break;
    stall.touch(read);
    hash.update(buffer.subarray(0, read));
    at += read;
  }
  return hash.digest("hex");
}

async function readFully(file: FsFile, into: Uint8Array, at: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const read = await file.read(into.subarray(filled), at + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
