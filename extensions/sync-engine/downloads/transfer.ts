import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { FsFile } from "../platform/ports.ts";
import { SpaceWatch } from "../files/space.ts";
import { CHUNK_SIZE, missingStretches, type Stretch } from "./chunk.ts";
import { Crew, type Outcome } from "./crew.ts";
import { FileSource } from "./file_source.ts";
import { openPart } from "./open_part.ts";
import { type FileHead, PacedBody, TurnRefused } from "./paced_body.ts";
import { goodChunks, hashWhole } from "./part_file.ts";
import { receive } from "./receive.ts";
import { requirePromised } from "./sniff.ts";
import { type StallWatch, watchForStall } from "./stall.ts";
import { type Claim, stretchLength, StretchPlan } from "./stretch_plan.ts";
import type {
  TransferPorts,
  Transferred,
  TransferredFile,
  TransferRequest,
} from "./transfer_request.ts";
import { isEtag } from "./validator.ts";
import { WholeHash } from "./whole_hash.ts";

/** Least bytes of a file that more than one connection is used for: 64 MiB. */
const SEVERAL_FROM = 64 * 1024 * 1024;

/** Most bytes that are believed of a body whose length neither the server nor the site declares: 4 GiB. */
const UNDECLARED_LIMIT = 4 * 1024 ** 3;

/** Bytes written at a time, by a connection on its own and by one of several, which are slower and share the memory. */
const BLOCK = 1024 * 1024;
const SMALL_BLOCK = 256 * 1024;

/** Chunks between two looks at the free space: 64 MiB. */
const SPACE_CHECK_CHUNKS = 16;

/**
 * Brings a partial file to its full length: re-checks the chunks that are there, fetches the missing
 * stretches, hashes everything. The file is the caller's to close.
 *
 * @throws {SyncError} `integrity` when the partial file is of no use any more, after having forgotten
 * its chunks; any other kind leaves what arrived for the next attempt.
 */
export async function transfer(
  ports: TransferPorts,
  request: TransferRequest,
): Promise<TransferredFile> {
  const file = await openPart(ports.fs, request);
  try {
    return { ...await new Transfer(ports, request, file).run(), file };
  } catch (error) {
    file.close();
    if (error instanceof SyncError && error.kind === "integrity") request.part.begin(null, null);
    throw error;
  }
}

/** A body that is being received. */
interface Connection {
  readonly body: PacedBody;
  readonly head: FileHead;
  /** Offset behind the last byte that it brings; Infinity where its end is not known. */
  readonly reach: number;
  readonly stall: StallWatch;
  /** Bytes that it has brought. */
  came: number;
}

class Transfer {
  readonly #ports: TransferPorts;
  readonly #request: TransferRequest;
  readonly #file: FsFile;
  readonly #crew: Crew;
  readonly #source: FileSource;
  #plan: StretchPlan;
  /** Null for a file that is resumed: it is read again as a whole. */
  #hash: WholeHash | null = null;
  #size: number | null = null;
  #validator: string | null = null;
  /** Whether the server has answered for this file. */
  #isAnswered = false;
  /** Whether there may be bytes behind the file's end, of an earlier version. */
  #mayBeLonger: boolean;
  #done = 0;
  #arrived = 0;
  #chunks = 0;

  constructor(ports: TransferPorts, request: TransferRequest, file: FsFile) {
    this.#ports = ports;
    this.#request = request;
    this.#file = file;
    this.#mayBeLonger = request.part.chunks.size > 0;
    this.#plan = this.#planOf([{ start: 0, end: Infinity }]);
    this.#crew = new Crew({
      clock: ports.clock,
      plan: () => this.#plan,
      fetch: (claim) => this.#fetch(claim),
      progress: () => ({ arrived: this.#arrived, left: (this.#size ?? 0) - this.#done }),
      signal: request.signal,
    });
    this.#source = new FileSource({ ports, request, connections: () => this.#crew.size });
  }

