import { SyncError } from "../platform/errors.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import type { FileSource } from "./file_source.ts";
import type { RangedBody } from "./ranged_get.ts";
import type { StallWatch } from "./stall.ts";
import type { Share } from "./throttle.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What bytes are read from: a BYOB reader is one. */
export interface ByteReader {
  read(into: Bytes): Promise<ReadableStreamReadResult<Bytes>>;
  cancel(reason?: unknown): Promise<void>;
}

/** What a {@linkcode PacedBody} needs. */
export interface PacedBodyPorts {
  readonly source: FileSource;
  readonly stall: StallWatch;
  /** Shares the bandwidth. @default no limit */
  readonly throttle?: Share | undefined;
}

/** The bytes that one connection is to bring. */
export interface PacedStretch {
  readonly start: number;
  /** Offset behind the last byte; Infinity where that is not known. */
  readonly reach: number;
  /** Null for a first request. */
  readonly validator: string | null;
  /** Length of the whole file where it is known already. */
  readonly size: number | null;
  /** What the site claims of that, where it does: no more is taken for a first turn. */
  readonly claimedSize: number | null;
}

/** The server no longer sends parts of the file that was begun: whoever asks once more, is told what there is now. */
export class TurnRefused extends SyncError {
  constructor() {
    super("retryable", "The file server sent the whole file instead of its next part");
  }
}

/** An answer that is being read. */
interface Answer {
  readonly reader: ByteReader;
  /** Bytes that were taken and are still to come; null where they are taken as they are read. */
  left: number | null;
}

/** What the server says of the file with its first answer. */
export type FileHead = Pick<RangedBody, "whole" | "size" | "validator">;

/**
 * The body of a stretch, no faster than the bandwidth allows. At a low limit it comes in turns: bytes are taken first,
 * then asked for, and read as they come, so that the wire is never ahead by more than a turn, whatever the system's
 * buffers hold. Above, and without a limit, it is one long answer, whose bytes are taken as they are read. Which of the
 * two it is, changes with the limit; the long answer is given up then, with what the buffers hold of it.
 */
export class PacedBody implements ByteReader {
  readonly #ports: PacedBodyPorts;
  #at: number;
  #reach: number;
  #validator: string | null;
  #size: number | null;
  readonly #claimedSize: number | null;
  #answer: Answer | null = null;

  private constructor(ports: PacedBodyPorts, stretch: PacedStretch) {
    this.#ports = ports;
    this.#at = stretch.start;
    this.#reach = stretch.reach;
    this.#validator = stretch.validator;
    this.#size = stretch.size;
    this.#claimedSize = stretch.claimedSize;
  }

  /**
   * Asks for a stretch, or for its first turn.
   *
   * @returns Its body, which starts with the file where the server sends the `whole`; and what the server says of it.
   * @throws {SyncError} As `FileSource.ask`.
   */
  static async open(ports: PacedBodyPorts, stretch: PacedStretch): Promise<[PacedBody, FileHead]> {
    const body = new PacedBody(ports, stretch);
    return [body, await body.#begin()];
  }

  /** @throws {SyncError} What a further turn is refused with; {@linkcode TurnRefused}. */
  async read(into: Bytes): Promise<ReadableStreamReadResult<Bytes>> {
    if (this.#answer?.left === null && this.#isInTurns) {
      await this.cancel("The bandwidth is limited now").catch(() => {});
      this.#answer = null;
    }
    if (!this.#answer && this.#at === this.#reach) return { done: true, value: into };
    this.#answer ??= await this.#goOn();
    const { left, reader } = this.#answer;
    const result = left === null
      ? await this.#readLong(reader, into)
      : await this.#readTurn(reader, left, into);
    this.#at += result.value?.byteLength ?? 0;
    return result;
  }

  async cancel(reason?: unknown): Promise<void> {
    await this.#answer?.reader.cancel(reason);
  }

  get #isInTurns(): boolean {
    const { source, throttle } = this.#ports;
    return source.allowsTurns && throttle?.isLow === true;
  }

  async #begin(): Promise<FileHead> {
    const { source } = this.#ports;
    const { answer, head } = await this.#ask();
    const { whole, size, validator } = head;
    this.#validator ??= validator;
    this.#size = size;
    // Nothing else proves that one turn belongs to another.
    if (whole || this.#validator === null) source.allowsTurns = false;
    if (whole) this.#at = 0;
    else this.#reach = Math.min(this.#reach, size ?? Infinity);
    const isAll = answer.left === null || this.#at + answer.left === this.#reach;
    if (!isAll && !source.allowsTurns) {
      await answer.reader.cancel();
      return await this.#begin();
    }
    this.#answer = answer;
    return head;
  }

  async #goOn(): Promise<Answer> {
    const { answer, head } = await this.#ask();
    if (!head.whole) return answer;
    this.#ports.source.allowsTurns = false;
    await answer.reader.cancel();
    throw new TurnRefused();
  }

  /** Asks for a turn, or for all that is left. */
  async #ask(): Promise<{ readonly answer: Answer; readonly head: FileHead }> {
    const granted = this.#isInTurns ? await this.#takeTurn() : null;
    const { source, stall, throttle } = this.#ports;
    const end = granted === null ? this.#reach : this.#at + granted;
    let unused = granted ?? 0;
    try {
      const { body, ...head } = await source.ask({
        start: this.#at,
        end: end === Infinity ? null : end,
        validator: this.#validator,
        size: this.#size,
      }, stall);
      const reader = body.getReader({ mode: "byob" });
      if (granted === null || head.whole) return { answer: { reader, left: null }, head };
      const left = Math.min(end, head.size ?? end) - this.#at;
      unused = granted - left - head.headBytes;
      return { answer: { reader, left }, head };
    } finally {
      throttle?.giveBack(unused);
    }
  }

  /** Takes the bytes of a turn. A chunk's end ends it: there a transfer may leave the rest to another connection. */
  async #takeTurn(): Promise<number> {
    const { throttle, stall } = this.#ports;
    const reach = this.#reach === Infinity ? this.#claimedSize ?? Infinity : this.#reach;
    const wanted = Math.max(1, Math.min(reach - this.#at, CHUNK_SIZE - this.#at % CHUNK_SIZE));
    return await stall.excuse(throttle?.takeAhead(wanted, stall.signal) ?? wanted);
  }

  async #readLong(reader: ByteReader, into: Bytes) {
    const { throttle, stall } = this.#ports;
    if (!throttle) return await reader.read(into);
    const share = throttle.take(into.length, stall.signal);
    const granted = typeof share === "number" ? share : await stall.excuse(share);
    let came = 0;
    try {
      const result = await reader.read(into.subarray(0, granted));
      came = result.value?.byteLength ?? 0;
      return result;
    } finally {
      throttle.giveBack(granted - came);
    }
  }

  async #readTurn(reader: ByteReader, left: number, into: Bytes) {
    const result = await reader.read(into.subarray(0, Math.min(left, into.length)));
    const rest = left - (result.value?.byteLength ?? 0);
    this.#answer = { reader, left: rest };
    if (rest > 0) {
      if (result.done) this.#ports.throttle?.giveBack(rest);
      return result;
    }
    // A connection is used again only if its answer was read to the end.
    if (!(await reader.read(new Uint8Array(1))).done) {
      throw new SyncError("integrity", "The file server sent more than it was asked for");
    }
    this.#answer = null;
    return result;
  }
}
