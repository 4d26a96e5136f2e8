import { dirname } from "node:path/posix";
import type { Fs } from "../platform/ports.ts";
import { resolveInRoot } from "./resolve_in_root.ts";

/**
 * Removes folders that are empty, and those above them that are it then, up to the root.
 *
 * @param folders '/'-separated, below the root.
 */
export async function removeEmpty(fs: Fs, root: string, folders: Iterable<string>): Promise<void> {
  for (let folder of folders) {
    while (folder !== ".") {
      const path = resolveInRoot(root, folder);
      if ((await fs.stat(path))?.kind === "directory") {
        if ((await fs.list(path)).length > 0) break;
        await fs.remove(path);
      }
      folder = dirname(folder);
    }
  }
}
