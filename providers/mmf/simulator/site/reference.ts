import { createHash } from "node:crypto";
import type { Contents } from "./contents.ts";
import { galleryOf } from "./sim_object.ts";
import type { SiteState } from "./world.ts";

/** A file that an honest client must end with. */
export interface ReferenceFile {
  readonly objectId: number;
  readonly kind: "model" | "image";
  /** As the site names it; an image by the last part of its address. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  sha256(): string;
  bytes(): Uint8Array;
}

/**
 * All that can be downloaded now: the files of what is listed and not locked, and the gallery images of what
 * is neither locked nor withdrawn.
 */
export function* referenceFiles(state: SiteState, contents: Contents): Iterable<ReferenceFile> {
  for (const object of state.listed()) {
    if (object.access === "locked" || object.access === "deleted") continue;
    for (const file of object.files) {
      const { name, size } = file;
      yield reference(object.id, "model", name, () => size, () => contents.file(file));
    }
    for (const image of galleryOf(object)) {
      const bytes = () => contents.image(image);
      yield reference(object.id, "image", image.name, () => bytes().length, bytes);
    }
  }
}

function reference(
  objectId: number,
  kind: "model" | "image",
  name: string,
  size: () => number,
  bytes: () => Uint8Array,
): ReferenceFile {
  return {
    objectId,
    kind,
    name,
    // The size of an image is known only once it is made.
    get size() {
      return size();
    },
    sha256: () => createHash("sha256").update(bytes()).digest("hex"),
    bytes,
  };
}
