import type { Fs } from "../platform/ports.ts";

/** Longest end of a zip: the record of 22 bytes and a comment of at most 65,535 (APPNOTE.TXT 4.3.16). */
const LONGEST_END = 22 + 65_535;

const SIGNATURE = [0x50, 0x4b, 0x05, 0x06];

/**
 * Whether a zip archive (or 3MF, which is one) has its end-of-central-directory record. A server that cuts a file
 * short and declares the shorter length can be noticed in no other way. Other files always count as whole.
 *
 * @param path Absolute path of the file.
 * @param name The name that it is to have.
 */
export async function hasArchiveEnd(fs: Fs, path: string, name: string): Promise<boolean> {
  if (!/\.(zip|3mf)$/i.test(name)) return true;
  const file = await fs.open(path);
  try {
    const size = await file.size();
    const start = Math.max(0, size - LONGEST_END);
    const tail = new Uint8Array(size - start);
    let filled = 0;
    while (filled < tail.length) {
      const read = await file.read(tail.subarray(filled), start + filled);
      if (read === 0) break;
      filled += read;
    }
    for (let at = tail.length - 22; at >= 0; at--) {
      if (SIGNATURE.every((byte, i) => tail[at + i] === byte)) return true;
    }
    return false;
  } finally {
    file.close();
  }
}
