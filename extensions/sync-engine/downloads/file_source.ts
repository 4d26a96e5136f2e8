import { SyncError } from "../platform/errors.ts";
import { classifyThrown } from "../platform/classify.ts";
import { type RangedBody, type RangedGet, rangedGet } from "./ranged_get.ts";
import type { StallWatch } from "./stall.ts";
import type { TransferPorts, TransferRequest } from "./transfer_request.ts";

/** Bytes [start, end) of a file; as of {@linkcode RangedGet}. */
export type Asked = Pick<RangedGet, "start" | "end" | "validator" | "size">;

/** Addresses that were refused after a single answer, from which on they are taken for good for one only. */
const SINGLE_USE_AFTER = 2;

/** What a {@linkcode FileSource} is made of. */
export interface FileSourceOptions {
  readonly ports: Pick<TransferPorts, "http" | "clock">;
  readonly request: Pick<TransferRequest, "lease" | "allowsUrl">;
  /** Connections of this file that are at work. */
  readonly connections: () => number;
}

/** Where one file comes from, as all of its connections have come to know it. */
export class FileSource {
  /** Whether a stretch may be asked for in many small turns. What speaks against it, holds for the whole transfer. */
  allowsTurns = true;
  readonly #options: FileSourceOptions;
  readonly #answers = new Map<string, number>();
  #usedUp = 0;

  constructor(options: FileSourceOptions) {
    this.#options = options;
  }

  /**
   * Asks for bytes; by a new address where the one that there is has run out.
   *
   * @throws {SyncError} As `rangedGet`; `retryable` in its place for one of several connections, because what that one
   * is refused with is not what the file as such meets.
   */
  async ask(asked: Asked, stall: StallWatch): Promise<RangedBody> {
    try {
      return await this.#ask(asked, stall);
    } catch (error) {
      if (stall.signal.aborted || this.#options.connections() === 1) throw error;
      const known = classifyThrown(error);
      throw new SyncError("retryable", known.message, { cause: known });
    }
  }

  async #ask(asked: Asked, stall: StallWatch): Promise<RangedBody> {
    const { ports, request: { lease, allowsUrl }, connections } = this.#options;
    for (;;) {
      const url = await stall.excuse(lease.get());
      try {
        const ownConnection = connections() > 1;
        const { signal } = stall;
        const answer = await rangedGet(ports, { ...asked, url, allowsUrl, signal, ownConnection });
        this.#answers.set(url, (this.#answers.get(url) ?? 0) + 1);
        return answer;
      } catch (error) {
        if (!(error instanceof SyncError) || error.kind !== "needsNewLease") throw error;
        // The site counts its addresses: they are too dear for turns where each is good for one answer only.
        if (this.#answers.get(url) === 1 && ++this.#usedUp === SINGLE_USE_AFTER) {
          this.allowsTurns = false;
        }
        await stall.excuse(lease.renew(url, error, connections() === 1));
      }
    }
  }
}
