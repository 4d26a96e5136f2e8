import type { Owned } from "./downloads/adoption/look_around.ts";
import type { Ambiguity } from "./protocol.ts";
import type { StoredFile } from "./store/files.ts";
import type { Store } from "./store/store.ts";

/** Files on disk and the files of the library that they could be, as front ends are told. */
export function toAmbiguity(
  { assets }: Pick<Store, "assets">,
  owned: readonly Owned[],
  files: readonly Pick<StoredFile, "id" | "assetId" | "name" | "path">[],
): Ambiguity {
  return {
    paths: owned.map(({ path }) => path),
    size: owned[0]?.size ?? 0,
    files: files.map(({ id, assetId, name, path }) => ({
      fileId: id,
      title: assets.get(assetId)?.title ?? "",
      name,
      path,
    })),
  };
}
