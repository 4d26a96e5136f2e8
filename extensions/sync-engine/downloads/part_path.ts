import { createHash } from "node:crypto";

/**
 * Path of the partial file of a download: beside its final place, so that the rename stays on one
 * volume, and always the same for the same file, so that a resume finds it.
 *
 * @param finalPath Final path below the root.
 * @param fileId Id of the file's row.
 */
export function partPath(finalPath: string, fileId: string): string {
  return `${finalPath}.${createHash("sha256").update(fileId).digest("hex").slice(0, 8)}.part`;
}
