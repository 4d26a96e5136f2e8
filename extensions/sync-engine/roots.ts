import { isAbsolute, join } from "node:path";
import * as v from "valibot";
import type { ChangeNews } from "./change_news.ts";
import { missingFiles } from "./downloads/presence.ts";
import { recognise } from "./downloads/recognise.ts";
import { checkRoot } from "./files/check_root.ts";
import { pathKey } from "./files/fold_path.ts";
import { openRoot, placeMarker, readMarker, requireMarker } from "./files/marker.ts";
import { bringBack, carryOver, clearSource, type MoveProgress } from "./files/move_library.ts";
import { toFrameError } from "./frame_error.ts";
import { paced } from "./paced.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import type { Emit, Params, RootCheck, Settings } from "./protocol.ts";
import { readRootId, writeRootId } from "./root_id.ts";
import { forgetRootMove, readRootMove, type RootMove, writeRootMove } from "./root_move.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode Roots} needs. */
export interface RootsPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly emit: Emit;
  readonly news: Pick<ChangeNews, "library" | "queue" | "status">;
  /** The profile's folder, absolute. */
  readonly appData: string;
  /** What `~` stands for, absolute. */
  readonly home: string;
  readonly settings: () => Settings;
  /** Throws when something runs, or nothing may be changed. */
  readonly requireIdle: () => void;
  /** Runs the one job of the engine. */
  readonly exclusive: <T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
  /** Whether a stop is the user's wish: a move is undone then, else it is left to be gone on with. */
  readonly isStopWished: () => boolean;
}

/** Where the library is, and how it gets elsewhere. */
export class Roots {
  readonly #ports: RootsPorts;

  constructor(ports: RootsPorts) {
    this.#ports = ports;
  }

  /** Looks at a folder. Changes nothing. */
  async check({ path }: Params<"root.check">): Promise<RootCheck> {
    const { fs, store, appData, home, random, settings } = this.#ports;
    const current = settings().root;
    return await checkRoot(fs, path, { current, id: readRootId(store), appData, home, random });
  }

  /**
   * Starts a change in the background; `rootChanged` tells how it went.
   *
   * @throws {SyncError} `badInput` when the folder cannot be used, or something runs.
   */
  async change(params: Params<"root.change">): Promise<{ readonly started: true }> {
    this.#ports.requireIdle();
    await this.#approve(params);
    this.#ports.requireIdle();
    this.#inBackground(() => this.run(params));
    return { started: true };
  }

  /**
   * Goes on in the background with a move that was cut off.
   *
   * @returns Whether there is one.
   */
  resume(): boolean {
    if (readRootMove(this.#ports.store) === null) return false;
    this.#ports.requireIdle();
    this.#inBackground(async () => {
      await this.#ports.exclusive(undefined, (stop) => this.settle(stop));
      return this.#ports.settings().root;
    });
    return true;
  }

  /**
   * Changes the root. When a move fails or is stopped, the library is where it was.
   *
   * @returns The root that counts now.
   */
  async run(params: Params<"root.change">, signal?: AbortSignal): Promise<string> {
    return await this.#ports.exclusive(signal, async (stop) => {
      await this.settle(stop);
      const path = await this.#approve(params);
      if (path === this.#ports.settings().root) return path;
      const { store } = this.#ports;
      const isMove = params.how === "move" && readRootId(store) !== null;
      await (isMove ? this.#move(path, stop) : this.#adopt(path, stop));
      return path;
    });
  }

  /** Goes on with a move that was cut off, so that the library is in one place. To be called before any work on it. */
  async settle(signal: AbortSignal): Promise<void> {
    const { store, fs, log } = this.#ports;
    const move = readRootMove(store);
    if (!move) return;
    if (move.phase === "clearing") return await this.#clear(move, signal);
    await requireMarker(fs, move.from);
    if (await readMarker(fs, move.to)) return await this.#carry(move, signal);
    const here = await Promise.all(move.entries.map((entry) => fs.stat(join(move.from, entry))));
    if (here.includes(null)) {
      throw new SyncError(
        "permission",
        `A part of the library is in "${move.to}" already, but that is not there any more: connect its drive`,
      );
    }
    log.warn("The drive that the library was moving to is gone, so it stays where it is");
    forgetRootMove(store);
  }

  /** @throws {SyncError} `badInput` while a move waits to be gone on with. */
  requireSettled(): void {
    const move = readRootMove(this.#ports.store);
    if (!move || move.phase === "clearing") return;
    throw new SyncError(
      "badInput",
      `The library is on its way to "${move.to}": let it arrive first`,
    );
  }

  #inBackground(work: () => Promise<string>): void {
    const { emit } = this.#ports;
    void work().then(
      (root) => emit("rootChanged", { root }),
      (error) => emit("rootChanged", { error: toFrameError(classifyThrown(error)) }),
    );
  }

