import { join } from "node:path";
import type { Fs } from "../../platform/ports.ts";
import { walkTree } from "../walk_tree.ts";

/** Removes a folder with all files and folders in it; absent is fine. */
export async function removeTree(fs: Fs, folder: string): Promise<void> {
  if (await fs.stat(folder) === null) return;
  for await (const { path } of walkTree(fs, folder)) await fs.remove(join(folder, path));
}
