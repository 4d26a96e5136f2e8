import { basename, resolve } from "node:path";
import { MOST_BYTES, type SavedFile } from "../library_import.ts";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import { printable } from "./wording.ts";
import type { World } from "./world.ts";

/** What was read, and when the oldest of it was saved: milliseconds since the Unix epoch, null when nobody knows. */
export interface SavedFiles {
  readonly files: readonly SavedFile[];
  readonly savedAt: number | null;
}

/**
 * Reads files whole; `-` is what is piped in.
 *
 * @throws {SyncError} `badInput` when one is not there or all are too large, `permission` when one cannot be read
 */
export async function readSavedFiles(
  { cwd, stdin }: Pick<World, "cwd" | "stdin">,
  names: readonly string[],
): Promise<SavedFiles> {
  const files: SavedFile[] = [];
  const times: number[] = [];
  let room = MOST_BYTES;
  for (const name of names) {
    const { bytes, savedAt } = name === "-"
      ? { bytes: await readPiped(stdin, room), savedAt: null }
      : await readFile(resolve(cwd, name), room);
    room -= bytes.length;
    files.push({ name: name === "-" ? "What was piped in" : basename(name), bytes });
    if (savedAt !== null) times.push(savedAt);
  }
  return { files, savedAt: times.length === 0 ? null : Math.min(...times) };
}

async function readFile(path: string, room: number) {
  try {
    using file = await Deno.open(path);
    const { size, mtime, isFile } = await file.stat();
    if (!isFile) throw new SyncError("badInput", `"${printable(path)}" is no file`);
    if (size > room) throw tooLarge();
    const bytes = new Uint8Array(await new Response(file.readable).arrayBuffer());
    return { bytes, savedAt: mtime?.getTime() ?? null };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new SyncError("badInput", `There is no file "${printable(path)}"`, { cause: error });
    }
    throw classifyThrown(error);
  }
}

async function readPiped(stdin: World["stdin"], room: number): Promise<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const piece = new Uint8Array(64 * 1024);
    const read = await stdin.read(piece);
    if (read === null) return new Uint8Array(await new Blob(pieces).arrayBuffer());
    pieces.push(piece.subarray(0, read));
    length += read;
    if (length > room) throw tooLarge();
  }
}

function tooLarge(): SyncError {
  const most = MOST_BYTES / 1024 / 1024;
  return new SyncError(
    "badInput",
    `More than ${most} MB are too much at once: save the list alone, it has a few MB`,
  );
}
