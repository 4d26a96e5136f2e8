import { createHash, type Hash } from "node:crypto";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Fs, FsFile, Http } from "../platform/ports.ts";
import { requireSpace } from "../files/space.ts";
import { CHUNK_SIZE, missingStretches, type Stretch } from "./chunk.ts";
import { goodChunks, hashWhole } from "./part_file.ts";
import { rangedGet } from "./ranged_get.ts";
import { contradiction, SNIFF_LENGTH } from "./sniff.ts";
import { type StallWatch, watchForStall } from "./stall.ts";
import type { Throttle } from "./throttle.ts";

/** Bytes read at a time. Two such buffers take turns: one is filled while the other is written. */
const BLOCK_SIZE = 1024 * 1024;

/** Most bytes that are believed of a body whose length neither the server nor the site declares: 4 GiB. */
const UNDECLARED_LIMIT = 4 * 1024 ** 3;

/** Chunks between two looks at the free space: 64 MiB. */
const SPACE_CHECK_CHUNKS = 16;

/** What is known of a partial file, and where news of it are written down. */
export interface PartRecord {
  readonly validator: string | null;
  readonly size: number | null;
  /** SHA-256 by chunk number. */
  readonly chunks: ReadonlyMap<number, Uint8Array>;
  /** Forgets all chunks: the file starts over with this length and validator. */
  begin(size: number | null, validator: string | null): void;
  /** Called when a chunk's bytes were handed to the file system. */
  addChunk(n: number, sha256: Uint8Array): void;
}

/**
 * Called after each block, and first with what was there already: bytes that are on disk, the whole length (null while
 * it is not known), bytes that arrived just now.
 */
export type OnProgress = (done: number, size: number | null, arrived: number) => void;

/** One file to transfer. */
export interface TransferRequest {
  /** The leased address. */
  readonly url: string;
  /** Absolute path of the partial file. */
  readonly partPath: string;
  /** The file's name, for comparing what arrives with what it promises. */
  readonly name: string;
  /** Bytes as the site's JSON claims; a hint, not a promise. */
  readonly claimedSize: number | null;
  readonly part: PartRecord;
  readonly allowsUrl: (url: URL) => boolean;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** A partial file that is whole. */
export interface Transferred {
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly validator: string | null;
}

/** The ports that a transfer needs. */
export interface TransferPorts {
  readonly http: Http;
  readonly fs: Fs;
  readonly clock: Clock;
  /** Shares the bandwidth. @default no limit */
  readonly throttle?: Pick<Throttle, "take" | "giveBack">;
}

/**
 * Brings a partial file to its full length: re-checks the chunks that are there, fetches the missing
 * stretches, hashes everything.
 *
 * @throws {SyncError} `integrity` when the partial file is of no use any more, after having forgotten
 * its chunks; any other kind leaves what arrived for the next attempt.
 */
export async function transfer(
  ports: TransferPorts,
  request: TransferRequest,
): Promise<Transferred> {
  const file = await ports.fs.open(request.partPath, { write: true });
  const stall = watchForStall(ports.clock, request.signal);
  try {
    return await new Transfer(ports, request, file, stall).run();
  } catch (error) {
    if (error instanceof SyncError && error.kind === "integrity") request.part.begin(null, null);
    throw error;
  } finally {
    stall.stop();
    file.close();
  }
}

class Transfer {
  readonly #ports: TransferPorts;
  readonly #request: TransferRequest;
  readonly #file: FsFile;
  readonly #stall: StallWatch;
  #size: number | null;
  #validator: string | null;
  #done = 0;

  constructor(ports: TransferPorts, request: TransferRequest, file: FsFile, stall: StallWatch) {
    this.#ports = ports;
    this.#request = request;
    this.#file = file;
    this.#stall = stall;
    this.#size = request.part.size;
    this.#validator = request.part.validator;
  }

