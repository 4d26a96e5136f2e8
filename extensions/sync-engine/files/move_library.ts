/**
 * Takes a library from one root to another. Where both are on one volume its folders are renamed; elsewhere they are
 * copied, and the source stays until everything has been verified. Each step may be repeated after a crash.
 *
 * @module
 */
import { dirname, join, sep } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs, Log } from "../platform/ports.ts";
import { copyFile } from "./copy_file.ts";
import { MARKER_NAME } from "./marker.ts";
import { requireSpace } from "./space.ts";
import { verifyFile } from "./verify.ts";
import { walkTree } from "./walk_tree.ts";

/** What is to be moved. */
export interface Move {
  /** The two roots; absolute, neither within the other, both marked. */
  readonly from: string;
  readonly to: string;
  /** Folders right below the root. At the beginning none of them was in `to`. */
  readonly entries: readonly string[];
  /** Milliseconds since the Unix epoch: what was changed later stays in the old place too. */
  readonly startedAt: number;
}

/** Bytes and files, as far as they have to be copied. */
export interface MoveProgress {
  readonly files: number;
  readonly ofFiles: number;
  readonly bytes: number;
  readonly ofBytes: number;
}

/** What {@linkcode carryOver} needs. */
export interface CarryPorts {
  readonly fs: Fs;
  readonly log: Log;
  /** What is recorded of a file, null when nothing is; `path` is '/'-separated, below the root. */
  readonly recordOf: (
    path: string,
  ) => { readonly size: number; readonly sha256: string } | null;
  readonly onProgress: (progress: MoveProgress) => void;
}

/**
 * Brings all entries to the new root, verified and flushed. Copied ones are still in the old root too.
 *
 * @throws {SyncError} `diskFull` before anything is copied when there is no room for it; `cancelled`; or whatever the
 * disk fails with. {@linkcode bringBack} makes it undone then.
 */
export async function carryOver(ports: CarryPorts, move: Move, signal: AbortSignal): Promise<void> {
  const { fs } = ports;
  const { from, to, entries } = move;
  const toCopy: string[] = [];
  for (const entry of entries) {
    throwIfStopped(signal);
    if (!await fs.stat(join(from, entry))) continue;
    // Where a copy was begun there is something to go on with.
    const begun = await fs.stat(join(to, entry)) !== null;
    if (begun || !await isRenamed(fs, join(from, entry), join(to, entry))) toCopy.push(entry);
  }
  if (toCopy.length > 0) await copyAll(ports, { ...move, entries: toCopy }, signal);
  await fs.syncDir(to);
  await fs.syncDir(from);
}

/** Puts everything back into the old root, and takes out of the new one what came from there. */
export async function bringBack(fs: Fs, { from, to, entries }: Move): Promise<void> {
  for (const entry of entries) {
    const [source, target] = [join(from, entry), join(to, entry)];
    if (!await fs.stat(target)) continue;
    if (!await fs.stat(source)) await fs.rename(target, source);
    else await removeTwins(fs, target, source);
  }
  await fs.syncDir(from);
  if (await fs.stat(join(from, MARKER_NAME))) await fs.remove(join(to, MARKER_NAME));
}

/**
 * Removes from the old root what has been copied, and the marker. Whatever has no equal in the new root, or was
 * changed since the move began, stays.
 *
 * @returns Files that stayed.
 */
export async function clearSource(fs: Fs, move: Move, signal: AbortSignal): Promise<number> {
  const { from, to, entries, startedAt } = move;
  let stayed = 0;
  for (const entry of entries) {
    const source = join(from, entry);
    if (!await fs.stat(source)) continue;
    for await (const { path, kind, size, modifiedAt } of walkTree(fs, source, signal)) {
      const old = join(source, path);
      if (kind === "directory") {
        await removeIfEmpty(fs, old);
        continue;
      }
      const copy = await fs.stat(join(to, entry, path));
      const isTwin = copy?.kind === "file" && copy.size === size && modifiedAt <= startedAt;
      if (isTwin) await fs.remove(old);
      else stayed++;
    }
  }
  await fs.remove(join(from, MARKER_NAME));
  await removeIfEmpty(fs, from);
  return stayed;
}

/** False where only a copy can do it: on another volume, or where something inside is in use. */
async function isRenamed(fs: Fs, from: string, to: string): Promise<boolean> {
  try {
    await fs.rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof SyncError && error.kind !== "cancelled") return false;
    throw error;
  }
}

async function copyAll(ports: CarryPorts, move: Move, signal: AbortSignal): Promise<void> {
  const { fs, onProgress } = ports;
  const { ofFiles, ofBytes, missing } = await measure(fs, move, signal);
  await requireSpace(fs, move.to, missing);
  let [files, bytes] = [0, 0];
  const tell = () => onProgress({ files, ofFiles, bytes, ofBytes });
  tell();
  for (const entry of move.entries) {
    for await (const { path, kind, size } of walkTree(fs, join(move.from, entry), signal)) {
      const target = join(move.to, entry, path);
      if (kind === "directory") {
        await fs.mkdir(target);
        await fs.syncDir(target);
        continue;
      }
      await fs.mkdir(dirname(target));
      const before = bytes;
      await bring(ports, move, join(entry, path), signal, (count) => {
        bytes += count;
        tell();
      });
      files++;
      bytes = before + size;
      tell();
    }
  }
}

async function measure(
  fs: Fs,
  { from, to, entries }: Move,
  signal: AbortSignal,
): Promise<{ readonly ofFiles: number; readonly ofBytes: number; readonly missing: number }> {
  let [ofFiles, ofBytes, missing] = [0, 0, 0];
  for (const entry of entries) {
    for await (const { path, kind, size } of walkTree(fs, join(from, entry), signal)) {
      if (kind === "directory") continue;
      ofFiles++;
      ofBytes += size;
      const there = await fs.stat(join(to, entry, path));
      missing += Math.max(0, size - (there?.size ?? 0));
    }
  }
  return { ofFiles, ofBytes, missing };
}

/** One file, unless an earlier try brought it already. */
async function bring(
  { fs, log, recordOf }: CarryPorts,
  { from, to }: Move,
  path: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const name = path.split(sep).join("/");
  const record = recordOf(name);
  const target = join(to, path);
  if (record && await verifyFile(fs, target, record, { signal }) === "OK") return;
  const sha256 = await copyFile(fs, join(from, path), target, { signal, onBytes });
  // It was so before: a verification tells, and the move takes it as it is.
  if (record && record.sha256 !== sha256) {
    log.warn("A moved file is not as recorded", { file: name });
  }
}

/** Removes the files below `target` that `source` has too, and the folders that are empty then. */
async function removeTwins(fs: Fs, target: string, source: string): Promise<void> {
  for await (const { path, kind } of walkTree(fs, target)) {
    if (kind === "directory") await removeIfEmpty(fs, join(target, path));
    else if (await fs.stat(join(source, path))) await fs.remove(join(target, path));
  }
}

async function removeIfEmpty(fs: Fs, folder: string): Promise<void> {
  if ((await fs.list(folder)).length > 0) return;
  // A mount point stays, and so does what is in use.
  await fs.remove(folder).catch(unlessRefused);
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof SyncError) || error.kind === "cancelled") throw error;
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new SyncError("cancelled", "Stopped", { cause: signal.reason });
}
