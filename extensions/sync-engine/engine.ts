import { homedir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { ChangeNews } from "./change_news.ts";
import { CredentialKeeper } from "./accounts/credentials.ts";
import { AccountsDoor } from "./accounts_door.ts";
import { Adoption } from "./adoption.ts";
import { type DoctorReport, runDoctor } from "./doctor.ts";
import { DownloadHistory } from "./download_history.ts";
import { type BandwidthSchedule, limitAt } from "./downloads/bandwidth_schedule.ts";
import { Mints } from "./downloads/mints.ts";
import { Throttle } from "./downloads/throttle.ts";
import { FileActions } from "./file_actions.ts";
import { toFrameError } from "./frame_error.ts";
import { Handover } from "./handover.ts";
import { LibraryExport } from "./library_export.ts";
import { LibraryImport } from "./library_import.ts";
import { LibraryView } from "./library_view.ts";
import { type FollowUp, LiveSync } from "./live_sync.ts";
import { NightlyVerify } from "./nightly_verify.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import { type ListenOnLoopback, listenOnLoopback } from "./platform/loopback_server.ts";
import type { Clock, Fs, Http, Log, Random, Secrets } from "./platform/ports.ts";
import type { Rate } from "./plugins/manifest.ts";
import {
  createProviderClient,
  type ProviderClient,
  type ProviderRuntime,
} from "./plugins/provider_client.ts";
import { createRegistry, type Plugin, type Registry } from "./plugins/registry.ts";
import { traceOf } from "./platform/trace_of.ts";
import { ProfileBusyError } from "./profile_busy_error.ts";
import {
  type Emit,
  type EngineStatus,
  type Params,
  type Settings,
  SettingsSchema,
  type SyncParams,
  type SyncSummary,
  type VerifyParams,
  type VerifySummary,
} from "./protocol.ts";
import type { Resolve } from "./plugins/target_guard.ts";
import { DATABASE_NAME } from "./store/open_database.ts";
import { lockHolder, lockProfile, type ProfileLock } from "./store/lock.ts";
import { openStore, openStoreForReading, type Store } from "./store/store.ts";
import { isLoadable, providerStatuses } from "./provider_status.ts";
import { QueueControl } from "./queue_control.ts";
import { isHeld } from "./queue_hold.ts";
import { Rebuilding } from "./rebuilding.ts";
import { forgetRootId } from "./root_id.ts";
import { Roots } from "./roots.ts";
import { SpeedHistory } from "./speed_history.ts";
import { SyncRun, type SyncRunOptions } from "./sync_run.ts";
import { Thumbnails } from "./thumbnails.ts";
import { Unpacking } from "./unpacking.ts";
import { VerificationDoor } from "./verification_door.ts";
import { Versions } from "./versions.ts";

/** The world, as the engine is given it. */
export interface EnginePorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly fs: Fs;
  readonly http: Http;
  /** Opened when a credential is first needed: a keychain may ask the user. */
  readonly secrets: Secrets;
  readonly log: Log;
  /** Looks up host names, so that providers cannot reach private networks. @default not looked up */
  readonly resolve?: Resolve;
  /** Waits for browsers that come back from signing in. @default {listenOnLoopback} */
  readonly listen?: ListenOnLoopback;
  /** Hears all events. */
  readonly emit: Emit;
}

/** Where things are. All paths absolute. */
export interface EngineConfig {
  /** The profile: database, lock, logs, plugins. */
  readonly appData: string;
  /** Library root until the user chooses another. */
  readonly defaultRoot: string;
  /** Folder of the built-in providers' bundles. */
  readonly providersDir: string;
  /** What `~` stands for in a path that the user enters. @default the system's */
  readonly home?: string;
  /** How providers are run. */
  readonly runtime: ProviderRuntime;
  /** Pace of requests instead of the manifests', for simulators. @default the manifests' */
  readonly pacing?: Rate;
  /**
   * Opens the profile beside an engine that works on it: nothing is locked, made or changed, and what would change
   * something is refused.
   *
   * @default {false}
   */
  readonly readOnly?: boolean;
  /** Library root whatever is remembered, for an engine that only reads. @default {undefined} */
  readonly root?: string;
  /** Longest waits in milliseconds before a sync ends and leaves the rest for the next one. */
  readonly patience?: Pick<SyncRunOptions, "longestWaitMs" | "longestFullDiskMs">;
  /**
   * Fetches at once what is resumed, tried again or queued otherwise; else that waits for the next sync.
   *
   * @default {true}
   */
  readonly fetchesByItself?: boolean;
}