  async run(): Promise<Transferred> {
    await this.#resume();
    this.#request.onProgress?.(this.#done, this.#size, 0);
    try {
      await this.#crew.run();
    } catch (error) {
      await this.#hash?.giveUp();
      throw error;
    }
    const size = this.#size;
    if (size === null) throw new SyncError("bug", "A transfer ended without knowing its length");
    if (this.#mayBeLonger) await this.#file.truncate(size);
    // A stream that was resumed proves nothing about the bytes before it: read the whole again.
    const sha256 = await this.#hash?.digest(size) ??
      await this.#watched((stall) => hashWhole(this.#file, size, stall));
    return { size, sha256, validator: this.#validator };
  }

  /** Builds on the chunks that are there and still good. */
  async #resume(): Promise<void> {
    const { chunks, size, validator } = this.#request.part;
    // Without a validator nothing proves that the rest would belong to what is on disk.
    if (validator === null || size === null || chunks.size === 0) return;
    const good = await this.#watched((stall) => goodChunks(this.#file, chunks, size, stall));
    if (good.size === 0) return;
    for (const length of good.values()) this.#done += length;
    this.#size = size;
    this.#validator = validator;
    this.#plan = this.#planOf(missingStretches(size, new Set(good.keys())));
  }

  /** Fetches a claim over one connection. */
  async #fetch(claim: Claim): Promise<Outcome> {
    let own = claim;
    let connection: Connection | null = null;
    let isAccepted = false;
    try {
      connection = await this.#connect(claim);
      own = this.#accept(connection.head, claim);
      isAccepted = true;
      await this.#receive(connection, own, own !== claim);
      return null;
    } catch (error) {
      if (this.#crew.signal.aborted) return { error: classifyThrown(error), refused: false };
      if (own.lost.signal.aborted || error instanceof TurnRefused) return null;
      return { error: classifyThrown(error), refused: own.at < own.start + CHUNK_SIZE };
    } finally {
      const kept = this.#plan.close(own) - own.start;
      this.#done -= (connection?.came ?? 0) - kept;
      connection?.stall.stop();
      if (!isAccepted) await connection?.body.cancel().catch(() => {});
    }
  }

  /** Asks for a claim's bytes. */
  async #connect(claim: Claim): Promise<Connection> {
    const stall = watchForStall(this.#ports.clock, [this.#crew.signal, claim.lost.signal]);
    // A connection on its own goes on into what nobody else fetches.
    const reach = this.#crew.size > 1 ? claim.end : this.#plan.reach(claim);
    try {
      const [body, head] = await PacedBody.open(
        { source: this.#source, stall, throttle: this.#ports.throttle },
        {
          start: claim.start,
          reach,
          validator: this.#validator,
          size: this.#size,
          claimedSize: this.#request.claimedSize,
        },
      );
      return { body, head, reach, stall, came: 0 };
    } catch (error) {
      stall.stop();
      throw error;
    }
  }

  /** Weighs an answer; returns the claim that its body fills. */
  #accept(head: FileHead, claim: Claim): Claim {
    if (this.#crew.size > 1 && (head.whole || head.validator !== this.#validator)) {
      // The file has changed, or the server does not do so: one connection on its own will see.
      throw new SyncError(
        "retryable",
        "The file server sent another file to one of several connections",
      );
    }
    if (head.whole || this.#size === null) return this.#begin(head);
    if (!this.#isAnswered) this.#crew.allow(this.#connections());
    this.#isAnswered = true;
    return claim;
  }

  /** Starts over with the file that the server has. */
  #begin({ whole, size, validator }: FileHead): Claim {
    const { part } = this.#request;
    this.#mayBeLonger ||= this.#isAnswered;
    this.#isAnswered = true;
    this.#size = size;
    this.#validator = validator;
    this.#done = 0;
    part.begin(size, validator);
    this.#hash?.giveUp();
    this.#hash = new WholeHash(this.#file, size, this.#crew.signal);
    this.#plan = this.#planOf([{ start: 0, end: this.#limit() }]);
    this.#crew.allow(whole ? 1 : this.#connections());
    const claim = this.#plan.take();
    if (!claim) throw new SyncError("bug", "A new plan has nothing to fetch");
    return claim;
  }

  /** Writes what an answer brings. `isFirst`: it starts with the file, and nothing else is there. */
  async #receive(connection: Connection, claim: Claim, isFirst: boolean): Promise<void> {
    const { body, reach, stall } = connection;
    const { part, onProgress } = this.#request;
    const hash = isFirst ? this.#hash : null;
    const size = this.#size;
    // Two must never write to one place.
    await claim.from?.over.promise;
    try {
      await this.#requireSpace();
      await receive(body, {
        file: this.#file,
        stall,
        blockSize: this.#crew.size > 1 ? SMALL_BLOCK : BLOCK,
        claim,
        reach: isFirst ? this.#limit() : reach,
        size,
        extend: () => this.#plan.extend(claim),
        onBlock: (block, at) => {
          if (at === 0) requirePromised(this.#request.name, block);
          hash?.feed(block);
        },
        onChunk: size !== null && size <= CHUNK_SIZE ? null : async (n, hash) => {
          part.addChunk(n, hash);
          this.#hash?.addChunk(n);
          if (++this.#chunks % SPACE_CHECK_CHUNKS === 0) await this.#requireSpace();
        },
        onProgress: (bytes) => {
          connection.came += bytes;
          this.#arrived += bytes;
          this.#done += bytes;
          onProgress?.(this.#done, size, bytes);
        },
      });
      if (size === null) this.#end(claim);
      else if (claim.at < claim.end) {
        throw new SyncError("retryable", `The connection ended after ${claim.at} of ${size} bytes`);
      }
    } catch (error) {
      hash?.giveUp();
      throw error;
    }
    hash?.endFeed();
  }

  /** The body of a file whose length the server did not say has come to its end. */
  #end(claim: Claim): void {
    const { claimedSize } = this.#request;
    if (claimedSize !== null && claim.at !== claimedSize) {
      throw new SyncError("integrity", `The file ended after ${claim.at} of ${claimedSize} bytes`);
    }
    this.#size = claim.end = claim.at;
  }

  /** Offset behind the last byte that is believed. */
  #limit(): number {
    // Without a declared length the site's own claim bounds it.
    return this.#size ?? this.#request.claimedSize ?? UNDECLARED_LIMIT;
  }

  /** Most connections that the file as it is known may have. */
  #connections(): number {
    const { connections = () => 1 } = this.#ports;
    const suits = this.#size !== null && this.#size >= SEVERAL_FROM && isEtag(this.#validator);
    return suits ? connections() : 1;
  }

  #planOf(missing: readonly Stretch[]): StretchPlan {
    const step = stretchLength(this.#size ?? 0, this.#connections());
    return new StretchPlan(missing, step, () => this.#ports.clock.monotonic());
  }

  /** Does something with the file alone, under the watch that ends what hangs. */
  async #watched<T>(work: (stall: StallWatch) => Promise<T>): Promise<T> {
    const stall = watchForStall(this.#ports.clock, [this.#crew.signal]);
    try {
      return await work(stall);
    } finally {
      stall.stop();
    }
  }

  async #requireSpace(): Promise<void> {
    const missing = (this.#size ?? this.#request.claimedSize ?? 0) - this.#done;
    const space = this.#ports.space ?? new SpaceWatch(this.#ports);
    await space.require(this.#request.partPath, Math.max(0, missing));
  }
}
