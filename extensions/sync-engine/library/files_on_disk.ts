import type { FoundSidecar } from "../files/find_sidecars.ts";
import { statInRoot } from "../files/stat_in_root.ts";
import { classifyThrown } from "../platform/classify.ts";
import type { Fs } from "../platform/ports.ts";

/**
 * The ids of those files of a sidecar that are in their place with the recorded length. No link is followed on the way.
 *
 * @throws {SyncError} Whatever the disk fails with, but for what a link or a file is in the way of.
 */
export async function filesOnDisk(
  fs: Fs,
  root: string,
  { folder, parsed }: FoundSidecar,
): Promise<ReadonlySet<string>> {
  const here = new Set<string>();
  if (parsed.state !== "ours") return here;
  for (const { id, path, sha256, size, removed } of parsed.sidecar.files) {
    if (sha256 === null || removed) continue;
    try {
      const info = await statInRoot(fs, root, `${folder}/${path}`);
      if (info?.kind === "file" && info.size === size) here.add(id);
    } catch (error) {
      if (classifyThrown(error).kind !== "permission") throw error;
    }
  }
  return here;
}
