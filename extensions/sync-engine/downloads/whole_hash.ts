import { createHash } from "node:crypto";
import type { FsFile } from "../platform/ports.ts";
import { CHUNK_SIZE } from "./chunk.ts";

/** Bytes that are read back at a time; a chunk is a whole number of them. */
const PIECE_SIZE = 1024 * 1024;

/**
 * SHA-256 of a whole file that is taken while it arrives for the first time: from its first connection's bytes as long
 * as that one has come without a break from the file's start, behind it by reading what others have written as soon as
 * there is no gap before it.
 */
export class WholeHash {
  readonly #file: FsFile;
  readonly #size: number | null;
  readonly #signal: AbortSignal;
  readonly #hash = createHash("sha256");
  readonly #arrived = new Set<number>();
  #buffer: Uint8Array | null = null;
  #at = 0;
  #isFed = true;
  #isSpoilt = false;
  #following: Promise<void> | null = null;

  /** @param size Bytes of the whole file, null when that is not known; then nothing but its stream tells the hash. */
  constructor(file: FsFile, size: number | null, signal: AbortSignal) {
    this.#signal = signal;
    this.#file = file;
    this.#size = size;
  }

  /** Bytes of the stream that starts with the file, in their order. */
  feed(block: Uint8Array): void {
    this.#hash.update(block);
    this.#at += block.length;
  }

  /** That stream has brought all that it was to bring; others bring the rest. */
  endFeed(): void {
    this.#isFed = false;
    this.#follow();
  }

  /** Chunk `n` was handed to the file system. */
  addChunk(n: number): void {
    this.#arrived.add(n);
    this.#follow();
  }

  /** Ends it, because what is on disk is not what was hashed. Resolves when nothing of it goes on any more. */
  async giveUp(): Promise<void> {
    this.#isSpoilt = true;
    await this.#following;
  }

  /** Lower-case hex of all `size` bytes; null when that can only be told by reading the file. */
  async digest(size: number): Promise<string | null> {
    while (this.#following) await this.#following;
    return this.#isSpoilt || this.#at !== size ? null : this.#hash.digest("hex");
  }

  #follow(): void {
    if (this.#isFed || this.#isSpoilt || this.#following) return;
    if (!this.#arrived.has(this.#at / CHUNK_SIZE)) return;
    this.#following = this.#readBack()
      // Whoever reads the whole file then meets the same.
      .catch(() => void (this.#isSpoilt = true))
      .finally(() => {
        this.#following = null;
        this.#follow();
      });
  }

  async #readBack(): Promise<void> {
    const size = this.#size ?? 0;
    this.#buffer ??= new Uint8Array(PIECE_SIZE);
    while (this.#at < size && this.#arrived.has(Math.floor(this.#at / CHUNK_SIZE))) {
      const length = Math.min(PIECE_SIZE, size - this.#at);
      const bytes = this.#buffer.subarray(0, length);
      const read = await this.#file.read(bytes, this.#at);
      this.#isSpoilt ||= read < length || this.#signal.aborted;
      if (this.#isSpoilt) return;
      this.feed(bytes);
    }
  }
}
