import { basename, dirname } from "node:path/posix";
import type { ChangeNews } from "./change_news.ts";
import { Publisher } from "./downloads/publish.ts";
import { openRoot, requireMarker } from "./files/marker.ts";
import { removeEmpty } from "./files/remove_empty.ts";
import { resolveInRoot } from "./files/resolve_in_root.ts";
import { hashFile } from "./files/verify.ts";
import { type FoundVersion, listVersions, nameOfVersion } from "./files/versions.ts";
import type { LiveSync } from "./live_sync.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import type { EngineStatus, Params, Results, VersionRow } from "./protocol.ts";
import { readRootId } from "./root_id.ts";
import type { Asset } from "./store/asset.ts";
import type { StoredFile } from "./store/files.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode Versions} needs. */
export interface VersionsPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly news: Pick<ChangeNews, "library" | "status">;
  /** Absolute path of the library root. */
  readonly root: () => string;
  /** Throws when nothing may be changed. */
  readonly requireWriter: () => void;
  readonly busy: () => EngineStatus["busy"];
  /** Does work while nothing else is done to the files of models. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly live: Pick<LiveSync, "drop" | "alone">;
}

const DAY_MS = 24 * 3_600_000;
const LOOKS_AT_ONCE = 32;

/** A version that is there, and what the row of a list says of it. */
interface Kept {
  readonly found: FoundVersion;
  readonly row: VersionRow;
}

/** What was replaced and kept in the `.versions/` of model folders. The disk alone knows what there is. */
export class Versions {
  readonly #ports: VersionsPorts;

  constructor(ports: VersionsPorts) {
    this.#ports = ports;
  }

  /** A page, newest first, with the size of all. */
  async list(
    { assetId, offset, limit }: Params<"versions.list">,
  ): Promise<Results["versions.list"]> {
    const all = (await this.#find(assetId)).map(({ row }) => row).sort((a, b) => b.at - a.at);
    const bytes = all.reduce((sum, { size }) => sum + size, 0);
    return { rows: all.slice(offset, offset + limit), total: all.length, bytes };
  }

  /**
   * Deletes versions.
   *
   * @throws {SyncError} `permission` when the library is not there, or one cannot be deleted.
   */
  async drop(
    { assetId, versions, olderThan }: Params<"versions.drop">,
  ): Promise<Results["versions.drop"]> {
    if (versions && assetId === undefined) {
      throw new SyncError("badInput", "Say of which model the versions are");
    }
    const latest = olderThan === undefined
      ? Infinity
      : this.#ports.clock.now() - olderThan * DAY_MS;
    return await this.#change(async (root) => {
      const { fs } = this.#ports;
      const meant = (await this.#find(assetId))
        .filter(({ found }) => versions?.includes(found.name) ?? true)
        .filter(({ found }) => found.at <= latest);
      const folders = new Set<string>();
      let bytes = 0;
      for (const { found } of meant) {
        await requireMarker(fs, root);
        await fs.remove(resolveInRoot(root, found.path));
        folders.add(dirname(found.path));
        bytes += found.size;
      }
      await removeEmpty(fs, root, folders);
      return { dropped: meant.length, bytes };
    });
  }

  /**
   * Puts a version back in its place, by the same steps as a download; what is there becomes a version. It counts as the
   * newest one until the site has another, or it is fetched anew.
   *
   * @throws {SyncError} `gone` when there is no such version; `badInput` when it is not clear of which file it is.
   */
  async restore(
    { assetId, version }: Params<"versions.restore">,
  ): Promise<Results["versions.restore"]> {
    return await this.#change(async (root) => {
      const { store, fs, live } = this.#ports;
      const kept = (await this.#find(assetId)).find(({ found }) => found.name === version);
      if (!kept) throw new SyncError("gone", "This version is not there any more");
      const { fileId } = kept.row;
      const file = fileId === null ? null : store.files.get(fileId);
      const asset = store.assets.get(assetId);
      if (!file || !asset) {
        throw new SyncError("badInput", "It is not known which file this is a version of");
      }
      await live.drop([file.id]);
      const partPath = resolveInRoot(root, kept.found.path);
      const { size, sha256 } = await hashFile(fs, partPath);
      store.removals.takeBack([file.id]);
      store.parts.drop(file.id);
      const job = { fileId: file.id, provider: file.provider, file, asset };
      const requireRoot = () => requireMarker(fs, root);
      await live.alone(async () => {
        await new Publisher({ ...this.#ports, root, requireRoot })
          .publish({ job, partPath, size, sha256, validator: null });
        await removeEmpty(fs, root, [dirname(kept.found.path)]);
      });
      return { path: file.path };
    });
  }

  async #change<T>(work: (root: string) => Promise<T>): Promise<T> {
    const { requireWriter, busy, alone, news, store, fs } = this.#ports;
    requireWriter();
    if (busy() === "move") {
      throw new SyncError("badInput", "The library is being moved: wait until that is done");
    }
    try {
      return await alone(async () => {
        const root = this.#ports.root();
        const expectedId = readRootId(store);
        if (expectedId === null) throw new SyncError("gone", "Nothing was synced yet");
        await openRoot(fs, root, { ...this.#ports, expectedId });
        return await work(root);
      });
    } finally {
      news.library();
      news.status();
    }
  }

  async #find(assetId: string | undefined): Promise<Kept[]> {
    const { store } = this.#ports;
    if (assetId !== undefined) {
      const asset = store.assets.get(assetId);
      if (!asset) throw new SyncError("badInput", `The library has no model "${assetId}"`);
      return await this.#ofAsset(asset);
    }
    const kept: Kept[] = [];
    const assets = store.assets.all();
    const look = async () => {
      for (let next = assets.next(); !next.done; next = assets.next()) {
        kept.push(...await this.#ofAsset(next.value));
      }
    };
    await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, look));
    return kept;
  }

  async #ofAsset({ id, title, folder }: Asset): Promise<Kept[]> {
    const { fs, root, store } = this.#ports;
    if (folder === null) return [];
    const versions = await listVersions(fs, root(), folder);
    if (versions.length === 0) return [];
    const files = store.files.byAsset(id);
    return versions.map((found) => {
      const name = nameOfVersion(found.name);
      const file = onlyOne(files.filter(({ path }) => basename(path) === name));
      const row = {
        assetId: id,
        title,
        version: found.name,
        fileId: file?.id ?? null,
        name: file?.name ?? name,
        size: found.size,
        at: found.at,
      };
      return { found, row };
    });
  }
}

/** Null where a picture and a model have the same name, too. */
function onlyOne(files: readonly StoredFile[]): StoredFile | null {
  return files.length === 1 ? files[0] ?? null : null;
}
