import { createHash } from "node:crypto";
import { SyncError } from "../platform/errors.ts";
import type { Fs, FsFile } from "../platform/ports.ts";

/**
 * What a look at the bytes tells of a file.
 *
 * - `OK`: it is what was downloaded
 * - `MISSING`: there is no file (a symbolic link or a folder of that name is none)
 * - `SIZE`: its length is another
 * - `HASH`: its bytes are others
 * - `UNVERIFIED`: it is there, but nothing is known to compare it with, or a cloud drive keeps its bytes elsewhere
 */
export type Verdict = "OK" | "MISSING" | "SIZE" | "HASH" | "UNVERIFIED";

/** What the file should be. */
export interface Expected {
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Options for {@linkcode verifyFile}. */
export interface VerifyOptions {
  readonly signal?: AbortSignal;
  /** Called after each piece with the bytes read of it, for progress and budgets. A promise is waited for. */
  readonly onBytes?: (bytes: number) => Promise<void> | void;
}

/** Measured: larger buffers read no faster, smaller ones cost a call each. */
const BUFFER_BYTES = 1024 * 1024;

/**
 * Compares a file on disk with what was downloaded, reading all of it when the length is right.
 *
 * @param path Absolute.
 * @throws {SyncError} `cancelled` When the signal aborts; or whatever the disk fails with.
 */
export async function verifyFile(
  fs: Fs,
  path: string,
  expected: Expected | null,
  options: VerifyOptions = {},
): Promise<Verdict> {
  throwIfStopped(options.signal);
  const info = await fs.stat(path);
  if (info?.kind !== "file") return "MISSING";
  if (!expected) return "UNVERIFIED";
  if (info.size !== expected.size) return "SIZE";
  // Reading it would fetch all of it.
  if (info.isOnlineOnly) return "UNVERIFIED";
  const file = await fs.open(path);
  try {
    const { size, sha256 } = await digest(file, options);
    if (size !== expected.size) return "SIZE";
    return sha256 === expected.sha256 ? "OK" : "HASH";
  } finally {
    file.close();
  }
}

/**
 * Length and SHA-256 of a file.
 *
 * @param path Absolute.
 * @throws {SyncError} As {@linkcode verifyFile}.
 */
export async function hashFile(
  fs: Fs,
  path: string,
  options: VerifyOptions = {},
): Promise<Expected> {
  const file = await fs.open(path);
  try {
    return await digest(file, options);
  } finally {
    file.close();
  }
}

/** Reads the next piece while it hashes the one before: the disk and the processor work at the same time. */
async function digest(file: FsFile, { signal, onBytes }: VerifyOptions): Promise<Expected> {
  const hash = createHash("sha256");
  let [current, other] = [new Uint8Array(BUFFER_BYTES), new Uint8Array(BUFFER_BYTES)];
  let size = 0;
  let count = await file.read(current, 0);
  while (count > 0) {
    throwIfStopped(signal);
    size += count;
    const pause = onBytes?.(count);
    if (pause) await pause;
    const next = file.read(other, size);
    hash.update(current.subarray(0, count));
    [current, other] = [other, current];
    count = await next;
  }
  return { size, sha256: hash.digest("hex") };
}

function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new SyncError("cancelled", "Stopped checking files", { cause: signal.reason });
  }
}