  /** The absolute path of a folder that may become the root. */
  async #approve({ path: given, how }: Params<"root.change">): Promise<string> {
    const { fs, store } = this.#ports;
    const { path, problem, library } = await this.check({ path: given });
    if (problem !== null) throw new SyncError("badInput", `Cannot use this folder: ${problem}`);
    if (how === "adopt" || path === this.#ports.settings().root) return path;
    if (library === "other") {
      throw new SyncError(
        "badInput",
        `"${path}" holds a library: use it as it is, or choose another folder`,
      );
    }
    for (const name of store.assets.topFolders()) {
      if (!await fs.stat(join(path, name))) continue;
      throw new SyncError(
        "badInput",
        library === "own"
          ? `"${path}" holds files of this library already: use it as it is, or choose another folder`
          : `"${path}" has a folder "${name}" already: choose another folder`,
      );
    }
    return path;
  }

  /** Uses what is there; what is not there is missing from then on. */
  async #adopt(root: string, signal: AbortSignal): Promise<void> {
    const { fs, store, log } = this.#ports;
    const id = await placeMarker(fs, root, readRootId(store), this.#ports);
    const missing = await missingFiles(fs, root, store.files.downloaded(), signal);
    store.transaction(() => {
      writeRootId(store, id);
      this.#setRoot(root);
      for (const file of missing) store.files.markMissing(file.id);
    });
    this.#tellNewRoot();
    const found = await recognise({ fs, store, root }, signal).catch((error) => {
      // What was not recognised is fetched again: the change itself has succeeded.
      log.warn("Files were not recognised", { kind: classifyThrown(error).kind });
      return 0;
    });
    store.jobs.removeObsolete();
    log.info("Another root is used", { missing: missing.length, found });
    this.#tellNewRoot();
  }

  async #move(to: string, signal: AbortSignal): Promise<void> {
    const { fs, store, clock, random } = this.#ports;
    const from = this.#ports.settings().root;
    const id = readRootId(store);
    await openRoot(fs, from, { expectedId: id, random, clock });
    const entries: string[] = [];
    for (const name of store.assets.topFolders()) {
      if (await fs.stat(join(from, name))) entries.push(name);
    }
    const made = await fs.stat(to) === null;
    // The mark tells the folder from an empty one that a drive which is not connected leaves behind.
    await placeMarker(fs, to, id, this.#ports);
    const move = { from, to, entries, startedAt: clock.now(), made, phase: "moving" as const };
    // What is renamed may reach the disk at once, so the note of it must be there before.
    store.durably(() => writeRootMove(store, move));
    await this.#carry(move, signal);
  }

  async #carry(move: RootMove, signal: AbortSignal): Promise<void> {
    const { fs, log, store, emit, clock } = this.#ports;
    try {
      await carryOver(
        {
          fs,
          log,
          recordOf: (path) => this.#recordOf(path),
          onProgress: paced(
            clock,
            (progress: MoveProgress) => emit("rootProgress", progress),
            ({ files, ofFiles }) => files === ofFiles,
          ),
        },
        move,
        signal,
      );
    } catch (error) {
      const failure = classifyThrown(error);
      if (failure.kind !== "cancelled" || this.#ports.isStopWished()) await this.#undo(move);
      throw failure;
    }
    const cleared = { ...move, phase: "clearing" as const };
    store.durably(() => {
      this.#setRoot(move.to);
      writeRootMove(store, cleared);
    });
    log.info("The library was moved");
    this.#tellNewRoot();
    await this.#clear(cleared, signal);
  }

  async #undo(move: RootMove): Promise<void> {
    const { fs, log, store } = this.#ports;
    try {
      await bringBack(fs, move);
      if (move.made && (await fs.list(move.to)).length === 0) await fs.remove(move.to);
      forgetRootMove(store);
    } catch (error) {
      // The note of the move stays: the next job goes on with it.
      log.error("A move could not be undone", { kind: classifyThrown(error).kind });
    }
  }

  /** The library is in its new place: whatever happens here, the move has succeeded. */
  async #clear(move: RootMove, signal: AbortSignal): Promise<void> {
    const { fs, log, store } = this.#ports;
    try {
      const stayed = await clearSource(fs, move, signal);
      if (stayed > 0) log.warn("Files stayed in the old place", { count: stayed });
    } catch (error) {
      const { kind } = classifyThrown(error);
      if (kind === "cancelled") return;
      log.warn("The old place could not be cleared", { kind });
    }
    forgetRootMove(store);
  }

  #setRoot(root: string): void {
    this.#ports.store.settings.set("root", v.pipe(v.string(), v.check(isAbsolute)), root);
  }

  #recordOf(path: string): { readonly size: number; readonly sha256: string } | null {
    const { files } = this.#ports.store;
    const id = files.pathTaken(pathKey(path));
    const row = id === null ? null : files.get(id);
    if (row?.path !== path || row.sha256 === null || row.downloadedSize === null) return null;
    return { size: row.downloadedSize, sha256: row.sha256 };
  }

  #tellNewRoot(): void {
    const { news, emit, settings } = this.#ports;
    emit("settingsChanged", settings());
    news.library();
    news.queue();
    news.status();
  }
}
