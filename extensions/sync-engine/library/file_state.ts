import type { StoredFile } from "../store/files.ts";

/** How it stands with a file: of the newest revision, of an older one that is still here, not here, or removed by the user. */
export type FileState = "here" | "outdated" | "absent" | "removed";

export function fileState(
  { removed, downloadedRevision, revision }: Pick<
    StoredFile,
    "removed" | "downloadedRevision" | "revision"
  >,
): FileState {
  if (removed) return "removed";
  if (downloadedRevision === null) return "absent";
  return downloadedRevision === revision ? "here" : "outdated";
}
