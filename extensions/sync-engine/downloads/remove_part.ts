import { resolveInRoot } from "../files/layout.ts";
import type { Fs } from "../platform/ports.ts";
import type { Store } from "../store/store.ts";
import { partPath } from "./part_path.ts";

/** Removes a partial file and forgets its chunks. To be called while nothing writes to it. */
export async function removePart(
  fs: Fs,
  store: Store,
  root: string,
  fileId: string,
): Promise<void> {
  const file = store.files.get(fileId);
  if (file) await fs.remove(resolveInRoot(root, partPath(file.path, fileId)));
  store.parts.drop(fileId);
}
