import { removeLeftovers } from "./downloads/leftovers.ts";
import { missingFiles } from "./downloads/presence.ts";
import { Runner } from "./downloads/runner.ts";
import { toFrameError } from "./frame_error.ts";
import { openRoot, requireMarker } from "./files/marker.ts";
import { plan, type PlanTally } from "./library/plan.ts";
import { scan } from "./library/scan.ts";
import type { Tally } from "./library/tally.ts";
import { classifyThrown } from "./platform/classify.ts";
import { hintFor, isFailureKind, SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Http, Log, Random } from "./platform/ports.ts";
import { allowsHost } from "./plugins/manifest.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";
import { ProgressBoard } from "./progress_board.ts";
import {
  type Emit,
  type FrameError,
  MAX_PAGE,
  type ScanNews,
  type SyncParams,
  type SyncSummary,
} from "./protocol.ts";
import { readRootId, writeRootId } from "./root_id.ts";
import type { DueJob } from "./store/jobs.ts";
import type { Store } from "./store/store.ts";

/** Fewer missing files than this are repaired without a question. */
const FEW_FILES = 20;

/** No site asks for longer than this: `Retry-After` is cut to it as well. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** What {@linkcode syncRun} needs. */
export interface SyncRunPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly emit: Emit;
}

/** Options for {@linkcode syncRun}. */
export interface SyncRunOptions extends Omit<SyncParams, "providers"> {
  /** Absolute path of the library root. */
  readonly root: string;
  readonly concurrency: number;
  readonly newWanted: boolean;
  /** Look at the providers for news, not only at the queue. @default {true} */
  readonly look?: boolean;
  /** Longest wait in milliseconds for a site. @default {Infinity} */
  readonly longestWaitMs?: number;
  /** Longest wait in milliseconds for room on a full disk. @default {longestWaitMs} */
  readonly longestFullDiskMs?: number;
  readonly signal: AbortSignal;
}

/** One sync, from the providers' lists to verified files on disk. */
export async function syncRun(
  ports: SyncRunPorts,
  clients: readonly ProviderClient[],
  options: SyncRunOptions,
): Promise<SyncSummary> {
  return await new SyncRun(ports, clients, options).run();
}

class SyncRun {
  readonly #ports: SyncRunPorts;
  readonly #clients: ReadonlyMap<string, ProviderClient>;
  readonly #options: SyncRunOptions;
  readonly #board: ProgressBoard;
  readonly #scans: ScanNews[] = [];
  readonly #problems: { provider: string; error: FrameError }[] = [];
  #missing = 0;

  constructor(
    ports: SyncRunPorts,
    clients: readonly ProviderClient[],
    options: SyncRunOptions,
  ) {
    this.#ports = ports;
    this.#clients = new Map(clients.map((client) => [client.manifest.id, client]));
    this.#options = options;
    const { clock, emit, store } = ports;
    this.#board = new ProgressBoard(clock, emit, () => store.jobs.counts().queued);
  }

  async run(): Promise<SyncSummary> {
    const { clock } = this.#ports;
    const { dryRun = false, look = true, signal } = this.#options;
    const started = clock.monotonic();
    this.#tidyQueue();
    if (!dryRun) await this.#openRoot();
    await this.#findMissing();
    if (dryRun) {
      await this.#lookAtAll(() => {});
      return this.#wouldFetch(started);
    }
    const runner = this.#makeRunner();
    const running = runner.run(signal);
    running.catch(() => {}); // Awaited below; the scan must not leave it unhandled meanwhile.
    try {
      if (look) await this.#lookAtAll(() => runner.wake());
    } finally {
      runner.finish();
      // However the look ended: what is being published is finished before anything is closed.
      await running.catch(() => {});
    }
    for (const [provider, error] of await running) this.#noteProblem(provider, error);
    this.#board.tell();
    return this.#summary(started);
  }

