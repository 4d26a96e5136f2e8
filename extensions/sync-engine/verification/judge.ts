import { resolveInRoot } from "../files/resolve_in_root.ts";
import { type Verdict, verifyFile, type VerifyOptions } from "../files/verify.ts";
import { classifyThrown } from "../platform/classify.ts";
import type { Fs, Log } from "../platform/ports.ts";
import type { StoredFile } from "../store/files.ts";
import type { Store } from "../store/store.ts";

/** What {@linkcode judge} needs. */
export interface JudgePorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly log: Log;
  /** Absolute path of the library root. */
  readonly root: string;
}

/** What a look at a file told. */
export interface Judged {
  readonly file: StoredFile;
  readonly verdict: Verdict;
}

/**
 * Reads a file that is recorded as downloaded and compares it with its record. Null when it is not recorded so (any
 * more): what is replaced or removed meanwhile is not judged.
 *
 * @throws {SyncError} `cancelled` When the signal aborts.
 */
export async function judge(
  { store, fs, log, root }: JudgePorts,
  fileId: string,
  options: VerifyOptions = {},
): Promise<Judged | null> {
  const file = store.files.get(fileId);
  if (!file || file.removed || file.sha256 === null) return null;
  const { path, sha256, downloadedSize: size } = file;
  const expected = size === null ? null : { size, sha256 };
  let verdict: Verdict;
  try {
    verdict = await verifyFile(fs, resolveInRoot(root, path), expected, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    // One unreadable file must not hide what is wrong with the others.
    log.warn("A file could not be read", { file: path, kind: classifyThrown(error).kind });
    verdict = "UNVERIFIED";
  }
  const now = store.files.get(fileId);
  const isSame = now && !now.removed && now.sha256 === sha256 &&
    now.downloadedAt === file.downloadedAt;
  return isSame ? { file, verdict } : null;
}
