import { makeMesh, netFor } from "../content/mesh.ts";
import { modelContent } from "../content/model_file.ts";
import { encodePng } from "../content/png.ts";
import { renderMesh } from "../content/render.ts";
import { LruCache } from "../lru_cache.ts";
import { Random } from "../random.ts";
import type { SimFile, SimImage } from "./sim_object.ts";

/** Side of an original gallery image in pixels. */
export const ORIGINAL_PIXELS = 352;

/** Makes the bytes of files and images when they are asked for, and keeps those used last. */
export class Contents {
  readonly #seed: number;
  readonly #cache: LruCache<Uint8Array>;

  constructor(seed: number, capacity: number) {
    this.#seed = seed;
    this.#cache = new LruCache(capacity);
  }

  hasRoom(bytes: number): boolean {
    return this.#cache.hasRoom(bytes);
  }

  /** Bytes of the file as it is now. */
  file(file: SimFile): Uint8Array {
    return this.keep(`file ${file.id} ${file.version}`, () => {
      const bytes = modelContent(file.format, file.key, file.target).bytes();
      if (bytes.length !== file.size) {
        throw new Error(`File ${file.id} came out as ${bytes.length} bytes, listed ${file.size}`);
      }
      return bytes;
    });
  }

  /** A PNG of the image, at most `pixels` wide and high. */
  image(image: SimImage, pixels: number = ORIGINAL_PIXELS): Uint8Array {
    const size = Math.min(pixels, ORIGINAL_PIXELS);
    return this.keep(`image ${image.id} ${size}`, () => {
      // All pictures of an object show one model, from different sides.
      const mesh = makeMesh(new Random(this.#seed, image.objectId, "mesh"), netFor(4_500));
      return encodePng(renderMesh(mesh, size, new Random(this.#seed, image.id, "view")));
    });
  }

  /** Bytes kept under a name of the caller's choice. */
  keep(key: string, make: () => Uint8Array): Uint8Array {
    const kept = this.#cache.get(key);
    if (kept) return kept;
    const bytes = make();
    this.#cache.set(key, bytes, bytes.length);
    return bytes;
  }
}
