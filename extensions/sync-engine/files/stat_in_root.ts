import { SyncError } from "../platform/errors.ts";
import type { FileInfo, Fs } from "../platform/ports.ts";
import { resolveInRoot } from "./resolve_in_root.ts";

/**
 * What stands at a path of the library, null when nothing does. No symbolic link is followed on the way from the root.
 *
 * @param relative '/'-separated, below the root.
 * @throws {SyncError} `permission` when a link leads away, `badInput` when the path does.
 */
export async function statInRoot(
  fs: Fs,
  root: string,
  relative: string,
): Promise<FileInfo | null> {
  const segments = relative.split("/");
  for (let depth = 1; depth < segments.length; depth++) {
    const folder = await fs.stat(resolveInRoot(root, segments.slice(0, depth).join("/")));
    if (folder?.kind === "other") {
      throw new SyncError(
        "permission",
        `Cannot use "${relative}": a link on the way leads out of the library`,
      );
    }
    if (folder?.kind !== "directory") return null;
  }
  return await fs.stat(resolveInRoot(root, relative));
}
