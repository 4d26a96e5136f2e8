import { Buffer } from "node:buffer";
import { dirname } from "node:path/posix";
import { classifyThrown } from "../platform/classify.ts";
import { createInTurn } from "../platform/in_turn.ts";
import type { Clock, Fs, FsFile, Log } from "../platform/ports.ts";
import { keepOldVersion } from "../files/replace.ts";
import { resolveInRoot } from "../files/layout.ts";
import { verifyFile } from "../files/verify.ts";
import type { DueJob } from "../store/jobs.ts";
import type { RecognisedBy } from "../store/recognitions.ts";
import type { Store } from "../store/store.ts";
import type { Transferred } from "./transfer_request.ts";
import { CHUNK_SIZE, chunkCount } from "./chunk.ts";
import { writeAssetSidecar } from "./asset_sidecar.ts";

/** A whole and hashed file that waits for its final name. */
export interface Publishable extends Transferred {
  readonly job: Pick<DueJob, "fileId" | "provider" | "file" | "asset">;
  /** Absolute path of the partial file; null when the file already has its final name. */
  readonly partPath: string | null;
  /** The partial file where it is still open; the publisher closes it. @default {it is opened} */
  readonly file?: FsFile;
  /** Set when it was not downloaded but found on the disk. */
  readonly recognisedBy?: RecognisedBy;
}

/** One that was downloaded. */
export interface Verified extends Publishable {
  readonly job: DueJob;
}

/** What a publisher needs. */
export interface PublishPorts {
  readonly fs: Fs;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Absolute path of the library root. */
  readonly root: string;
  /** Makes sure that the library's drive is still there. */
  readonly requireRoot: () => Promise<void>;
}

interface Waiting {
  readonly verified: Publishable;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Time between two rounds in milliseconds: what many small files cost is mostly what each round costs. */
const ROUND_MS = 100;

/** So many files are worth a round at once. */
const FULL_ROUND = 32;

/**
 * Gives verified files their final names. Flush → note the hash → rename → flush the directory →
 * sidecar → row: a crash between any two steps is made good by the next start. What is ready while
 * a round of these steps runs, and shortly after, goes through the next round together: one flush of each directory,
 * one sidecar for each model and one transaction for all.
 */
export class Publisher {
  readonly #ports: PublishPorts;
  readonly #inTurn = createInTurn();
  #waiting: Waiting[] = [];
  #running = false;
  /** Ends the pause before the next round. */
  #full = Promise.withResolvers<void>();
  /** When the last round began, by the monotonic clock. */
  #begunAt = -Infinity;

  constructor(ports: PublishPorts) {
    this.#ports = ports;
  }

