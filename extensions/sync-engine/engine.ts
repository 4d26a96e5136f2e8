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
import { Connection } from "./downloads/connection.ts";
import { Mints } from "./downloads/mints.ts";
import { Throttle } from "./downloads/throttle.ts";
import type { EngineConfig, EnginePorts } from "./engine_config.ts";
import { FileActions } from "./file_actions.ts";
import { Handover } from "./handover.ts";
import { LibraryExport } from "./library_export.ts";
import { LibraryImport } from "./library_import.ts";
import { LibraryView } from "./library_view.ts";
import { LibraryWindow } from "./library_window.ts";
import { LiveSync } from "./live_sync.ts";
import { lockOrBusy } from "./lock_or_busy.ts";
import { NightlyVerify } from "./nightly_verify.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import { listenOnLoopback } from "./platform/loopback_server.ts";
import { createRegistry, type Plugin, type Registry } from "./plugins/registry.ts";
import { traceOf } from "./platform/trace_of.ts";
import {
  type EngineStatus,
  type Params,
  type Settings,
  type SyncParams,
  type SyncSummary,
  type VerifyParams,
  type VerifySummary,
} from "./protocol.ts";
import type { ProfileLock } from "./store/lock.ts";
import { openStore, openStoreForReading, type Store } from "./store/store.ts";
import { ProviderClients } from "./provider_clients.ts";
import { isLoadable, providerStatuses } from "./provider_status.ts";
import { QueueControl } from "./queue_control.ts";
import { isHeld } from "./queue_hold.ts";
import { readSettings } from "./read_settings.ts";
import { Rebuilding } from "./rebuilding.ts";
import { forgetRootId } from "./root_id.ts";
import { Roots } from "./roots.ts";
import { SignInChecks } from "./sign_in_checks.ts";
import { SpeedHistory } from "./speed_history.ts";
import { SyncControl } from "./sync_control.ts";
import { Thumbnails } from "./thumbnails.ts";
import { Unpacking } from "./unpacking.ts";
import { VerificationDoor } from "./verification_door.ts";
import { Versions } from "./versions.ts";

