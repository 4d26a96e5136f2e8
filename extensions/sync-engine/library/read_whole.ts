import { classifyThrown } from "../platform/classify.ts";
import type { Fs } from "../platform/ports.ts";

/**
 * All bytes of a small file; null when there is none, when it is empty, larger than `largest` bytes, or cannot be
 * read. Symbolic links are not followed.
 */
export async function readWhole(
  fs: Pick<Fs, "open" | "stat">,
  path: string,
  largest: number,
): Promise<Uint8Array | null> {
  try {
    const info = await fs.stat(path);
    if (info?.kind !== "file" || info.size === 0 || info.size > largest) return null;
    if (info.isOnlineOnly) return null;
    const file = await fs.open(path);
    try {
      const bytes = new Uint8Array(info.size);
      const read = await file.read(bytes, 0);
      return read === bytes.length ? bytes : null;
    } finally {
      file.close();
    }
  } catch (error) {
    const { kind } = classifyThrown(error);
    if (kind === "bug") throw error;
    return null;
  }
}
