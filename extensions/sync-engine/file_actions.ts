import type { ChangeNews } from "./change_news.ts";
import { removeFiles } from "./downloads/remove_files.ts";
import { openRoot } from "./files/marker.ts";
import { mediaType } from "./files/media_type.ts";
import { resolveInRoot } from "./files/resolve_in_root.ts";
import { statInRoot } from "./files/stat_in_root.ts";
import type { LiveSync } from "./live_sync.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import { createInTurn } from "./platform/in_turn.ts";
import type { Clock, Fs, FsFile, Log, Random } from "./platform/ports.ts";
import type { EngineStatus, Params, Results } from "./protocol.ts";
import { readRootId } from "./root_id.ts";
import type { StoredFile } from "./store/files.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode FileActions} needs. */
export interface FileActionsPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly news: Pick<ChangeNews, "library" | "queue" | "status">;
  /** Absolute path of the library root. */
  readonly root: () => string;
  /** Throws when the library was opened for reading only. */
  readonly requireWriter: () => void;
  /** What runs. */
  readonly busy: () => EngineStatus["busy"];
  readonly live: Pick<LiveSync, "drop" | "alone" | "goOn">;
}

/** A file of the library, open for reading. Whoever gets it closes it. */
export interface OpenedFile {
  readonly file: FsFile;
  /** Absolute. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** As the site names it. */
  readonly name: string;
  /** After the name's extension, null when unknown. */
  readonly mediaType: string | null;
}

/** What can be done with the files of a model. */
export class FileActions {
  readonly #ports: FileActionsPorts;
  /** Two at once would find each other's work half done. */
  readonly #inTurn = createInTurn();

  constructor(ports: FileActionsPorts) {
    this.#ports = ports;
  }

