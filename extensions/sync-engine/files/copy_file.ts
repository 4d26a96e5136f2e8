import { createHash } from "node:crypto";
import { SyncError } from "../platform/errors.ts";
import type { Fs, FsFile } from "../platform/ports.ts";
import { verifyFile } from "./verify.ts";

/** Options for {@linkcode copyFile}. */
export interface CopyFileOptions {
  readonly signal: AbortSignal;
  /** Called with the bytes of each piece that was written. */
  readonly onBytes?: (bytes: number) => void;
}

const BUFFER_BYTES = 1024 * 1024;

/**
 * Copies a file over whatever is at `to`, flushes the copy and reads it again: it resolves only when the copy on disk
 * is, byte for byte, what was read.
 *
 * @param from Absolute.
 * @param to Absolute; its folder is there.
 * @returns The SHA-256 of the bytes, lower-case hex.
 * @throws {SyncError} `integrity` when the copy is not what was written; `cancelled` when the signal aborts; or whatever
 * the disk fails with.
 */
export async function copyFile(
  fs: Fs,
  from: string,
  to: string,
  { signal, onBytes = () => {} }: CopyFileOptions,
): Promise<string> {
  const written = await transcribe(fs, from, to, signal, onBytes);
  if (await verifyFile(fs, to, written, { signal }) === "OK") return written.sha256;
  throw new SyncError(
    "integrity",
    `The copy "${to}" is not what was written: that disk is not safe`,
  );
}

async function transcribe(
  fs: Fs,
  from: string,
  to: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const source = await fs.open(from);
  try {
    const target = await fs.open(to, { write: true });
    try {
      return await pump(source, target, signal, onBytes);
    } finally {
      target.close();
    }
  } finally {
    source.close();
  }
}

async function pump(
  source: FsFile,
  target: FsFile,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(BUFFER_BYTES);
  let size = 0;
  for (let count; (count = await source.read(buffer, size)) > 0; size += count) {
    if (signal.aborted) throw new SyncError("cancelled", "Stopped", { cause: signal.reason });
    const piece = buffer.subarray(0, count);
    hash.update(piece);
    await target.write(piece, size);
    onBytes(count);
  }
  await target.truncate(size);
  await target.sync();
  return { size, sha256: hash.digest("hex") };
}
