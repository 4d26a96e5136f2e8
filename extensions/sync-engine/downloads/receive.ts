import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { FsFile } from "../platform/ports.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import { ChunkHash } from "./chunk_hash.ts";
import type { ByteReader } from "./paced_body.ts";
import type { StallWatch } from "./stall.ts";

/** Where the bytes of one body go. */
export interface Receiving {
  readonly file: FsFile;
  readonly stall: StallWatch;
  /** Bytes written at a time. Two such buffers take turns: one is filled while the other is written. */
  readonly blockSize: number;
  /** `at` moves on with what arrives; `end` may be lowered meanwhile. */
  readonly claim: { at: number; end: number };
  /** Offset behind the last byte that the body may have; at least the claim's end. */
  readonly reach: number;
  /** Length of the whole file, null when the server does not say. */
  readonly size: number | null;
  /** Called at the claim's end where the body goes on; whether the claim was extended. */
  readonly extend: () => boolean;
  /** Called with each block before it is written; what it throws, ends it. */
  readonly onBlock: (block: Uint8Array, at: number) => void;
  /** Called with the number of bytes that have just come. */
  readonly onProgress: (bytes: number) => void;
  /** Called when a chunk's bytes were handed to the file system; null where chunks do not matter. */
  readonly onChunk: ((n: number, hash: Uint8Array) => void | Promise<void>) | null;
}

/**
 * Writes a body into its claim of the file, up to the body's end or the claim's. The body is cancelled where it goes on.
 *
 * @throws {SyncError} `integrity` when the body goes on past its reach; else what ended the body or the writing.
 */
export async function receive(
  body: ByteReader,
  receiving: Receiving,
): Promise<void> {
  const { file, stall, claim, reach, size, onBlock, onProgress, onChunk } = receiving;
  const { signal } = stall;
  const abort = () => void body.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", abort, { once: true });
  // Allocating a whole block for each of many small files would cost more than fetching them.
  const block = Math.max(1, Math.min(receiving.blockSize, reach - claim.at));
  let buffer = new ArrayBuffer(block);
  let spare: ArrayBuffer | null = null;
  let filled = 0;
  let chunkHash = new ChunkHash();
  let writing: Promise<void> = Promise.resolve();
  let [written, toBeWritten] = [claim.at, claim.at];

  async function writeBlock(): Promise<void> {
    const bytes = new Uint8Array(buffer, 0, filled);
    const at = claim.at - filled;
    onBlock(bytes, at);
    if (onChunk) chunkHash.update(bytes);
    await writing;
    [written, toBeWritten] = [at, claim.at];
    signal.throwIfAborted();
    writing = file.write(bytes, at);
    // A failed write is reported by the next `await writing`, never as an unhandled rejection.
    writing.catch(() => {});
    const full = buffer;
    // What one block holds needs no second one.
    buffer = spare ?? new ArrayBuffer(claim.at < reach ? block : 1);
    spare = full;
    filled = 0;
  }

  try {
    for (;;) {
      if (claim.at === claim.end && claim.end < reach && !receiving.extend()) break;
      const chunkEnd = claim.at - claim.at % CHUNK_SIZE + CHUNK_SIZE;
      // One byte more than expected is asked for, so that an endless body is noticed.
      const end = Math.min(chunkEnd, Math.max(reach, claim.at + 1));
      const room = Math.min(block - filled, end - claim.at);
      const { value, done } = await body.read(new Uint8Array(buffer, filled, room));
      signal.throwIfAborted();
      if (value) buffer = value.buffer;
      if (done || !value) break;
      stall.touch(value.byteLength);
      if (claim.at + value.byteLength > reach) {
        throw new SyncError("integrity", `The file goes on past its ${reach} bytes`);
      }
      claim.at += value.byteLength;
      filled += value.byteLength;
      onProgress(value.byteLength);
      const isWhole = claim.at === chunkEnd || claim.at === size;
      if (filled === block || isWhole) await writeBlock();
      if (!isWhole || !onChunk) continue;
      await writing;
      await onChunk(Math.floor((claim.at - 1) / CHUNK_SIZE), chunkHash.digest());
      chunkHash = new ChunkHash();
    }
    if (filled > 0) await writeBlock();
    await writing;
  } catch (error) {
    // What was not written has not come.
    claim.at = await writing.then(() => toBeWritten, () => written);
    throw classifyThrown(signal.aborted ? signal.reason : error);
  } finally {
    signal.removeEventListener("abort", abort);
    await body.cancel().catch(() => {});
  }
}
