import { join, resolve } from "node:path";
import { toAmbiguity } from "./ambiguity.ts";
import type { ChangeNews } from "./change_news.ts";
import { Arrivals } from "./downloads/handover/arrivals.ts";
import { matchArrivals } from "./downloads/handover/match_arrivals.ts";
import { type Match, takeOver } from "./downloads/adoption/take_over.ts";
import { isWithin } from "./files/check_root.ts";
import { expandHome } from "./files/expand_home.ts";
import { openRoot, requireMarker } from "./files/marker.ts";
import { toFrameError } from "./frame_error.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import { allowsHost, type Manifest } from "./plugins/manifest.ts";
import type {
  Ambiguity,
  Emit,
  EngineStatus,
  HandoverRow,
  HandoverSummary,
  Params,
  Results,
  Settings,
} from "./protocol.ts";
import { readRootId } from "./root_id.ts";
import type { HandoverFile, Silent } from "./store/handovers.ts";
import type { Store } from "./store/store.ts";

/** From one look into the watched folder to the next. A file that did not change in between is finished. */
const LOOK_EVERY_MS = 4_000;

/** From one look at the queue to the next, while nothing is handed over. */
const IDLE_MS = 30_000;

/** Silences in a row after which a site that only throttles is taken to do so for long. */
const MANY_SILENCES = 2;

/** What runs and must have the library's files for itself. */
const KEEPS_OFF: ReadonlySet<EngineStatus["busy"]> = new Set<EngineStatus["busy"]>([
  "move",
  "adopt",
  "rebuild",
]);

/** What {@linkcode Handover} needs. */
export interface HandoverPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly emit: Emit;
  readonly news: Pick<ChangeNews, "library" | "queue" | "status">;
  readonly settings: () => Pick<Settings, "root" | "watchFolder" | "watchMove">;
  /** What `~` stands for, absolute. */
  readonly home: string;
  readonly manifests: () => readonly Manifest[];
  readonly busy: () => EngineStatus["busy"];
  /** Does work while nothing else gets a place in the library. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Takes files out of the queue; resolves when nothing is written for them any more. */
  readonly drop: (fileIds: readonly string[]) => Promise<void>;
  /** Runs the one job of the engine. */
  readonly exclusive: <T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
}

/** A folder that is watched, and what is known of it. */
interface Watch {
  readonly folder: string;
  readonly arrivals: Arrivals;
  /** How many were handed over at the last look: more of them may make sense of what made none. */
  handed: number;
}

/**
 * Files that a site gives to the user's own browser and not to this program: which they are, and a folder from which
 * they are taken over once the browser has put them there. Nothing here asks a site for anything.
 */
