import { createHash } from "node:crypto";
import { createImageSite, type ImageSite } from "./library/image_site.ts";
import { type ImageType, imageTypeOf } from "./library/image_type.ts";
import { localImage } from "./library/local_image.ts";
import { createSharedWork } from "./library/shared_work.ts";
import { ThumbnailCache } from "./library/thumbnail_cache.ts";
import { classifyThrown } from "./platform/classify.ts";
import type { Clock, Fs, Http, Log } from "./platform/ports.ts";
import type { Rate } from "./plugins/manifest.ts";
import type { Registry } from "./plugins/registry.ts";
import type { Resolve } from "./plugins/target_guard.ts";
import type { Asset } from "./store/asset.ts";
import type { Store } from "./store/store.ts";

/** A small picture of an asset. */
export interface Thumbnail {
  /** At most 4 MiB. */
  readonly bytes: Uint8Array;
  readonly type: ImageType;
  /** Changes when the picture does: hexadecimal, fit for an `ETag`. */
  readonly tag: string;
}

export interface ThumbnailsPorts {
  readonly fs: Fs;
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly resolve?: Resolve | undefined;
}

export interface ThumbnailsOptions {
  readonly store: Store;
  readonly registry: Pick<Registry, "list" | "get">;
  /** Where pictures are kept; null keeps none. Never below the library root. */
  readonly cacheDir: string | null;
  /** Absolute path of the library. */
  readonly root: () => string;
  /** Pace of requests instead of the manifests'. @default the manifests' */
  readonly pacing?: Rate | undefined;
}

/** Pictures of assets for lists and previews: from the cache, else from the library, else from the site. */
export class Thumbnails {
  readonly #ports: ThumbnailsPorts;
  readonly #options: ThumbnailsOptions;
  readonly #cache: ThumbnailCache | null;
  readonly #sites = new Map<string, ImageSite>();
  readonly #work = createSharedWork<Thumbnail | null>();

  constructor(ports: ThumbnailsPorts, options: ThumbnailsOptions) {
    this.#ports = ports;
    this.#options = options;
    const { cacheDir } = options;
    this.#cache = cacheDir === null ? null : new ThumbnailCache(ports.fs, cacheDir);
  }

  /**
   * The picture of an asset; null when it has none, or none can be had now: a later call may have one.
   *
   * @throws {SyncError} `cancelled`
   */
  async get(assetId: string, signal?: AbortSignal): Promise<Thumbnail | null> {
    const asset = this.#options.store.assets.get(assetId);
    if (asset === null) return null;
    try {
      return await this.#work.run(assetId, (signal) => this.#find(asset, signal), signal);
    } catch (error) {
      throw classifyThrown(error);
    }
  }

  async #find(asset: Asset, signal: AbortSignal): Promise<Thumbnail | null> {
    const { fs } = this.#ports;
    const { store, root } = this.#options;
    const { id, thumbUrl } = asset;
    const key = thumbUrl === null ? null : keyOf(id, thumbUrl);
    const kept = key === null ? null : await this.#cache?.get(key);
    const thumbnail = kept && key !== null ? toThumbnail(kept, key) : null;
    if (thumbnail) return thumbnail;
    const local = await localImage(fs, root(), store.files.byAsset(id));
    if (local) return toThumbnail(local.bytes, local.sha256);
    signal.throwIfAborted();
    if (key === null || thumbUrl === null) return null;
    const fetched = await this.#siteOf(asset.provider)?.get(thumbUrl, signal) ?? null;
    if (fetched === null) return null;
    await this.#keep(key, fetched);
    return toThumbnail(fetched, key);
  }

  /** Null when it must not be asked now. */
  #siteOf(provider: string): ImageSite | null {
    const { store, registry, pacing } = this.#options;
    const { clock } = this.#ports;
    const plugin = registry.list().find(({ id }) => id === provider);
    if (plugin?.state !== "built-in" || !plugin.enabled) return null;
    // Who asked for silence is left in peace altogether.
    if (store.pauses.list(clock.now()).some((pause) => pause.provider === provider)) return null;
    const known = this.#sites.get(provider);
    if (known) return known;
    const { manifest } = registry.get(provider);
    const site = createImageSite(this.#ports, {
      ...manifest,
      rate: pacing ? { downloads: null, ...pacing } : manifest.rate,
    });
    this.#sites.set(provider, site);
    return site;
  }

  async #keep(key: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.#cache?.put(key, bytes);
    } catch (error) {
      this.#ports.log.debug("A picture could not be kept", { kind: classifyThrown(error).kind });
    }
  }
}

function keyOf(assetId: string, url: string): string {
  return createHash("sha256").update(`${assetId}\n${url}`).digest("hex");
}

function toThumbnail(bytes: Uint8Array, tag: string): Thumbnail | null {
  const type = imageTypeOf(bytes);
  return type === null ? null : { bytes, type, tag };
}