/** No well-known service has it, and it is below the range that systems hand out by themselves. */
const DEFAULT_SIGN_IN_PORT = 7330;

type JobKind = NonNullable<EngineStatus["busy"]>;

/** The engine: everything that a host, a window or a command line can ask for. */
export class Engine {
  readonly accounts: AccountsDoor;
  readonly adoption: Adoption;
  readonly exporting: LibraryExport;
  readonly handover: Handover;
  readonly history: DownloadHistory;
  readonly files: FileActions;
  readonly importing: LibraryImport;
  readonly library: LibraryView;
  readonly queue: QueueControl;
  readonly rebuilding: Rebuilding;
  readonly roots: Roots;
  readonly thumbnails: Thumbnails;
  readonly unpacking: Unpacking;
  readonly verification: VerificationDoor;
  readonly versions: Versions;
  readonly #ports: EnginePorts;
  readonly #config: EngineConfig;
  readonly #credentials: CredentialKeeper;
  readonly #store: Store;
  readonly #registry: Registry;
  /** Null when the engine only reads. */
  readonly #lock: ProfileLock | null;
  readonly #news: ChangeNews;
  readonly #live: LiveSync;
  readonly #nightly: NightlyVerify;
  readonly #speeds: SpeedHistory;
  readonly #throttle: Throttle;
  readonly #mints: Mints;
  #bandwidth: BandwidthSchedule;
  #job: {
    readonly kind: JobKind;
    readonly stop: AbortController;
    readonly ended: Promise<unknown>;
  } | null = null;
  #closing = false;

  private constructor(
    ports: EnginePorts,
    config: EngineConfig,
    store: Store,
    registry: Registry,
    lock: ProfileLock | null,
  ) {
    this.#ports = ports;
    this.#config = config;
    this.#store = store;
    this.#registry = registry;
    this.#lock = lock;
    this.#news = new ChangeNews(ports, () => this.status());
    const requireWriter = () => void this.#requireWriter();
    const stopTransfers = (fileIds: readonly string[]) => this.#live.drop(fileIds);
    const news = this.#news;
    const live = this.#live = new LiveSync({
      ...ports,
      store,
      isBusy: () => this.#job !== null,
      start: (what) => this.#fetchByItself(what),
    });
    const speeds = this.#speeds = new SpeedHistory(ports.clock);
    this.#bandwidth = this.settings();
    this.#mints = new Mints({ store, clock: ports.clock });
    this.#throttle = new Throttle(
      ports.clock,
      () => limitAt(this.#bandwidth, ports.clock.now()),
    );
    this.history = new DownloadHistory({ store, news, requireWriter });
    this.queue = new QueueControl({
      ...ports,
      store,
      news,
      live,
      speeds,
      root: () => this.settings().root,
      requireWriter,
    });
    this.#credentials = new CredentialKeeper({
      ...ports,
      onRenewed: (provider, scheme, expiresAt) => {
        store.accounts.setSignIn({ provider, scheme, expiresAt, renews: true });
        news.status();
      },
    });
    this.accounts = new AccountsDoor({
      ...ports,
      store,
      registry,
      news,
      requireWriter,
      listen: ports.listen ?? listenOnLoopback,
      signInPort: () => this.settings().signInPort,
      client: (provider) => this.#client(provider),
    });
    this.roots = new Roots({
      ...ports,
      store,
      news,
      appData: config.appData,
      home: config.home ?? homedir(),
      settings: () => this.settings(),
      requireIdle: () => this.#requireIdle(),
      exclusive: (signal, work) =>
        this.#exclusive("move", signal, async (stop) => {
          await this.files.idle();
          return await work(stop);
        }),
      isStopWished: () => !this.#closing && !this.#requireWriter().lost.aborted,
    });
    this.files = new FileActions({
      ...ports,
      store,
      news,
      root: () => this.settings().root,
      requireWriter: () => this.#requireSettled(),
      busy: () => this.#job?.kind ?? null,
      live,
    });
    this.unpacking = new Unpacking({
      ...ports,
      store,
      root: () => this.settings().root,
      requireWriter: () => this.#requireSettled(),
    });
    this.library = new LibraryView({
      ...ports,
      store,
      news,
      providers: () => this.plugins().map(({ id }) => id),
      requireWriter,
      stopTransfers,
      wantedCame: () => live.wantedCame(),
    });
    this.verification = new VerificationDoor({
      ...ports,
      store,
      news,
      root: () => this.settings().root,
      requireIdle: () => this.#requireIdle(),
      exclusive: (signal, work) =>
        this.#exclusive("verify", signal, async (stop) => {
          await this.roots.settle(stop);
          return await work(stop);
        }),
      alone: (work) => this.files.alone(work),
      fetchQueue: (stop) => this.#sync({}, stop, { onlyQueue: true }),
    });
    this.#nightly = new NightlyVerify({
      ...ports,
      store,
      settings: () => this.settings(),
      isBusy: () => this.#job !== null,
      told: () => {
        news.library();
        news.status();
      },
    });
    if (lock && (config.fetchesByItself ?? true)) this.#nightly.start();
    const shared = {
      ...ports,
      store,
      news,
      root: () => this.settings().root,
      requireIdle: () => this.#requireIdle(),
    };
    this.adoption = new Adoption({
      ...shared,
      home: config.home ?? homedir(),
      look: (stop) => this.#sync({}, stop, { onlyPlan: true }),
      exclusive: (signal, work) => this.#settled("adopt", signal, work),
    });
    this.handover = new Handover({
      ...shared,
      settings: () => this.settings(),
      home: config.home ?? homedir(),
      manifests: () =>
        this.plugins().filter(isLoadable).map(({ id }) => this.#registry.get(id).manifest),
      busy: () => this.#job?.kind ?? null,
      alone: (work) => this.files.alone(() => live.alone(work)),
      drop: (fileIds) => live.drop(fileIds),
      exclusive: (signal, work) => this.#settled("adopt", signal, work),
    });
    if (lock && (config.fetchesByItself ?? true)) this.handover.start();
    this.exporting = new LibraryExport({ ...shared, appData: config.appData });
    this.importing = new LibraryImport({
      ...shared,
      newWanted: () => this.settings().newWanted,
      client: (provider) => this.#client(provider),
      exclusive: (signal, work) => this.#exclusive("import", signal, work),
    });
    this.rebuilding = new Rebuilding({
      ...shared,
      exclusive: (signal, work) => this.#settled("rebuild", signal, work),
    });
    this.versions = new Versions({
      ...shared,
      live,
      requireWriter: () => this.#requireSettled(),
      busy: () => this.#job?.kind ?? null,
      alone: (work) => this.files.alone(work),
    });
    this.thumbnails = new Thumbnails(ports, {
      store,
      registry,
      cacheDir: config.readOnly ? null : join(config.appData, "thumbs"),
      root: () => this.settings().root,
      pacing: config.pacing,
    });
  }

  /**
   * Opens a profile.
   *
   * @throws {ProfileBusyError} When another engine runs on it.
   * @throws {SyncError} `badInput` when it is of a newer version.
   */
  static async open(ports: EnginePorts, config: EngineConfig): Promise<Engine> {
    const { clock, fs, log } = ports;
    const { readOnly = false, appData: dir } = config;
    if (!readOnly) await fs.mkdir(dir);
    const lock = readOnly ? null : lockOrBusy(dir, clock);
    try {
      const store = (readOnly ? openStoreForReading : openStore)({ dir, clock, log });
      const registry = await createRegistry({
        builtinDir: config.providersDir,
        pluginsDir: join(config.appData, "plugins"),
        fs,
        log,
        settings: {
          get: (key) => store.settings.get(key, v.boolean(), true),
          set: (key, value) => store.settings.set(key, v.boolean(), value),
        },
      });
      const engine = new Engine(ports, config, store, registry, lock);
      if (lock && store.recovered) await engine.#readBack();
      return engine;
    } catch (error) {
      lock?.release();
      throw classifyThrown(error);
    }
  }

  /** Stops what runs, waits until it has saved what it has, and closes the profile. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#live.close();
    this.stop();
    await this.accounts.close();
    await this.unpacking.close();
    await this.#job?.ended;
    await this.#nightly.close();
    await this.handover.close();
    this.#news.close();
    this.#store.close();
    this.#lock?.release();
  }

  /** Tells other processes on which port of this computer one can talk to this one. */
  listensOn(port: number): void {
    this.#requireWriter().setPort(port);
  }

  status(): EngineStatus {
    const store = this.#store;
    return {
      root: this.settings().root,
      busy: this.#job?.kind ?? null,
      paused: isHeld(store),
      library: store.assets.summary({}),
      queue: store.jobs.counts(),
      damaged: store.verifications.badCount(),
      providers: providerStatuses({ ...this.#ports, store, registry: this.#registry }),
      recovered: this.rebuilding.recovery(),
    };
  }

  settings(): Settings {
    const { settings } = this.#store;
    const schemas = SettingsSchema.entries;
    return {
      root: this.#config.root ?? settings.get("root", schemas.root, this.#config.defaultRoot),
      concurrency: settings.get("concurrency", schemas.concurrency, 3),
      connections: settings.get("connections", schemas.connections, 4),
      newWanted: settings.get("newWanted", schemas.newWanted, true),
      bandwidth: settings.get("bandwidth", schemas.bandwidth, null),
      bandwidthWindows: settings.get("bandwidthWindows", schemas.bandwidthWindows, []),
      nightlyVerify: settings.get("nightlyVerify", schemas.nightlyVerify, null),
      signInPort: settings.get("signInPort", schemas.signInPort, DEFAULT_SIGN_IN_PORT),
      watchFolder: settings.get("watchFolder", schemas.watchFolder, null),
      watchMove: settings.get("watchMove", schemas.watchMove, false),
      theme: settings.get("theme", schemas.theme, "system"),
      notifications: settings.get("notifications", schemas.notifications, true),
      language: settings.get("language", schemas.language, "system"),
    };
  }

  /** Changes some settings; returns all. What runs heeds them at once. */
  changeSettings(changes: Params<"settings.set">): Settings {
    this.#requireWriter();
    const { settings, transaction } = this.#store;
    transaction(() => {
      // Another folder is another library: its marker is still to be seen.
      if (changes.root !== undefined && changes.root !== this.settings().root) {
        this.#requireIdle();
        this.roots.requireSettled();
        forgetRootId(this.#store);
      }
      for (const [key, value] of Object.entries(changes)) settings.set(key, v.unknown(), value);
    });
    const all = this.#bandwidth = this.settings();
    this.#live.setConcurrency(all.concurrency);
    void this.#nightly.review();
    this.handover.review();
    this.#ports.emit("settingsChanged", all);
    this.#news.status();
    return all;
  }

  plugins(): readonly Plugin[] {
    return this.#registry.list();
  }

  setPluginEnabled(id: string, enabled: boolean): readonly Plugin[] {
    this.#requireWriter();
    this.#registry.setEnabled(id, enabled);
    this.#news.status();
    return this.plugins();
  }

  /** Looks for what commonly goes wrong. */
  async doctor(): Promise<DoctorReport> {
    return await runDoctor({
      ...this.#ports,
      store: this.#store,
      plugins: this.plugins(),
      root: this.settings().root,
    });
  }

  /** Runs one sync. */
  async sync(params: SyncParams = {}, signal?: AbortSignal): Promise<SyncSummary> {
    this.#live.forgetCancelled();
    return await this.#exclusive("sync", signal, (stop) => this.#sync(params, stop));
  }

  /** Verifies what is on disk; with `repair` also fetches what is bad. */
  async verify(
    params: VerifyParams = {},
    signal?: AbortSignal,
  ): Promise<VerifySummary> {
    return await this.verification.run(params, signal);
  }

  /**
   * Starts a sync in the background; `syncEnded` tells how it went. One that is only to fetch what is wanted joins what
   * runs: a sync goes on with it, anything else is followed by it.
   */
  startSync(params: SyncParams): { readonly started: true } {
    if (onlyFetches(params) && this.#job) {
      this.#live.forgetCancelled();
      this.#live.fetchWanted();
      return { started: true };
    }
    this.#requireIdle();
    void this.#tellEnd(this.sync(params));
    return { started: true };
  }

  /** Fetches without having been asked to, where there is something that can be fetched. */
  #fetchByItself(what: FollowUp): void {
    const { fetchesByItself = true } = this.#config;
    const store = this.#store;
    // Nothing runs, whatever an earlier process left so.
    store.jobs.requeueRunning();
    const providers = this.#chosen(undefined).map(({ id }) => id);
    const isDue = store.jobs.nextDue(this.#ports.clock.now(), { providers }) !== null;
    const isWorth = what === "queue" ? isDue && !isHeld(store) : providers.length > 0;
    if (!fetchesByItself || !isWorth) return;
    const options = { onlyQueue: what === "queue", retryFailed: false };
    void this.#tellEnd(
      this.#exclusive("sync", undefined, (stop) => this.#sync({ scan: false }, stop, options)),
    );
  }

  async #tellEnd(sync: Promise<SyncSummary>): Promise<void> {
    const { emit } = this.#ports;
    await sync.then(
      (summary) => emit("syncEnded", { summary }),
      (error) => emit("syncEnded", { error: toFrameError(classifyThrown(error)) }),
    );
  }

  /** Starts a verification in the background; `verifyEnded` tells how it went. */
  startVerify(params: VerifyParams): { readonly started: true } {
    return this.verification.start(params);
  }

  /** Writes down a fault of the program that came up while it worked on a method. */
  logFault(method: string, thrown: unknown): void {
    const { message } = classifyThrown(thrown);
    this.#ports.log.error("A fault", { method, reason: message, trace: traceOf(thrown) });
  }

  /** Asks what runs to stop; it saves what it has. */
  stop(): void {
    this.#live.stop();
    this.#job?.stop.abort(new SyncError("cancelled", "Stopped"));
  }

  async #sync(
    params: SyncParams,
    signal: AbortSignal,
    how: Pick<SyncRunOptions, "onlyQueue" | "onlyPlan" | "retryFailed"> = {},
  ): Promise<SyncSummary> {
    const { providers, ...rest } = params;
    if (!params.dryRun) await this.roots.settle(signal);
    const clients = this.#clients(providers);
    const scratch = params.dryRun ? await this.#copyStore() : null;
    if (!scratch) await this.files.endRemovals();
    const ports = {
      ...this.#ports,
      speeds: this.#speeds,
      throttle: this.#throttle,
      connections: () => this.settings().connections,
      mints: this.#mints,
    };
    const options = {
      ...rest,
      ...this.settings(),
      ...this.#config.patience,
      ...how,
      skips: this.#live.isCancelled,
      signal,
    };
    try {
      await this.rebuilding.settle(scratch?.store ?? this.#store, signal);
      if (scratch) {
        return await new SyncRun({ ...ports, store: scratch.store }, clients, options).run();
      }
      const run = new SyncRun({ ...ports, store: this.#store, emit: this.#tell }, clients, options);
      const summary = await this.#live.during(run, () => run.run());
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
    this.#store.copyTo(path);
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
    if (event === "scan" || event === "plan" || event === "fileDone") this.#news.library();
    if (event === "plan" || event === "fileFailed") this.#news.queue();
    if (event !== "progress") this.#news.status();
  };

  #clients(wanted: readonly string[] | undefined): ProviderClient[] {
    const chosen = this.#chosen(wanted);
    if (chosen.length === 0) {
      throw new SyncError("needsAuth", "You are not signed in anywhere: run `mmfsync login mmf`");
    }
    return chosen.map(({ id }) => this.#client(id));
  }

  /** The providers that are meant: those that are named, or all that are enabled and signed in to. */
  #chosen(wanted: readonly string[] | undefined): Plugin[] {
    const loadable = this.#registry.list().filter(isLoadable);
    const { accounts } = this.#store;
    const unknown = wanted?.find((id) => !loadable.some((plugin) => plugin.id === id));
    if (unknown !== undefined) {
      const known = loadable.map(({ id }) => id).join(", ");
      throw new SyncError("badInput", `There is no provider "${unknown}", known are: ${known}`);
    }
    return loadable.filter(({ id, enabled }) =>
      wanted ? wanted.includes(id) : enabled && accounts.get(id) !== null
    );
  }

  #client(id: string): ProviderClient {
    const { manifest, source } = this.#registry.get(id);
    const { runtime, pacing } = this.#config;
    return createProviderClient({
      ...this.#ports,
      credentials: this.#credentials.of(id),
      manifest: { ...manifest, rate: pacing ? { downloads: null, ...pacing } : manifest.rate },
      source,
      runtime,
    });
  }

  async #exclusive<T>(
    kind: JobKind,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.#requireIdle();
    const stop = new AbortController();
    const signals = [stop.signal, this.#requireWriter().lost, ...(signal ? [signal] : [])];
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#job = { kind, stop, ended };
    this.#news.status();
    try {
      await this.#nightly.review();
      return await work(AbortSignal.any(signals));
    } catch (error) {
      throw classifyThrown(error);
    } finally {
      this.#job = null;
      end();
      void this.#nightly.review();
      this.#news.library();
      this.#news.queue();
      this.#news.status();
      void this.#live.ended();
    }
  }

  #requireWriter(): ProfileLock {
    if (this.#lock) return this.#lock;
    throw new SyncError("badInput", "The library was opened for reading only");
  }

  /** A job that needs the library in one place. */
  async #settled<T>(
    kind: JobKind,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return await this.#exclusive(kind, signal, async (stop) => {
      await this.files.idle();
      await this.roots.settle(stop);
      return await work(stop);
    });
  }

  /** What the model folders know belongs into a database that was replaced. */
  async #readBack(): Promise<void> {
    try {
      await this.rebuilding.settle(this.#store);
    } catch (error) {
      // The next sync tries it again, before it fetches anything.
      this.#ports.log.warn("The library could not be read back", {
        kind: classifyThrown(error).kind,
      });
    }
  }

  /** A failure to make a backup is no failure of what was done before it. */
  #backUp(): void {
    try {
      if (this.#store.backUpWeekly()) this.#ports.log.info("The database was backed up");
    } catch (error) {
      const { kind, message } = classifyThrown(error);
      this.#ports.log.warn("The database could not be backed up", { kind, reason: message });
    }
  }

  /** The library's files must not be touched while they are on their way to another place. */
  #requireSettled(): void {
    this.#requireWriter();
    this.roots.requireSettled();
  }

  #requireIdle(): void {
    this.#requireWriter();
    if (this.#job) {
      throw new SyncError("badInput", `A ${this.#job.kind} is running, wait for it or stop it`);
    }
  }
}

/** Whether a sync has nothing to do that one which runs could not do as well. */
function onlyFetches({ providers, dryRun, full, scan = true, fetch = true }: SyncParams): boolean {
  return !scan && fetch && !dryRun && !full && providers === undefined;
}

/** The one refusal of a lock is that somebody has it. */
function lockOrBusy(dir: string, clock: Clock): ProfileLock {
  try {
    return lockProfile(dir, { clock });
  } catch (cause) {
    const error = classifyThrown(cause);
    if (error.kind !== "badInput") throw error;
    const port = lockHolder(dir, { clock })?.port ?? null;
    throw new ProfileBusyError(error.message, { cause, port });
  }
}