export class Handover {
  readonly #ports: HandoverPorts;
  /** What arrived and could be several files, by path. */
  readonly #unclear = new Map<string, Ambiguity>();
  #problem: "missing" | "inLibrary" | null = null;
  #turn = new AbortController();
  #watching: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(ports: HandoverPorts) {
    this.#ports = ports;
  }

  list({ offset, limit }: Params<"handover.list">): Results["handover.list"] {
    const { store, home } = this.#ports;
    const silent = this.#silent();
    const manifests = new Map(this.#ports.manifests().map((one) => [one.id, one]));
    const files = store.handovers.list(silent, { offset, limit });
    return {
      rows: files.map((file) => toRow(file, manifests.get(file.provider))),
      total: store.handovers.count(silent),
      unclear: [...this.#unclear.values()],
      problem: this.#ports.settings().watchFolder === null ? null : this.#problem,
      suggestion: join(home, "Downloads"),
    };
  }

  /** Watches the folder of the settings from now on, whenever something is handed over. */
  start(): void {
    this.#watching = this.#watch();
  }

  /** The settings are not what they were. */
  review(): void {
    this.#turn.abort(new SyncError("cancelled", "Looked at anew"));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.review();
    await this.#watching;
  }

  /**
   * Watches a folder until nothing is handed over any more. Events tell of each file that was taken over.
   *
   * @throws {SyncError} `badInput` when there is no such folder or it is the library's; `cancelled` when the signal aborts.
   */
  async watch(
    { folder: given, move = false }: { readonly folder: string; readonly move?: boolean },
    signal?: AbortSignal,
  ): Promise<HandoverSummary> {
    return await this.#ports.exclusive(signal, async (stop) => {
      const watch = this.#open(given);
      const sums = { filed: 0, bytes: 0 };
      while (this.#ports.store.handovers.count(this.#silent()) > 0) {
        const problem = await this.#problemOf(watch.folder);
        if (problem) throw new SyncError("badInput", problemText(watch.folder, problem));
        const { filed, bytes } = await this.#look(watch, move, stop);
        sums.filed += filed;
        sums.bytes += bytes;
        await this.#ports.clock.sleep(LOOK_EVERY_MS, stop);
      }
      return { ...sums, unclear: this.#unclear.size };
    });
  }

  async #watch(): Promise<void> {
    const { clock, store, settings, busy, log } = this.#ports;
    let watch: Watch | null = null;
    while (!this.#closed) {
      this.#turn = new AbortController();
      const { signal } = this.#turn;
      const { watchFolder, watchMove } = settings();
      if (watchFolder === null) {
        this.#unclear.clear();
        await aborted(signal);
        continue;
      }
      const folder = this.#expand(watchFolder);
      if (watch?.folder !== folder) watch = this.#open(folder);
      const isNeeded = store.handovers.count(this.#silent()) > 0;
      try {
        this.#problem = await this.#problemOf(folder);
        if (isNeeded && this.#problem === null && !KEEPS_OFF.has(busy())) {
          await this.#look(watch, watchMove, signal);
        }
      } catch (error) {
        log.warn("The watched folder could not be looked into", {
          kind: classifyThrown(error).kind,
        });
      }
      await clock.sleep(isNeeded ? LOOK_EVERY_MS : IDLE_MS, signal).catch(() => {});
    }
  }

  #open(given: string): Watch {
    const folder = this.#expand(given);
    return { folder, arrivals: new Arrivals(this.#ports.fs, folder), handed: 0 };
  }

  /** Takes over what has arrived and is clear. */
  async #look(
    watch: Watch,
    move: boolean,
    signal: AbortSignal,
  ): Promise<{ readonly filed: number; readonly bytes: number }> {
    const { store, emit } = this.#ports;
    const sums = { filed: 0, bytes: 0 };
    const handed = store.handovers.list(this.#silent());
    if (handed.length > watch.handed) watch.arrivals.forget();
    watch.handed = handed.length;
    await this.#forgetUnclear();
    const files = await watch.arrivals.settled();
    if (files.length === 0) return sums;
    const { matches, unclear } = await matchArrivals(this.#ports, files, handed, signal);
    for (const match of matches) {
      if (!await this.#take(match, move, signal)) {
        watch.arrivals.forgetOne(match.owned.name);
        continue;
      }
      sums.filed++;
      sums.bytes += match.owned.size;
    }
    for (const { owned, files } of unclear) {
      const ambiguity = toAmbiguity(store, owned, files);
      for (const path of ambiguity.paths) this.#unclear.set(path, ambiguity);
      emit("adoptAmbiguous", ambiguity);
    }
    if (matches.length + unclear.length > 0) this.#tell();
    return sums;
  }

  /** Returns false when it is to be tried again at the next look. */
  async #take(match: Match, move: boolean, signal: AbortSignal): Promise<boolean> {
    const { store, fs, clock, random, log, emit, settings, drop, alone } = this.#ports;
    const { owned, fileId, by } = match;
    const job = store.jobs.get(fileId);
    // It comes by itself after all.
    if (job?.state === "running") return false;
    try {
      await alone(async () => {
        const { root } = settings();
        await openRoot(fs, root, { expectedId: readRootId(store), random, clock });
        await drop([fileId]);
        const requireRoot = () => requireMarker(fs, root);
        await takeOver({ store, fs, clock, log, root, requireRoot }, match, {
          how: move ? "move" : "copy",
          signal,
        });
      });
      const path = store.files.get(fileId)?.path ?? "";
      emit("adopted", { from: owned.path, fileId, path, size: owned.size, by });
      return true;
    } catch (error) {
      const failure = classifyThrown(error);
      if (job && store.jobs.get(fileId) === null) {
        store.jobs.enqueueMany([fileId]);
        if (job.state === "failed") {
          store.jobs.fail(fileId, job.reason ?? failure.kind, job.message ?? failure.message);
        }
      }
      if (signal.aborted) throw failure;
      emit("adoptFailed", { from: owned.path, error: toFrameError(failure) });
      log.warn("A file that arrived could not be taken over", { kind: failure.kind });
      // Tried again when there is room, or the drive is back; a damaged file stays damaged.
      return failure.kind === "integrity" || failure.kind === "badInput";
    }
  }

  /** What was chosen, or is not there any more, is not asked about any longer. */
  async #forgetUnclear(): Promise<void> {
    const { fs, store } = this.#ports;
    for (const [path, { files }] of this.#unclear) {
      const isThere = (await fs.stat(path))?.kind === "file";
      const open = files.filter(({ fileId }) => {
        const file = store.files.get(fileId);
        return file && !file.removed && file.downloadedRevision !== file.revision;
      });
      if (!isThere || open.length < files.length) this.#unclear.delete(path);
    }
  }

  /** Providers that have been silent for long: what is queued of them may as well be got by hand. */
  #silent(): Silent[] {
    const { store, clock } = this.#ports;
    const byProvider = new Map<string, Silent>();
    for (const { provider, reason } of store.pauses.list(clock.now())) {
      const isMany = (store.paces.get(provider)?.silences ?? 0) >= MANY_SILENCES;
      if (reason === "challenged") byProvider.set(provider, { provider, cause: "challenged" });
      else if (isMany && !byProvider.has(provider)) {
        byProvider.set(provider, { provider, cause: "throttled" });
      }
    }
    return [...byProvider.values()];
  }

  async #problemOf(folder: string): Promise<"missing" | "inLibrary" | null> {
    const { fs, settings } = this.#ports;
    if (isWithin(settings().root, folder)) return "inLibrary";
    return (await fs.stat(folder))?.kind === "directory" ? null : "missing";
  }

  #expand(folder: string): string {
    const { home } = this.#ports;
    return resolve(home, expandHome(folder, home));
  }

  #tell(): void {
    const { news } = this.#ports;
    news.library();
    news.queue();
    news.status();
  }
}

/** The address is one that a browser can open by itself: of the provider's own site, as it listed it. */
function toRow(file: HandoverFile, manifest: Manifest | undefined): HandoverRow {
  const { id: fileId, provider, cause, assetId, title, name, size, page, ref } = file;
  const url = URL.parse(ref);
  const isWeb = url?.protocol === "https:" && manifest !== undefined && allowsHost(manifest, url);
  return { fileId, provider, cause, assetId, title, name, size, page, address: isWeb ? ref : null };
}

function problemText(folder: string, problem: "missing" | "inLibrary"): string {
  return problem === "missing"
    ? `There is no folder "${folder}"`
    : `"${folder}" is in the library itself: name the folder that your browser saves to`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
