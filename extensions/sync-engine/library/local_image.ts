import { resolveInRoot } from "../files/resolve_in_root.ts";
import type { Fs } from "../platform/ports.ts";
import type { StoredFile } from "../store/files.ts";
import { MAX_IMAGE_BYTES } from "./fetch_image.ts";
import { imageTypeOf } from "./image_type.ts";
import { readWhole } from "./read_whole.ts";

/** So many pictures are tried; the site lists the best one first. */
const TRIES = 3;

/**
 * The first picture of an asset that is on disk and fit to be shown, null when there is none.
 *
 * @param root Absolute path of the library.
 * @param files Of the asset, in the site's order.
 */
export async function localImage(
  fs: Pick<Fs, "open" | "stat">,
  root: string,
  files: readonly StoredFile[],
): Promise<{ readonly bytes: Uint8Array; readonly sha256: string } | null> {
  const here = files.filter(({ kind, sha256, removed }) =>
    kind === "image" && sha256 !== null && !removed
  );
  for (const { path, sha256 } of here.slice(0, TRIES)) {
    const bytes = await readWhole(fs, resolveInRoot(root, path), MAX_IMAGE_BYTES);
    if (bytes && sha256 !== null && imageTypeOf(bytes) !== null) return { bytes, sha256 };
  }
  return null;
}