export type { EngineConfig, EnginePorts };

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
  readonly libraryWindow: LibraryWindow;
  readonly queue: QueueControl;
  readonly rebuilding: Rebuilding;
  readonly roots: Roots;
  readonly thumbnails: Thumbnails;
  readonly unpacking: Unpacking;
  readonly verification: VerificationDoor;
  readonly versions: Versions;
  readonly #ports: EnginePorts;
  readonly #config: EngineConfig;
  readonly #store: Store;
  readonly #registry: Registry;
  /** Null when the engine only reads. */
  readonly #lock: ProfileLock | null;
  readonly #news: ChangeNews;
  readonly #live: LiveSync;
  readonly #nightly: NightlyVerify;
  readonly #syncs: SyncControl;
  readonly #connection: Connection;
  #bandwidth: BandwidthSchedule;
  #job: {
    readonly kind: JobKind;
    readonly stop: AbortController;
    readonly ended: Promise<unknown>;
  } | null = null;
  #closing = false;

  private constructor(
    given: EnginePorts,
    config: EngineConfig,
    store: Store,
    registry: Registry,
    lock: ProfileLock | null,
  ) {
    const connection = this.#connection = new Connection(given.clock);
    const ports = { ...given, http: connection.watch(given.http) };
    this.#ports = ports;
    this.#config = config;
    this.#store = store;
    this.#registry = registry;
    this.#lock = lock;
    this.#news = new ChangeNews(ports, () => this.status());
    connection.subscribe(this.#news.status);
    const requireWriter = () => void this.#requireWriter();
    const stopTransfers = (fileIds: readonly string[]) => this.#live.drop(fileIds);
    const news = this.#news;
    const live = this.#live = new LiveSync({
      ...ports,
      store,
      isBusy: () => this.#job !== null,
      start: (what) => this.#syncs.fetchByItself(what),
    });
    const speeds = new SpeedHistory(ports.clock);
    this.#bandwidth = this.settings();
    const credentials = new CredentialKeeper({
      ...ports,
      onRenewed: (provider, scheme, expiresAt) => {
        if (!lock) return;
        store.accounts.setSignIn({ provider, scheme, expiresAt, renews: true });
        news.status();
      },
    });
    const providers = new ProviderClients({ ...ports, store, registry, credentials }, config);
    this.#syncs = new SyncControl({
      ...ports,
      store,
      news,
      live,
      providers,
      speeds,
      connection,
      throttle: new Throttle(ports.clock, () => limitAt(this.#bandwidth, ports.clock.now())),
      mints: new Mints({ store, clock: ports.clock }),
      settings: () => this.settings(),
      isBusy: () => this.#job !== null,
      requireIdle: () => this.#requireIdle(),
      exclusive: (signal, work) => this.#exclusive("sync", signal, work),
      endUnfinished: (signal) => this.roots.settle(signal),
      endRemovals: () => this.files.endRemovals(),
      readBack: (into, signal) => this.rebuilding.settle(into, signal),
    }, config);
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
    this.accounts = new AccountsDoor({
      ...ports,
      store,
      registry,
      news,
      requireWriter,
      listen: ports.listen ?? listenOnLoopback,
      signInPort: () => this.settings().signInPort,
      client: (provider) => providers.client(provider),
      checks: new SignInChecks({
        ...ports,
        store,
        registry,
        tokens: (provider, scheme) => credentials.tokens(provider, scheme),
        clientWith: (provider, scheme) => providers.client(provider, scheme),
        notes: lock !== null,
      }),
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
      fetchQueue: (stop) => this.#syncs.within({}, stop, { onlyQueue: true }),
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
      look: (stop) => this.#syncs.within({}, stop, { onlyPlan: true }),
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
      client: (provider) => providers.client(provider),
      exclusive: (signal, work) => this.#exclusive("import", signal, work),
    });
    this.libraryWindow = new LibraryWindow({
      ...shared,
      registry,
      listen: ports.listen ?? listenOnLoopback,
      windows: ports.siteWindows ?? null,
      importing: this.importing,
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
      if (lock) await ports.siteWindows?.clear();
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
    await this.libraryWindow.close();
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
    const { lookAt } = this.#connection;
    return {
      root: this.settings().root,
      busy: this.#job?.kind ?? null,
      paused: isHeld(store),
      library: store.assets.summary({}),
      queue: store.jobs.counts(),
      damaged: store.verifications.badCount(),
      providers: providerStatuses({ ...this.#ports, store, registry: this.#registry }),
      recovered: this.rebuilding.recovery(),
      offline: lookAt === null ? null : { lookAt },
    };
  }

  settings(): Settings {
    return readSettings(this.#store, this.#config);
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

  /**
   * Looks for what commonly goes wrong.
   *
   * @param options.asksSites Whether the sites are asked if the sign-ins are still good. @default {true}
   */
  async doctor({ asksSites = true } = {}): Promise<DoctorReport> {
    return await runDoctor({
      ...this.#ports,
      store: this.#store,
      plugins: this.plugins(),
      root: this.settings().root,
      checkSignIns: asksSites ? (provider) => this.accounts.check({ provider }) : null,
    });
  }

  /** Runs one sync. */
  async sync(params: SyncParams = {}, signal?: AbortSignal): Promise<SyncSummary> {
    return await this.#syncs.run(params, signal);
  }

  /** Verifies what is on disk; with `repair` also fetches what is bad. */
  async verify(
    params: VerifyParams = {},
    signal?: AbortSignal,
  ): Promise<VerifySummary> {
    return await this.verification.run(params, signal);
  }

  /** Starts a sync in the background, see {@linkcode SyncControl.start}. */
  startSync(params: SyncParams): { readonly started: true } {
    return this.#syncs.start(params);
  }

  /** Starts a verification in the background; `verifyEnded` tells how it went. */
  startVerify(params: VerifyParams): { readonly started: true } {
    return this.verification.start(params);
  }

  /** There may be a network again: whoever waits for it tries at once. */
  lookForNetwork(): null {
    this.#connection.lookNow();
    return null;
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
