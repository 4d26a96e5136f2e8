import { join } from "node:path";
import { resolveInRoot } from "../files/layout.ts";
import type { Fs } from "../platform/ports.ts";
import { removePart } from "./remove_part.ts";
import type { Store } from "../store/store.ts";

/** As `Fs.writeTextAtomic` names what it renames in the end. */
const TEMPORARY = /^\.[0-9a-f]{8}-[0-9a-f]{4}\.tmp$/;

/**
 * Removes what an earlier process left of an atomic write when it was killed: the root's marker, or the
 * sidecar of a model that it was publishing files of; and partial files that no job wants any more. To be
 * called while nothing is written below the root.
 */
export async function removeLeftovers(fs: Fs, store: Store, root: string): Promise<void> {
  const folders = new Set([root]);
  for (const fileId of store.parts.ids()) {
    if (!store.jobs.get(fileId)) await removePart(fs, store, root, fileId);
    if (!store.parts.get(fileId)?.sha256) continue;
    const file = store.files.get(fileId);
    const folder = file && store.assets.get(file.assetId)?.folder;
    if (folder) folders.add(resolveInRoot(root, folder));
  }
  for (const folder of folders) {
    for (const { name, kind } of await fs.list(folder)) {
      if (kind === "file" && TEMPORARY.test(name)) await fs.remove(join(folder, name));
    }
  }
}
