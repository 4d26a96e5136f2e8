import type { Fs } from "../platform/ports.ts";
import { resolveInRoot } from "../files/layout.ts";
import type { DownloadedFile } from "../store/files.ts";

const LOOKS_AT_ONCE = 32;

/**
 * The files that are recorded as downloaded but are not on disk. Only looks whether they are there;
 * `verifyFile` reads them.
 */
export async function missingFiles(
  fs: Fs,
  root: string,
  downloaded: Iterable<DownloadedFile>,
  signal?: AbortSignal,
): Promise<DownloadedFile[]> {
  const missing: DownloadedFile[] = [];
  const waiting = downloaded[Symbol.iterator]();
  async function work(): Promise<void> {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      signal?.throwIfAborted();
      const info = await fs.stat(resolveInRoot(root, next.value.path));
      if (info?.kind !== "file") missing.push(next.value);
    }
  }
  await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, work));
  return missing;
}