  /**
   * Fetches files anew, before all others; what is there is kept in `.versions/`. Removed files are meant only when they
   * are named. The model is wanted from then on.
   *
   * @throws {SyncError} `gone` when the site gives none of them to this account.
   */
  async refetch(which: Params<"files.refetch">): Promise<Results["files.refetch"]> {
    const { store, live } = this.#ports;
    return await this.#change(() => {
      const meant = this.#chosen(which).filter((file) => which.fileIds || !file.removed);
      const fileIds = meant.map(({ id }) => id);
      const queued = store.transaction(() => {
        store.assets.setWanted({ ids: [which.assetId] }, true);
        store.removals.takeBack(fileIds);
        const fetchable = store.files.markStale(fileIds);
        if (fetchable.length === 0) {
          throw new SyncError("gone", "The site gives none of these files to your account");
        }
        store.jobs.enqueueMany(fetchable);
        store.jobs.requeueFailed({ fileIds: fetchable });
        store.jobs.resume({ fileIds: fetchable });
        store.jobs.moveToFront({ fileIds: fetchable });
        return fetchable.length;
      });
      live.goOn();
      return Promise.resolve({ queued });
    });
  }

  /**
   * Deletes files from disk, whatever became of their content. They are never fetched again by themselves.
   *
   * @throws {SyncError} `permission` when the library is not where it was, or a file cannot be deleted; `retryable` when
   * another program has it open. What was deleted until then stays removed.
   */
  async remove(which: Params<"files.remove">): Promise<Results["files.remove"]> {
    const { store, fs, clock, log, live } = this.#ports;
    return await this.#change(async () => {
      const files = this.#chosen(which).filter(({ removed }) => !removed);
      if (files.length === 0) return { removed: 0, bytes: 0 };
      const root = await this.#openRoot(files);
      const fileIds = files.map(({ id }) => id);
      store.removals.begin(fileIds);
      await live.drop(fileIds);
      if (root === null) {
        store.transaction(() => fileIds.forEach((id) => store.removals.end(id)));
        return { removed: files.length, bytes: 0 };
      }
      const done = await live.alone(() => removeFiles({ store, fs, clock, log, root }));
      if (done.error) throw done.error;
      return { removed: files.length, bytes: done.bytes };
    });
  }

  /**
   * Ends removals that a crash, or a drive that went away, left under way. To be called before a sync, which reports what
   * is wrong with the root itself.
   */
  async endRemovals(): Promise<void> {
    const { store, fs, clock, log } = this.#ports;
    await this.#inTurn(async () => {
      const files = store.removals.underWay();
      if (files.length === 0) return;
      try {
        const root = await this.#openRoot(files);
        if (root !== null) await removeFiles({ store, fs, clock, log, root });
      } catch (error) {
        log.warn("Removals could not be ended", { kind: classifyThrown(error).kind });
      }
    });
  }

  /** Takes removals back: the files are wanted again, and so is the model. */
  async restore(which: Params<"files.restore">): Promise<Results["files.restore"]> {
    const { store, live } = this.#ports;
    return await this.#change(() => {
      const fileIds = this.#chosen(which).filter(({ removed }) => removed).map(({ id }) => id);
      if (fileIds.length === 0) return Promise.resolve({ restored: 0 });
      const restored = store.transaction(() => {
        store.assets.setWanted({ ids: [which.assetId] }, true);
        const back = store.removals.takeBack(fileIds);
        const missing = new Set(store.files.toFetch({ assetId: which.assetId }));
        store.jobs.enqueueMany(fileIds.filter((id) => missing.has(id)));
        return back;
      });
      live.goOn();
      return Promise.resolve({ restored });
    });
  }

  /**
   * Absolute path of a model's folder, or of one of its files.
   *
   * @throws {SyncError} `badInput` when it is not on disk.
   */
  async pathOf({ assetId, fileId }: Params<"files.reveal">): Promise<string> {
    const { store, fs, root } = this.#ports;
    const [file] = this.#chosen({ assetId, fileIds: fileId === undefined ? [] : [fileId] });
    const path = file ? file.path : store.assets.get(assetId)?.folder ?? null;
    const info = path === null ? null : await statInRoot(fs, root(), path);
    if (path === null || info?.kind !== (file ? "file" : "directory")) {
      const what = file ? `The file "${file.name}"` : "This model";
      throw new SyncError("badInput", `${what} is not on your disk yet: download it first`);
    }
    return resolveInRoot(root(), path);
  }

  /**
   * Opens a file that is here.
   *
   * @throws {SyncError} `gone` when it is not, `permission` when a link leads out of the library.
   */
  async open(fileId: string): Promise<OpenedFile> {
    const { store, fs, root } = this.#ports;
    const row = store.files.get(fileId);
    const isHere = row && !row.removed && row.downloadedRevision !== null;
    const info = isHere ? await statInRoot(fs, root(), row.path) : null;
    if (!row || info?.kind !== "file") throw new SyncError("gone", "This file is not on the disk");
    const path = resolveInRoot(root(), row.path);
    const file = await fs.open(path);
    const { name } = row;
    try {
      return { file, path, size: await file.size(), name, mediaType: mediaType(name) };
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Does work while nothing that was asked for here is under way. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    return await this.#inTurn(work);
  }

  /** Resolves when what was asked for until now is done. */
  async idle(): Promise<void> {
    await this.#inTurn(() => Promise.resolve());
  }

  async #change<T>(work: () => Promise<T>): Promise<T> {
    const { news, requireWriter, busy } = this.#ports;
    requireWriter();
    if (busy() === "move") {
      throw new SyncError("badInput", "The library is being moved: wait until that is done");
    }
    try {
      return await this.#inTurn(work);
    } finally {
      news.library();
      news.queue();
      news.status();
    }
  }

  /** The files of the asset, or those of them that are named. */
  #chosen({ assetId, fileIds }: Params<"files.refetch">): StoredFile[] {
    const { store } = this.#ports;
    if (!store.assets.row(assetId)) {
      throw new SyncError("badInput", `The library has no model "${assetId}"`);
    }
    const files = new Map(store.files.byAsset(assetId).map((file) => [file.id, file]));
    if (!fileIds) return [...files.values()];
    return [...new Set(fileIds)].map((id) => {
      const file = files.get(id);
      if (!file) throw new SyncError("badInput", `The model "${assetId}" has no file "${id}"`);
      return file;
    });
  }

  /** Makes sure that the root is the library's. Null when nothing ever came into it. */
  async #openRoot(files: readonly StoredFile[]): Promise<string | null> {
    const { store, fs, random, clock } = this.#ports;
    const root = this.#ports.root();
    const expectedId = readRootId(store);
    if (expectedId !== null) await openRoot(fs, root, { expectedId, random, clock });
    else if (files.some(({ downloadedRevision }) => downloadedRevision !== null)) {
      throw new SyncError("badInput", "Nothing was synced into this folder yet: sync once first");
    }
    return expectedId === null ? null : root;
  }
}
