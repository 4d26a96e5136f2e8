import type { Connection } from "./downloads/connection.ts";
import { Runner } from "./downloads/runner.ts";
import type { Mints } from "./downloads/mints.ts";
import type { Throttle } from "./downloads/throttle.ts";
import { toFrameError } from "./frame_error.ts";
import { requireMarker } from "./files/marker.ts";
import { lessorOf } from "./lessor.ts";
import { plan, type PlanTally } from "./library/plan.ts";
import { scan } from "./library/scan.ts";
import { patient } from "./patient_client.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Http, Log, Random } from "./platform/ports.ts";
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
import { isHeld } from "./queue_hold.ts";
import { forgetRebuiltProvider, rebuiltProviders } from "./rebuilt_providers.ts";
import { forgetMissing, openLibraryRoot, tidyQueue } from "./run_preparation.ts";
import type { SpeedHistory } from "./speed_history.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode SyncRun} needs. */
export interface SyncRunPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly emit: Emit;
  readonly speeds: Pick<SpeedHistory, "add">;
  /** Shares the bandwidth. @default no limit */
  readonly throttle?: Throttle;
  /** Most connections for one large file. @default 1 */
  readonly connections?: () => number;
  /** Whether there is a network. @default it is never looked at */
  readonly connection?: Connection;
  /** How often each provider gives download addresses. */
  readonly mints: Mints;
}

/** Options for {@linkcode SyncRun}. */
export interface SyncRunOptions extends Omit<SyncParams, "providers"> {
  /** Absolute path of the library root. */
  readonly root: string;
  readonly concurrency: number;
  readonly newWanted: boolean;
  /** Only works the queue off: looks neither for news nor for what is wanted. @default {false} */
  readonly onlyQueue?: boolean;
  /** Looks, and queues what is to be fetched, but fetches nothing. @default {false} */
  readonly onlyPlan?: boolean;
  /** Gives files another chance that failed for good. @default {true} */
  readonly retryFailed?: boolean;
  /** Files that are not to be queued. @default none */
  readonly skips?: (fileId: string) => boolean;
  /** Longest wait in milliseconds for a site. @default {Infinity} */
  readonly longestWaitMs?: number;
  /** Longest wait in milliseconds for room on a full disk. @default {longestWaitMs} */
  readonly longestFullDiskMs?: number;
  readonly signal: AbortSignal;
}

/**
 * One sync, from the providers' lists to verified files on disk. While it runs, others may change the queue, what is
 * wanted and the number of transfers.
 */
export class SyncRun {
  readonly #ports: SyncRunPorts;
  readonly #clients: ReadonlyMap<string, ProviderClient>;
  readonly #options: SyncRunOptions;
  readonly #board: ProgressBoard;
  readonly #scans: ScanNews[] = [];
  readonly #problems: { provider: string; error: FrameError }[] = [];
  readonly #wanted: { came: boolean; wake: () => void } = { came: false, wake: () => {} };
  #runner: Runner | null = null;
  #concurrency: number;
  #missing = 0;

