import { join } from "node:path";
import type { ChangeNews } from "./change_news.ts";
import type { EngineConfig, EnginePorts } from "./engine_config.ts";
import { toFrameError } from "./frame_error.ts";
import type { FollowUp, LiveSync } from "./live_sync.ts";
import { classifyThrown } from "./platform/classify.ts";
import type { Emit, Settings, SyncParams, SyncSummary } from "./protocol.ts";
import type { ProviderClients } from "./provider_clients.ts";
import { isHeld } from "./queue_hold.ts";
import { DATABASE_NAME } from "./store/open_database.ts";
import { openStore, type Store } from "./store/store.ts";
import { SyncRun, type SyncRunOptions, type SyncRunPorts } from "./sync_run.ts";

/** How a sync goes about it, besides what the user asks for. */
export type SyncManner = Pick<SyncRunOptions, "onlyQueue" | "onlyPlan" | "retryFailed">;

/** What {@linkcode SyncControl} needs. */
export interface SyncControlPorts
  extends EnginePorts, Pick<SyncRunPorts, "speeds" | "throttle" | "mints" | "connection"> {
  readonly store: Store;
  readonly news: ChangeNews;
  readonly live: LiveSync;
  readonly providers: ProviderClients;
  readonly settings: () => Settings;
  readonly isBusy: () => boolean;
  /** Throws when something runs. */
  readonly requireIdle: () => void;
  /** Runs a sync alone. */
  readonly exclusive: (
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<SyncSummary>,
  ) => Promise<SyncSummary>;
  /** Ends what an earlier process has left half done on disk. */
  readonly endUnfinished: (signal: AbortSignal) => Promise<void>;
  /** Ends removals that were begun. */
  readonly endRemovals: () => Promise<void>;
  /** Reads what the model folders know into a database that was replaced. */
  readonly readBack: (store: Store, signal: AbortSignal) => Promise<unknown>;
}

/** Starts syncs: those that are asked for, and those that follow from something else. */
export class SyncControl {
  readonly #ports: SyncControlPorts;
  readonly #config: Pick<EngineConfig, "appData" | "fetchesByItself" | "patience">;

  constructor(
    ports: SyncControlPorts,
    config: Pick<EngineConfig, "appData" | "fetchesByItself" | "patience">,
  ) {
    this.#ports = ports;
    this.#config = config;
  }

  /** Runs one sync. */
  async run(params: SyncParams = {}, signal?: AbortSignal): Promise<SyncSummary> {
    this.#ports.live.forgetCancelled();
    return await this.#ports.exclusive(signal, (stop) => this.within(params, stop));
  }

  /**
   * Starts a sync in the background; `syncEnded` tells how it went. One that is only to fetch what is wanted joins what
   * runs: a sync goes on with it, anything else is followed by it.
   */
  start(params: SyncParams): { readonly started: true } {
    if (onlyFetches(params) && this.#ports.isBusy()) {
      this.#ports.live.forgetCancelled();
      this.#ports.live.fetchWanted();
      return { started: true };
    }
    this.#ports.requireIdle();
    void this.#tellEnd(this.run(params));
    return { started: true };
  }

  /** Fetches without having been asked to, where there is something that can be fetched. */
  fetchByItself(what: FollowUp): void {
    const { fetchesByItself = true } = this.#config;
    const store = this.#ports.store;
    // Nothing runs, whatever an earlier process left so.
    store.jobs.requeueRunning();
    const providers = this.#ports.providers.chosen(undefined).map(({ id }) => id);
    const isDue = store.jobs.nextDue(this.#ports.clock.now(), { providers }) !== null;
    const isWorth = what === "queue" ? isDue && !isHeld(store) : providers.length > 0;
    if (!fetchesByItself || !isWorth) return;
    const options = { onlyQueue: what === "queue", retryFailed: false };
    void this.#tellEnd(
      this.#ports.exclusive(undefined, (stop) => this.within({ scan: false }, stop, options)),
    );
  }

  async #tellEnd(sync: Promise<SyncSummary>): Promise<void> {
    const { emit } = this.#ports;
    await sync.then(
      (summary) => emit("syncEnded", { summary }),
      (error) => emit("syncEnded", { error: toFrameError(classifyThrown(error)) }),
    );
  }

  /** A sync within a job that runs alone already. */
  async within(
    params: SyncParams,
    signal: AbortSignal,
    how: SyncManner = {},
  ): Promise<SyncSummary> {
    const { providers, ...rest } = params;
    if (!params.dryRun) await this.#ports.endUnfinished(signal);
    const clients = this.#ports.providers.start(providers);
    const scratch = params.dryRun ? await this.#copyStore() : null;
    if (!scratch) await this.#ports.endRemovals();
    const ports = { ...this.#ports, connections: () => this.#ports.settings().connections };
    const options = {
      ...rest,
      ...this.#ports.settings(),
      ...this.#config.patience,
      ...how,
      skips: this.#ports.live.isCancelled,
      signal,
    };
    try {
      await this.#ports.readBack(scratch?.store ?? this.#ports.store, signal);
      if (scratch) {
        return await new SyncRun({ ...ports, store: scratch.store }, clients, options).run();
      }
      const run = new SyncRun(
        { ...ports, store: this.#ports.store, emit: this.#tell },
        clients,
        options,
      );
      const summary = await this.#ports.live.during(run, () => run.run());
      this.#backUp();
      return summary;
    } finally {
      await scratch?.discard();
      await Promise.all(clients.map((client) => client.close()));
    }
  }

  /** A dry run plans on a copy of the database, so that it cannot change anything. */
  async #copyStore(): Promise<{ readonly store: Store; discard(): Promise<void> }> {
    const { clock, fs, log } = this.#ports;
    const dir = join(this.#config.appData, "dry-run");
    const path = join(dir, DATABASE_NAME);
    const remove = async () => {
      for (const suffix of ["", "-wal", "-shm"]) await fs.remove(path + suffix);
      await fs.remove(dir);
    };
    await remove();
    await fs.mkdir(dir);
    this.#ports.store.copyTo(path);
    const store = openStore({ dir, clock, log });
    return {
      store,
      async discard() {
        store.close();
        await remove();
      },
    };
  }

  /** Tells an event, and that what views show is out of date by it. */
  readonly #tell: Emit = (event, data) => {
    this.#ports.emit(event, data);
    if (event === "scan" || event === "plan" || event === "fileDone") this.#ports.news.library();
    if (event === "plan" || event === "fileFailed") this.#ports.news.queue();
    if (event !== "progress") this.#ports.news.status();
  };

  /** A failure to make a backup is no failure of what was done before it. */
  #backUp(): void {
    try {
      if (this.#ports.store.backUpWeekly()) this.#ports.log.info("The database was backed up");
    } catch (error) {
      const { kind, message } = classifyThrown(error);
      this.#ports.log.warn("The database could not be backed up", { kind, reason: message });
    }
  }
}

/** Whether a sync has nothing to do that one which runs could not do as well. */
function onlyFetches({ providers, dryRun, full, scan = true, fetch = true }: SyncParams): boolean {
  return !scan && fetch && !dryRun && !full && providers === undefined;
}