  async run(): Promise<Transferred> {
    const { part } = this.#request;
    // Without a validator nothing proves that the rest would belong to what is on disk.
    const good = this.#validator === null || this.#size === null
      ? new Map<number, number>()
      : await goodChunks(this.#file, part.chunks, this.#size, this.#stall);
    for (const length of good.values()) this.#done += length;
    this.#request.onProgress?.(this.#done, this.#size, 0);

    let sha256: string | null = null;
    // With nothing to build on, the length that an earlier attempt was told means nothing either.
    const known = good.size === 0 ? null : this.#size;
    for (const stretch of missingStretches(known, new Set(good.keys()))) {
      sha256 = await this.#fetch(stretch, good.size === 0);
      if (sha256 !== null) break;
    }
    const size = this.#size;
    if (size === null) throw new SyncError("bug", "A transfer ended without knowing its length");
    await this.#file.truncate(size);
    // A stream that was resumed proves nothing about the bytes before it: read the whole again.
    sha256 ??= await hashWhole(this.#file, size, this.#stall);
    return { size, sha256, validator: this.#validator };
  }

  /** Fetches one stretch. Returns the hash of the whole file when all of it came in one stream. */
  async #fetch(stretch: Stretch, fresh: boolean): Promise<string | null> {
    const { url, allowsUrl, part, claimedSize } = this.#request;
    const answer = await rangedGet(this.#ports, {
      url,
      stretch,
      validator: fresh ? null : this.#validator,
      size: fresh ? null : this.#size,
      allowsUrl,
      signal: this.#stall.signal,
    });
    if (fresh || answer.whole) {
      this.#size = answer.size;
      this.#validator = answer.validator;
      this.#done = 0;
      part.begin(answer.size, answer.validator);
    }
    const from = answer.whole ? 0 : stretch.start;
    const until = answer.whole ? this.#size : stretch.end ?? this.#size;
    const whole = from === 0 && until === this.#size ? createHash("sha256") : null;
    try {
      await this.#requireSpace();
    } catch (error) {
      await answer.body.cancel().catch(() => {});
      throw error;
    }
    // Without a declared length the site's own claim bounds what is believed.
    const limit = until ?? claimedSize ?? UNDECLARED_LIMIT;
    const end = await this.#receive(answer.body, from, limit, whole);
    if (this.#size === null) {
      if (claimedSize !== null && end !== claimedSize) {
        throw new SyncError("integrity", `The file ended after ${end} of ${claimedSize} bytes`);
      }
      this.#size = end;
    } else if (end !== until) {
      throw new SyncError("retryable", `The connection ended after ${end} of ${this.#size} bytes`);
    }
    return whole?.digest("hex") ?? null;
  }

  /** Writes a body from offset `from` on; returns the offset behind its last byte. */
  async #receive(
    body: ReadableStream<Uint8Array<ArrayBuffer>>,
    from: number,
    until: number,
    whole: Hash | null,
  ): Promise<number> {
    const reader = body.getReader({ mode: "byob" });
    const abort = () => void reader.cancel(this.#stall.signal.reason).catch(() => {});
    this.#stall.signal.addEventListener("abort", abort, { once: true });
    const single = this.#size !== null && this.#size <= CHUNK_SIZE;
    let chunkHash = createHash("sha256");
    let writing: Promise<void> = Promise.resolve();
    let at = from;
    // Allocating a whole block for each of many small files would cost more than fetching them.
    const block = Math.max(1, Math.min(BLOCK_SIZE, until - from));
    let [buffer, spare] = [new ArrayBuffer(block), new ArrayBuffer(block)];
    try {
      for (;;) {
        // One byte more than expected is asked for, so that an endless body is noticed.
        const room = Math.min(block, CHUNK_SIZE - at % CHUNK_SIZE, Math.max(1, until - at));
        const { value, done } = await this.#read(reader, buffer, room);
        this.#stall.signal.throwIfAborted();
        if (done || !value) break;
        this.#stall.touch(value.byteLength);
        if (at === 0) this.#requirePromised(value);
        if (at + value.byteLength > until) {
          throw new SyncError("integrity", `The file goes on past its ${until} bytes`);
        }
        whole?.update(value);
        if (!single) chunkHash.update(value);
        await writing;
        const before = at;
        writing = this.#file.write(value, before);
        // A failed write is reported by the next `await writing`, never as an unhandled rejection.
        writing.catch(() => {});
        at += value.byteLength;
        this.#done += value.byteLength;
        buffer = spare;
        spare = value.buffer;
        if (!single && (at % CHUNK_SIZE === 0 || at === this.#size)) {
          await writing;
          this.#request.part.addChunk(Math.floor(before / CHUNK_SIZE), chunkHash.digest());
          chunkHash = createHash("sha256");
          if ((at / CHUNK_SIZE) % SPACE_CHECK_CHUNKS === 0) await this.#requireSpace();
        }
        this.#request.onProgress?.(this.#done, this.#size, value.byteLength);
      }
      await writing;
      return at;
    } catch (error) {
      await writing.catch(() => {});
      throw classifyThrown(this.#stall.signal.aborted ? this.#stall.signal.reason : error);
    } finally {
      this.#stall.signal.removeEventListener("abort", abort);
      await reader.cancel().catch(() => {});
    }
  }

  /** Reads as much as the bandwidth allows just now. */
  async #read(reader: ReadableStreamBYOBReader, buffer: ArrayBuffer, room: number) {
    const { throttle } = this.#ports;
    if (!throttle) return await reader.read(new Uint8Array(buffer, 0, room));
    const share = throttle.take(room, this.#stall.signal);
    const granted = typeof share === "number" ? share : await share;
    let came = 0;
    try {
      const result = await reader.read(new Uint8Array(buffer, 0, granted));
      came = result.value?.byteLength ?? 0;
      return result;
    } finally {
      throttle.giveBack(granted - came);
    }
  }

  #requirePromised(head: Uint8Array): void {
    const found = contradiction(this.#request.name, head.subarray(0, SNIFF_LENGTH));
    if (found) throw new SyncError("retryable", `The site sent ${found} under this name`);
  }

  async #requireSpace(): Promise<void> {
    const missing = (this.#size ?? this.#request.claimedSize ?? 0) - this.#done;
    await requireSpace(this.#ports.fs, this.#request.partPath, Math.max(0, missing));
  }
}