  constructor(
    ports: SyncRunPorts,
    clients: readonly ProviderClient[],
    options: SyncRunOptions,
  ) {
    this.#ports = ports;
    this.#clients = new Map(clients.map((client) => [client.manifest.id, client]));
    this.#options = options;
    this.#concurrency = options.concurrency;
    const { store } = ports;
    this.#board = new ProgressBoard({
      ...ports,
      waiting: () => store.jobs.counts().queued,
      everyMs: (provider) => ports.mints.everyMs(provider),
      links: (provider) => {
        const { downloads } = this.#clients.get(provider)?.manifest.rate ?? {};
        return store.jobs.countNeedingLinks(provider, { images: downloads?.countsImages ?? false });
      },
    });
  }

  /**
   * @throws {SyncError} `cancelled` when the signal aborted; any kind when nothing can be done at all. What concerns one
   * provider is told in the summary.
   */
  async run(): Promise<SyncSummary> {
    const { root, dryRun = false, fetch = true, scan = true } = this.#options;
    const { onlyQueue = false, onlyPlan = false } = this.#options;
    const started = this.#ports.clock.monotonic();
    if (fetch) {
      tidyQueue(this.#ports, this.#options);
      if (!dryRun) await openLibraryRoot(this.#ports, root);
      if (scan && !onlyQueue) this.#missing = await forgetMissing(this.#ports, this.#options);
    }
    if (dryRun || !fetch || onlyPlan) {
      await this.#lookAtAll(() => {});
      return dryRun ? this.#wouldFetch(started) : this.#summary(started);
    }
    await this.#fetchAll();
    return this.#summary(started);
  }

  /** Whether it fetches, and does not only look. */
  get fetches(): boolean {
    const { fetch = true, onlyPlan = false } = this.#options;
    return fetch && !onlyPlan;
  }

  setConcurrency(concurrency: number): void {
    this.#concurrency = concurrency;
    this.#runner?.setConcurrency(concurrency);
  }

  /**
   * Looks at the queue anew after somebody else has changed it, see {@linkcode Runner.review}.
   *
   * @returns False when this run cannot do it any more.
   */
  review(): boolean {
    return this.#runner?.review() ?? this.fetches;
  }

  /** Resolves when nothing of the downloads of these files goes on any more. */
  async ended(fileIds: readonly string[]): Promise<void> {
    await this.#runner?.ended(fileIds);
  }

  /** Does work while nothing gets its final name and no sidecar is written. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#runner ? await this.#runner.alone(work) : await work();
  }

  /**
   * Goes on with what has become wanted, before it ends.
   *
   * @returns False when this run cannot do it any more.
   */
  lookForWanted(): boolean {
    if (!(this.#runner?.expectMore() ?? this.fetches)) return false;
    this.#wanted.came = true;
    this.#wanted.wake();
    return true;
  }

  async #fetchAll(): Promise<void> {
    const { onlyQueue = false, signal } = this.#options;
    const runner = this.#runner = this.#makeRunner();
    const running = runner.run(signal);
    running.catch(() => {}); // Awaited below; the scan must not leave it unhandled meanwhile.
    const unsubscribe = this.#ports.connection?.subscribe(() => {
      runner.wake();
      const lookAt = this.#ports.connection?.lookAt ?? null;
      if (lookAt !== null) this.#board.onWaiting(lookAt, "offline", null);
    });
    try {
      if (!onlyQueue) await this.#lookAtAll(() => runner.wake());
      await this.#planWhatComes(runner, running);
    } finally {
      runner.finish();
      // However the look ended: what is being published is finished before anything is closed.
      await running.catch(() => {});
      unsubscribe?.();
      this.#board.close();
    }
    for (const [provider, error] of await running) this.#noteProblem(provider, error);
  }

  /** Until the queue is done, looks for what becomes wanted meanwhile. */
  async #planWhatComes(runner: Runner, running: Promise<unknown>): Promise<void> {
    const over = running.then(() => {}, () => {});
    let isOver = false;
    void over.then(() => isOver = true);
    while (!isOver) {
      if (this.#wanted.came) {
        this.#wanted.came = false;
        await this.#forEachClient((client) => this.#plan(client, false, () => runner.wake()));
        continue;
      }
      runner.finish();
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wanted.wake = resolve;
      await Promise.race([over, promise]);
    }
  }

  /** Scans and plans every provider. */
  async #lookAtAll(onJobs: () => void): Promise<void> {
    const { scan = true, fetch = true, full = false } = this.#options;
    await this.#forEachClient(async (client) => {
      if (scan) await this.#scan(client);
      if (fetch) await this.#plan(client, full, onJobs);
    });
  }

  /** A problem with one provider does not keep the others. */
  async #forEachClient(work: (client: ProviderClient) => Promise<void>): Promise<void> {
    await Promise.all([...this.#clients.values()].map(async (client) => {
      const provider = client.manifest.id;
      if (this.#problems.some((problem) => problem.provider === provider)) return;
      try {
        this.#requireNoSilence(provider);
        await work(this.#patient(client));
      } catch (error) {
        this.#noteProblem(provider, classifyThrown(error));
      }
    }));
    this.#options.signal.throwIfAborted();
  }

  /** Lists and details wait for the network, as downloads do. */
  #patient(client: ProviderClient): ProviderClient {
    const { clock, connection } = this.#ports;
    if (!connection) return client;
    return patient(client, { clock, connection }, this.#options.longestWaitMs);
  }

  async #scan(client: ProviderClient): Promise<void> {
    const { emit } = this.#ports;
    const { acceptRemovals = false, newWanted, signal } = this.#options;
    const provider = client.manifest.id;
    const tally = await scan(this.#ports, client, {
      newWanted: newWanted && !rebuiltProviders(this.#ports.store).includes(provider),
      acceptLoss: acceptRemovals,
      onPage: (soFar) => emit("scan", { provider, ...soFar, done: false }),
      signal,
    });
    if (tally.incomplete === null) forgetRebuiltProvider(this.#ports.store, provider);
    this.#scans.push({ provider, ...tally });
    emit("scan", { provider, ...tally, done: true });
  }

  async #plan(client: ProviderClient, full: boolean, onJobs: () => void): Promise<void> {
    const { skips, signal } = this.#options;
    const provider = client.manifest.id;
    const told = (planned: PlanTally, done: boolean) => {
      this.#ports.emit("plan", { provider, ...planned, done });
      onJobs();
    };
    const planned = await plan(this.#ports, client, {
      full,
      ...skips ? { skips } : {},
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
    const { fs, store } = this.#ports;
    const { root, longestWaitMs, longestFullDiskMs } = this.#options;
    const requireRoot = () => requireMarker(fs, root);
    const lessor = lessorOf(this.#ports, this.#clients);
    return new Runner({ ...this.#ports, root, requireRoot, lessor }, {
      providers: [...this.#clients.keys()],
      concurrency: this.#concurrency,
      ...(longestWaitMs === undefined ? {} : { longestWaitMs }),
      ...(longestFullDiskMs === undefined ? {} : { longestFullDiskMs }),
      isHeld: () => isHeld(store),
    }, this.#board);
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
    if (failure.kind === "needsAuth") store.accounts.endSignIns(provider);
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
    const { fetched, fetchedBytes } = this.#board.tally;
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
