import { join } from "node:path";
import type { Fs, FsFile } from "../platform/ports.ts";

/** As `platform/log.ts` names them, the newest first. */
const NAMES = ["mmfsync.log", ...[1, 2, 3, 4].map((n) => `mmfsync.log.${n}`)];

/** Bytes read at once. */
const BLOCK = 64 * 1024;

const NEWLINE = 0x0a;

/**
 * The newest lines of a profile's log, oldest first. Each file is read from its end and no further than needed; an
 * older one only where the newer has too few lines.
 *
 * @param appData The profile's folder.
 * @param count Most lines, at least 1.
 */
export async function logTail(
  fs: Pick<Fs, "stat" | "open">,
  appData: string,
  count: number,
): Promise<string[]> {
  const lines: string[] = [];
  for (const name of NAMES) {
    const path = join(appData, "logs", name);
    if ((await fs.stat(path))?.kind !== "file") continue;
    lines.unshift(...await tailOf(fs, path, count - lines.length));
    if (lines.length >= count) break;
  }
  return lines;
}

async function tailOf(fs: Pick<Fs, "open">, path: string, count: number): Promise<string[]> {
  const file = await fs.open(path);
  try {
    const bytes = await bytesOfTail(file, count);
    const lines = new TextDecoder().decode(bytes).split(/\r?\n/).filter((line) => line !== "");
    return lines.slice(-count);
  } finally {
    file.close();
  }
}

/** The end of the file from the beginning of the `count`-th line before it, or a little more. */
async function bytesOfTail(file: FsFile, count: number): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  let newlines = 0;
  // The line before the first whole one ends with a newline too, and so does the last.
  for (let at = await file.size(); at > 0 && newlines <= count;) {
    const start = Math.max(0, at - BLOCK);
    const block = new Uint8Array(at - start);
    const read = await file.read(block, start);
    newlines += block.reduce((sum, byte) => byte === NEWLINE ? sum + 1 : sum, 0);
    blocks.unshift(block.subarray(0, read));
    at = start;
  }
  const whole = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const block of blocks) {
    whole.set(block, filled);
    filled += block.length;
  }
  return whole;
}
