import { join } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";

/** A file or folder below where the walk began. */
export interface TreeEntry {
  /** Below the start, in the platform's own form; empty for the start itself. */
  readonly path: string;
  readonly kind: "file" | "directory";
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since the Unix epoch; 0 for a folder. */
  readonly modifiedAt: number;
  /** See `FileInfo`. */
  readonly isOnlineOnly: boolean;
}

/**
 * Everything in a folder, each folder after what is in it, the start last. What has been told may be removed. Symbolic
 * links and whatever else is neither file nor folder are passed over.
 *
 * @param start Absolute.
 * @throws {SyncError} `cancelled` When the signal aborts; or whatever the disk fails with.
 */
export async function* walkTree(
  fs: Pick<Fs, "list" | "stat">,
  start: string,
  signal?: AbortSignal,
): AsyncGenerator<TreeEntry> {
  yield* walk("");

  async function* walk(below: string): AsyncGenerator<TreeEntry> {
    for (const { name, kind } of await fs.list(join(start, below))) {
      throwIfStopped(signal);
      const path = join(below, name);
      if (kind === "directory") yield* walk(path);
      if (kind !== "file") continue;
      const info = await fs.stat(join(start, path));
      if (info?.kind !== "file") continue;
      yield { path, ...info, kind };
    }
    yield { path: below, kind: "directory", size: 0, modifiedAt: 0, isOnlineOnly: false };
  }
}

function throwIfStopped(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new SyncError("cancelled", "Stopped", { cause: signal.reason });
}
