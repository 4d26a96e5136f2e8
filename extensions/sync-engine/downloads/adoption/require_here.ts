import { SyncError } from "../../platform/errors.ts";
import type { Fs } from "../../platform/ports.ts";

/**
 * Makes sure that reading a file fetches nothing.
 *
 * @param path Absolute.
 * @throws {SyncError} `permission` when a cloud drive keeps it elsewhere.
 */
export async function requireHere(fs: Fs, path: string): Promise<void> {
  if (!(await fs.stat(path))?.isOnlineOnly) return;
  throw new SyncError(
    "permission",
    `"${path}" is kept by a cloud drive and not on this computer: have the drive bring it here first`,
  );
}