  /** Brings the queue of earlier runs up to date. */
  #tidyQueue(): void {
    const { clock, store } = this.#ports;
    const { full = false } = this.#options;
    // A clock that once ran ahead must not silence a provider for years.
    const latest = clock.now() + LONGEST_WAIT_MS;
    store.transaction(() => {
      store.jobs.requeueRunning();
      store.jobs.requeueFailedExcept(full ? [] : ["locked", "gone"]);
      store.jobs.removeObsolete();
      store.jobs.startBefore(latest);
      store.pauses.endBefore(latest);
    });
  }

  async #openRoot(): Promise<void> {
    const { fs, store, random, clock } = this.#ports;
    const expectedId = readRootId(store);
    const { id } = await openRoot(fs, this.#options.root, { expectedId, random, clock });
    if (id !== expectedId) writeRootId(store, id);
    await removeLeftovers(fs, store, this.#options.root);
  }

  /** Forgets files that vanished from disk, so that they are fetched again. */
  async #findMissing(): Promise<void> {
    const { fs, store, log } = this.#ports;
    const { root, acceptRemovals = false, signal } = this.#options;
    const downloaded = [...store.files.downloaded()];
    const missing = await missingFiles(fs, root, downloaded, signal);
    if (missing.length >= FEW_FILES && missing.length > downloaded.length / 2 && !acceptRemovals) {
      throw new SyncError(
        "permission",
        `${missing.length} of ${downloaded.length} files are not in ${root} any more. ` +
          "If they are on a drive, connect it; to fetch them again, sync with --accept-removals",
      );
    }
    store.files.markFetchableMissing(missing.map(({ id }) => id));
    if (missing.length > 0) log.warn("Files were missing on disk", { count: missing.length });
    this.#missing = missing.length;
  }

  /** Scans and plans every provider; a problem with one does not keep the others. */
  async #lookAtAll(onJobs: () => void): Promise<void> {
    await Promise.all([...this.#clients.values()].map(async (client) => {
      try {
        await this.#lookAt(client, onJobs);
      } catch (error) {
        this.#noteProblem(client.manifest.id, classifyThrown(error));
      }
    }));
    this.#options.signal.throwIfAborted();
  }

  async #lookAt(client: ProviderClient, onJobs: () => void): Promise<void> {
    const { emit } = this.#ports;
    const { full = false, acceptRemovals = false, newWanted, signal } = this.#options;
    const provider = client.manifest.id;
    this.#requireNoSilence(provider);
    const news = (tally: Tally): ScanNews => ({ provider, ...tally });
    const tally = await scan(this.#ports, client, {
      newWanted,
      acceptLoss: acceptRemovals,
      onPage: (soFar) => emit("scan", { ...news(soFar), done: false }),
      signal,
    });
    this.#scans.push(news(tally));
    emit("scan", { ...news(tally), done: true });
    const told = (planned: PlanTally, done: boolean) => {
      emit("plan", { provider, ...planned, done });
      onJobs();
    };
    const planned = await plan(this.#ports, client, {
      full,
      onAsset: (soFar) => told(soFar, false),
      signal,
    });
    told(planned, true);
  }

  /** A site that asked for silence is not asked again before it is over, whatever was restarted meanwhile. */
  #requireNoSilence(provider: string): void {
    const { store, clock } = this.#ports;
    const pause = store.pauses.get(provider, "api", clock.now());
    if (!pause) return;
    const kind = pause.reason === "challenged" ? "challenged" : "throttled";
    const until = new Date(pause.until).toISOString();
    const after = pause.until - clock.now();
    throw new SyncError({ kind, after }, `The site asked for silence until ${until}`);
  }

  #makeRunner(): Runner {
    const { emit, fs } = this.#ports;
    const { root, concurrency, longestWaitMs, longestFullDiskMs } = this.#options;
    const board = this.#board;
    const transfer = (job: DueJob, done: number, size: number | null) => ({
      fileId: job.fileId,
      title: job.asset.title,
      name: job.file.name,
      done,
      size,
    });
    const requireRoot = () => requireMarker(fs, root);
    return new Runner({ ...this.#ports, root, requireRoot, lessor: this.#lessor() }, {
      providers: [...this.#clients.keys()],
      concurrency,
      ...(longestWaitMs === undefined ? {} : { longestWaitMs }),
      ...(longestFullDiskMs === undefined ? {} : { longestFullDiskMs }),
      onStart: (job) => board.update(transfer(job, 0, job.file.size)),
      onProgress: (job, done, size) => board.update(transfer(job, done, size)),
      onDone: (job, bytes) => {
        board.fetched++;
        board.fetchedBytes += bytes;
        board.remove(job.fileId);
        emit("fileDone", { fileId: job.fileId, path: job.file.path, bytes });
      },
      onFailed: (job, error, retryAt) => {
        if (retryAt === null) board.failed++;
        board.remove(job.fileId);
        if (error.kind === "cancelled") return;
        emit("fileFailed", {
          fileId: job.fileId,
          title: job.asset.title,
          name: job.file.name,
          error: toFrameError(error),
          retryAt,
        });
      },
      onWaiting: (until, reason) => {
        const hint = isFailureKind(reason) ? hintFor(reason) : "";
        emit("waiting", { until, reason, hint });
      },
    });
  }

  #lessor() {
    const clientOf = ({ provider }: DueJob): ProviderClient => {
      const client = this.#clients.get(provider);
      if (!client) throw new SyncError("bug", `A job of "${provider}" runs without its provider`);
      return client;
    };
    return {
      async lease(job: DueJob, signal: AbortSignal): Promise<string> {
        const id = job.fileId.slice(job.asset.id.length + 1);
        try {
          return (await clientOf(job).downloadUrl({ id, ref: job.file.ref }, signal)).url;
        } catch (error) {
          const { kind, message } = classifyThrown(error);
          // What a provider must not do concerns this file; `permission` is what the disk says about all.
          throw kind === "permission" ? new SyncError("bug", message, { cause: error }) : error;
        }
      },
      allowsUrl: (job: DueJob, url: URL) => allowsHost(clientOf(job).manifest, url),
    };
  }

  #noteProblem(provider: string, error: SyncError): void {
    if (error.kind === "cancelled") return;
    const { store, clock, log } = this.#ports;
    const { failure } = error;
    log.warn("A provider could not be synced", { provider, kind: failure.kind });
    if (failure.kind === "throttled" || failure.kind === "challenged") {
      const until = clock.now() + failure.after;
      store.pauses.set({ provider, scope: "api", until, reason: failure.kind });
    }
    if (this.#problems.some((problem) => problem.provider === provider)) return;
    this.#problems.push({ provider, error: toFrameError(error) });
  }

  #wouldFetch(started: number): SyncSummary {
    const { store, emit } = this.#ports;
    let [fetched, fetchedBytes] = [0, 0];
    for (let offset = 0;; offset += MAX_PAGE) {
      const { rows } = store.jobs.list({ state: "queued", offset, limit: MAX_PAGE });
      for (const { path, size } of rows) {
        emit("wouldFetch", { path, size });
        fetched++;
        fetchedBytes += size ?? 0;
      }
      if (rows.length < MAX_PAGE) break;
    }
    return { ...this.#summary(started), dryRun: true, fetched, fetchedBytes };
  }

  #summary(started: number): SyncSummary {
    const { store, clock } = this.#ports;
    const { fetched, fetchedBytes } = this.#board;
    const { queued, failed } = store.jobs.counts();
    const { assets, filesHere, bytesHere } = store.assets.summary({});
    return {
      dryRun: false,
      assets,
      files: filesHere,
      bytes: bytesHere,
      fetched,
      fetchedBytes,
      failed,
      waiting: queued,
      missing: this.#missing,
      scans: this.#scans,
      problems: this.#problems,
      took: Math.round(clock.monotonic() - started),
    };
  }
}
