import { netFor } from "../content/mesh.ts";
import { meshOf, modelContent } from "../content/model_file.ts";
import { encodePng } from "../content/png.ts";
import { renderMesh } from "../content/render.ts";
import { LruCache } from "../lru_cache.ts";
import type { Settings } from "../options.ts";
import { Random } from "../random.ts";
import type { SimFile, SimImage } from "./sim_object.ts";

/** Width of an original gallery image in pixels; its height is three quarters of that. */
const WIDTH = 320;
const DEMO_WIDTH = 640;

/** Triangles of a model that is photographed. */
const TRIANGLES = 9_000;

/** Makes the bytes of files and images when they are asked for, and keeps those used last. */
export class Contents {
  readonly #seed: number;
  readonly #width: number;
  readonly #cache: LruCache<Uint8Array>;

  constructor({ seed, cacheBytes, fileSize }: Settings) {
    this.#seed = seed;
    this.#width = fileSize === "demo" ? DEMO_WIDTH : WIDTH;
    this.#cache = new LruCache(cacheBytes);
  }

  hasRoom(bytes: number): boolean {
    return this.#cache.hasRoom(bytes);
  }

  /** Bytes of the file as it is now. */
  file(file: SimFile): Uint8Array {
    return this.keep(`file ${file.id} ${file.version}`, () => {
      const bytes = modelContent(file.format, file.key, file.target, file.sculpt).bytes();
      if (bytes.length !== file.size) {
        throw new Error(`File ${file.id} came out as ${bytes.length} bytes, listed ${file.size}`);
      }
      return bytes;
    });
  }

  /** A PNG of the image, at most `pixels` wide. */
  image(image: SimImage, pixels = Infinity): Uint8Array {
    const width = Math.min(pixels, this.#width);
    return this.keep(`image ${image.id} ${width}`, () => {
      const mesh = meshOf(image.sculpt, image.meshKey, netFor(TRIANGLES));
      const view = new Random(this.#seed, image.id, "view");
      // All pictures of an object are of one plastic.
      const paint = new Random(this.#seed, image.objectId, "paint");
      return encodePng(renderMesh(mesh, width, Math.round(width * 0.75), { view, paint }));
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
