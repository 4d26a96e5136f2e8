import { configure, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { dirname, join } from "node:path";
import { classifyThrown } from "../../platform/classify.ts";
import { SyncError } from "../../platform/errors.ts";
import type { Fs, FsFile } from "../../platform/ports.ts";
import { removeTree } from "./remove_tree.ts";
import { requireSpace } from "../space.ts";
import { type PlacedEntry, placeEntries, type SkippedEntry } from "./entry_paths.ts";
import { markUnpacked } from "./unpacked_marker.ts";

// One process, no scripts from blobs: workers are not to be had here.
configure({ useWebWorkers: false });

/** Entries of an archive that are believed. */
const MOST_ENTRIES = 100_000;

/** A file that grows more than this is no model but a bomb: deflate itself ends at 1,032. */
const MOST_GROWTH = 500;

/** Bytes below which growth does not matter: 100 MiB. */
const HARMLESS = 100 * 1024 * 1024;

/** What an archive held. */
export interface Unpacked {
  readonly files: number;
  readonly bytes: number;
  readonly skipped: readonly SkippedEntry[];
}

/** What to unpack. Paths are absolute. */
export interface UnpackRequest {
  readonly archive: string;
  /** SHA-256 of the archive. */
  readonly sha256: string;
  /** Must not be there yet; its parent must be. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Unpacks a zip archive beside its folder and gives that its name when all of it is there: a folder of this name is
 * whole or absent.
 *
 * @throws {SyncError} `badInput` for what is no zip archive, or would grow beyond reason; `integrity` when its content
 * is damaged; `diskFull`, `cancelled`, or whatever the disk fails with. Nothing stays then.
 */
export async function unpackZip(fs: Fs, request: UnpackRequest): Promise<Unpacked> {
  const { archive, folder, sha256, signal } = request;
  const temporary = `${folder}.unpacking.part`;
  await removeTree(fs, temporary);
  const file = await fs.open(archive);
  try {
    const reader = new ZipReader(new FileReader({ file, size: await file.size() }));
    const entries = await listed(reader);
    const { placed, skipped } = placeEntries(entries);
    const bytes = requireReasonable(placed);
    await requireSpace(fs, folder, bytes);
    await fs.mkdir(temporary);
    for (const { entry, segments } of placed) {
      signal.throwIfAborted();
      await unpackEntry(fs, entry, join(temporary, ...segments), signal);
    }
    await markUnpacked(fs, temporary, sha256);
    await fs.rename(temporary, folder);
    await fs.syncDir(dirname(folder));
    return { files: placed.length, bytes, skipped };
  } catch (error) {
    await removeTree(fs, temporary).catch(() => {});
    throw signal.aborted ? new SyncError("cancelled", "Stopped", { cause: error }) : error;
  } finally {
    file.close();
  }
}

async function listed(reader: ZipReader<unknown>): Promise<FileEntry[]> {
  try {
    const files: FileEntry[] = [];
    // Names are judged one by one: a bad one must not keep the others from being unpacked.
    for await (const entry of reader.getEntriesGenerator({ filenameValidation: "tolerant" })) {
      if (!entry.directory) files.push(entry);
      if (files.length > MOST_ENTRIES) {
        throw new SyncError("badInput", `The archive holds more than ${MOST_ENTRIES} files`);
      }
    }
    return files;
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError("badInput", "This is no zip archive that can be read", { cause: error });
  }
}

/** Bytes of all that is to be unpacked. */
function requireReasonable(placed: readonly PlacedEntry<FileEntry>[]): number {
  let bytes = 0;
  let packed = 0;
  for (const { entry } of placed) {
    bytes += entry.uncompressedSize;
    packed += entry.compressedSize;
  }
  if (bytes > HARMLESS && bytes > packed * MOST_GROWTH) {
    throw new SyncError(
      "badInput",
      "The archive would grow beyond reason: it was made to fill disks, and is not unpacked",
    );
  }
  return bytes;
}

async function unpackEntry(
  fs: Fs,
  entry: FileEntry,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  await fs.mkdir(dirname(path));
  const file = await fs.open(path, { write: true });
  let at = 0;
  const into = new WritableStream<Uint8Array>({
    async write(piece) {
      if (at + piece.length > entry.uncompressedSize) {
        throw new SyncError("integrity", `"${entry.filename}" is larger than it says`);
      }
      await file.write(piece, at);
      at += piece.length;
    },
  });
  try {
    await entry.getData(into, { checkSignature: true, checkOverlappingEntry: true, signal });
    if (at !== entry.uncompressedSize) {
      throw new SyncError("integrity", `"${entry.filename}" ends too early`);
    }
    await file.sync();
  } catch (error) {
    if (error instanceof SyncError) throw error;
    const failure = classifyThrown(error);
    if (failure.kind !== "bug" && failure.kind !== "retryable") throw failure;
    const message = `The archive is damaged at "${entry.filename}"`;
    throw new SyncError("integrity", message, { cause: error });
  } finally {
    file.close();
  }
}

/** Reads an archive through the file system's port, where it is needed. */
class FileReader extends Reader<{ readonly file: FsFile; readonly size: number }> {
  readonly #file: FsFile;

  constructor(source: { readonly file: FsFile; readonly size: number }) {
    super(source);
    this.#file = source.file;
    this.size = source.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - index)));
    let filled = 0;
    while (filled < bytes.length) {
      const read = await this.#file.read(bytes.subarray(filled), index + filled);
      if (read === 0) break;
      filled += read;
    }
    return bytes.subarray(0, filled);
  }
}
