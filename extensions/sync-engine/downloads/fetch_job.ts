import { dirname } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs, Log } from "../platform/ports.ts";
import { resolveInRoot } from "../files/layout.ts";
import { verifyFile } from "../files/verify.ts";
import type { NewPart } from "../store/parts.ts";
import type { DueJob } from "../store/jobs.ts";
import type { Store } from "../store/store.ts";
import { hasArchiveEnd } from "./archive_end.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import type { Connection } from "./connection.ts";
import { partPath } from "./part_path.ts";
import type { Verified } from "./publish.ts";
import { SharedLease } from "./shared_lease.ts";
import { transfer } from "./transfer.ts";
import type { OnProgress, PartRecord, TransferPorts, Transferred } from "./transfer_request.ts";

/** Why a job cannot start yet, and after how many milliseconds to look again. */
export interface Wait {
  readonly ms: number;
  /** `paced`: its turn has not come. `retryable`: where it is stored, nobody answers. */
  readonly reason: "paced" | "retryable";
}

/** Where a download address comes from: the provider's client. */
export interface Lessor {
  /** Takes the turn of a job that is about to start. What is admitted ends with `succeeded` or `failed`. */
  admit(job: DueJob): Wait | null;
  /**
   * An address just before it is used: that of the last attempt as long as it may still do, else a new one. Asked for
   * again in the same attempt, it is always a new one.
   */
  lease(job: DueJob, signal: AbortSignal): Promise<string>;
  /** The file is here, or needs no address. */
  succeeded(job: DueJob): void;
  /**
   * Tells how an attempt ended.
   *
   * @param arrived Whether any of its bytes came.
   * @returns The failure as it is to be weighed.
   */
  failed(job: DueJob, error: SyncError, arrived: boolean): SyncError;
  /** Whether a download of this job may go to this address. */
  allowsUrl(job: DueJob, url: URL): boolean;
}

/** What {@linkcode fetchJob} needs. */
export interface FetchPorts extends TransferPorts {
  /** Whether there is a network. @default it is never looked at */
  readonly connection?: Connection;
  readonly store: Store;
  readonly log: Log;
  readonly lessor: Lessor;
  /** Absolute path of the library root. */
  readonly root: string;
  /** Makes sure that the library's drive is still there, before anything is made below the root. */
  readonly requireRoot: () => Promise<void>;
}

/**
 * Brings one job to a verified partial file, which is left open. Asks for leases as long as each brings the download
 * forward; any other failure is the caller's to weigh.
 */
export async function fetchJob(
  ports: FetchPorts,
  job: DueJob,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Verified> {
  const { fs, store, lessor, root, log } = ports;
  await ports.requireRoot();
  const published = await finishedBefore(ports, job, signal);
  if (published) return published;

  const part = resolveInRoot(root, partPath(job.file.path, job.fileId));
  const record = partRecord(store, job);
  let received = 0;
  const lease = new SharedLease({
    clock: ports.clock,
    mint: () => lessor.lease(job, signal),
    // At a low bandwidth an address may run out before a single chunk is whole.
    progress: () => received,
  });
  // Without an address there is nothing to begin.
  await lease.get();
  const transferred = await transfer(ports, {
    lease,
    partPath: part,
    makeFolder: async () => {
      // Its drive may have gone since.
      await ports.requireRoot();
      await fs.mkdir(dirname(part));
    },
    name: job.file.name,
    claimedSize: job.file.size,
    part: record,
    allowsUrl: (target) => lessor.allowsUrl(job, target),
    onProgress(done, size, arrived) {
      received += arrived;
      onProgress(done, size, arrived);
    },
    signal,
  });
  try {
    requireExpected(job, transferred, record);
    requireMended(store, job, transferred, record);
    const { size: claimed } = job.file;
    if (claimed !== transferred.size) {
      await requireWholeArchive(fs, part, job, record);
      if (claimed !== null) {
        log.warn("The site claimed another size", { claimed, size: transferred.size });
      }
    }
    return { ...transferred, job, partPath: part };
  } catch (error) {
    transferred.file.close();
    throw error;
  }
}

function requireExpected(job: DueJob, { sha256 }: Transferred, record: PartRecord): void {
  if (job.file.expectedSha256 === null || job.file.expectedSha256 === sha256) return;
  record.begin(null, null);
  throw new SyncError("integrity", "The file does not have the SHA-256 that the site announced");
}

/** Good chunks of a damaged file and what the site sends now must be the file that was there: a validator may lie. */
function requireMended(
  store: Store,
  { fileId, file }: DueJob,
  { sha256 }: Transferred,
  record: JobPartRecord,
): void {
  const isMended = record.isContinued && record.validator === file.validator &&
    store.repairs.get(fileId) !== null;
  if (!isMended || sha256 === file.sha256) return;
  record.begin(null, null);
  throw new SyncError("integrity", "The mended file is not what it was: all of it is fetched anew");
}

/** A file of the very size that the site claims is what the creator uploaded, whole or not. */
async function requireWholeArchive(
  fs: Fs,
  path: string,
  job: DueJob,
  record: PartRecord,
): Promise<void> {
  if (await hasArchiveEnd(fs, path, job.file.name)) return;
  record.begin(null, null);
  throw new SyncError("integrity", "The archive is cut off: its end is missing");
}

/**
 * Looks whether an earlier run verified this very revision and was stopped around the rename; what it
 * left is believed only after reading it again.
 */
async function finishedBefore(
  { fs, store, root }: FetchPorts,
  job: DueJob,
  signal: AbortSignal,
): Promise<Verified | null> {
  const part = store.parts.get(job.fileId);
  if (!part || part.sha256 === null || part.revision !== job.file.revision) return null;
  const { sha256, size, validator } = part;
  for (const candidate of [partPath(job.file.path, job.fileId), job.file.path]) {
    const path = resolveInRoot(root, candidate);
    const info = await fs.stat(path);
    if (info?.kind !== "file" || (size !== null && info.size !== size)) continue;
    if (await verifyFile(fs, path, { size: info.size, sha256 }, { signal }) !== "OK") continue;
    const isNamed = candidate === job.file.path;
    return { job, size: info.size, sha256, validator, partPath: isNamed ? null : path };
  }
  return null;
}

interface JobPartRecord extends PartRecord {
  /** Whether it goes on with what was there at first. */
  readonly isContinued: boolean;
}

/** The record of a job's partial file, kept in the database. */
function partRecord(store: Store, job: DueJob): JobPartRecord {
  const saved = store.parts.get(job.fileId);
  const usable = saved?.revision === job.file.revision && saved.chunkSize === CHUNK_SIZE
    ? saved
    : null;
  const chunks = new Map(usable?.chunks);
  let begun: NewPart | null = usable;
  return {
    get validator() {
      return begun?.validator ?? null;
    },
    get size() {
      return begun?.size ?? null;
    },
    get isContinued() {
      return begun !== null && begun === usable;
    },
    chunks,
    begin(size, validator) {
      chunks.clear();
      // A file of a single chunk has nothing to resume: no row is worth its cost, unless one of an older
      // revision is to be replaced.
      if (!saved && !begun && size !== null && size <= CHUNK_SIZE) return;
      begun = { revision: job.file.revision, size, validator, chunkSize: CHUNK_SIZE };
      store.parts.begin(job.fileId, begun);
    },
    addChunk(n, hash) {
      chunks.set(n, hash);
      store.parts.addChunk(job.fileId, n, hash);
    },
  };
}