  /** Resolves when the file is on disk under its final name and recorded as such. */
  publish(verified: Publishable): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ verified, resolve, reject });
      if (this.#waiting.length >= FULL_ROUND) this.#full.resolve();
      void this.#run();
    });
  }

  /** Says that no further files are on their way: the next round need not wait for them. */
  hurry(): void {
    this.#full.resolve();
  }

  /** Does work between two rounds: nothing gets its final name and no sidecar is written meanwhile. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#waiting.length > 0) {
      await this.#gather();
      const round = this.#waiting.splice(0);
      await this.#inTurn(() => this.#round(round));
    }
    this.#running = false;
  }

  async #gather(): Promise<void> {
    const { clock } = this.#ports;
    const rest = this.#begunAt + ROUND_MS - clock.monotonic();
    if (rest > 0) {
      const over = new AbortController();
      const slept = clock.sleep(rest, over.signal).catch(() => {});
      await Promise.race([slept, this.#full.promise]);
      over.abort("The round begins");
    }
    this.#full = Promise.withResolvers();
    this.#begunAt = clock.monotonic();
  }

  async #round(round: Waiting[]): Promise<void> {
    const { fs, store } = this.#ports;
    const flushed = await keepGoing(round, ({ verified }) => this.#flush(verified));
    try {
      store.transaction(() => {
        for (const { verified } of flushed) {
          const { job, size, sha256, validator } = verified;
          const { revision } = job.file;
          const part = { revision, size, validator, sha256, chunkSize: CHUNK_SIZE };
          store.parts.setVerified(job.fileId, part);
        }
      });
      const renamed = await keepGoing(flushed, ({ verified }) => this.#rename(verified));
      const directories = new Set(renamed.map(({ verified }) => this.#directory(verified)));
      await Promise.all([...directories].map((directory) => fs.syncDir(directory)));
      const at = this.#ports.clock.now();
      const listed = await this.#writeSidecars(renamed, at);
      store.transaction(() => {
        for (const { verified } of listed) this.#record(verified, at);
      });
      for (const { resolve } of listed) resolve();
    } catch (error) {
      for (const { reject } of flushed) reject(classifyThrown(error));
    }
  }

  async #flush({ partPath, file: open }: Publishable): Promise<void> {
    const { fs, requireRoot } = this.#ports;
    let file = open;
    try {
      await requireRoot();
      if (partPath !== null) file ??= await fs.open(partPath, { write: true });
      await file?.sync();
    } finally {
      file?.close();
    }
  }

  async #rename({ partPath, job, size, sha256 }: Publishable): Promise<void> {
    if (partPath === null) return;
    const { fs, root, store } = this.#ports;
    const finalPath = resolveInRoot(root, job.file.path);
    const there = await fs.stat(finalPath);
    if (there?.size === size && await verifyFile(fs, finalPath, { size, sha256 }) === "OK") {
      return await fs.remove(partPath);
    }
    // Whatever stands there is another version or the user's own, unless it was found damaged and is as it was then.
    const damaged = store.repairs.get(job.fileId);
    const isDamaged = there?.kind === "file" && there.size === damaged?.size &&
      Math.trunc(there.modifiedAt) === damaged.modifiedAt;
    if (there && !isDamaged) await keepOldVersion(fs, root, job.file.path);
    await fs.rename(partPath, finalPath);
  }

  /** Returns those whose model's sidecar was written; a model's trouble is not that of others. */
  async #writeSidecars(renamed: readonly Waiting[], at: number): Promise<Waiting[]> {
    const { fs, store, root } = this.#ports;
    const byAsset = Map.groupBy(renamed, ({ verified }) => verified.job.asset.id);
    const written = await Promise.all([...byAsset].map(async ([assetId, members]) => {
      const arrived = new Map(members.map(({ verified }) => [verified.job.fileId, verified]));
      try {
        await writeAssetSidecar({ fs, store, root, assetId, arrived, at });
        return members;
      } catch (error) {
        for (const { reject } of members) reject(classifyThrown(error));
        return [];
      }
    }));
    return written.flat();
  }

  #directory({ job }: Publishable): string {
    return resolveInRoot(this.#ports.root, dirname(job.file.path));
  }

  #record({ job, size, sha256, validator, recognisedBy }: Publishable, at: number): void {
    const { store } = this.#ports;
    store.files.markDownloaded(job.fileId, {
      sha256,
      size,
      validator,
      revision: job.file.revision,
      at,
    });
    this.#keepFingerprint(job.fileId, size);
    store.recognitions.set(job.fileId, recognisedBy ?? null);
    store.parts.drop(job.fileId);
    // The site may have replaced it while this version was on its way.
    const isNewest = store.files.get(job.fileId)?.revision === job.file.revision;
    if (isNewest) store.jobs.finish(job.fileId);
    else store.jobs.beginAgain(job.fileId);
    store.history.append({
      at,
      provider: job.provider,
      fileId: job.fileId,
      title: job.asset.title,
      name: job.file.name,
      outcome: "succeeded",
      bytes: size,
      reason: null,
      message: null,
    });
  }

  /** Keeps the hashes of all chunks, so that damage can be found and mended in place; one chunk has its file's own. */
  #keepFingerprint(fileId: string, size: number): void {
    const { parts, fingerprints } = this.#ports.store;
    if (size <= CHUNK_SIZE) return;
    const part = parts.get(fileId);
    if (part?.chunkSize !== CHUNK_SIZE || part.chunks.size !== chunkCount(size)) return;
    const hashes = new Uint8Array(Buffer.concat([...part.chunks.values()]));
    fingerprints.set(fileId, { chunkSize: CHUNK_SIZE, hashes });
  }
}

/** Does a step for each at once; rejects those that fail and returns the others. */
async function keepGoing(
  round: readonly Waiting[],
  step: (waiting: Waiting) => Promise<void>,
): Promise<Waiting[]> {
  const passed: Waiting[] = [];
  await Promise.all(round.map(async (waiting) => {
    try {
      await step(waiting);
      passed.push(waiting);
    } catch (error) {
      waiting.reject(classifyThrown(error));
    }
  }));
  return passed;
}
