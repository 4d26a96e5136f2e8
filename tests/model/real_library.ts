import { join } from "node:path";
import { Mints } from "../../extensions/sync-engine/downloads/mints.ts";
import { FakeSite } from "../../extensions/sync-engine/downloads/testing/fake_site.ts";
import { SIDECAR_NAME } from "../../extensions/sync-engine/files/datapackage.ts";
import { MARKER_NAME } from "../../extensions/sync-engine/files/marker.ts";
import { VERSIONS_FOLDER } from "../../extensions/sync-engine/files/replace.ts";
import { FileActions } from "../../extensions/sync-engine/file_actions.ts";
import { fakeClient } from "../../extensions/sync-engine/library/testing/fake_client.ts";
import { LiveSync } from "../../extensions/sync-engine/live_sync.ts";
import { SyncError } from "../../extensions/sync-engine/platform/errors.ts";
import type { Http, Random } from "../../extensions/sync-engine/platform/ports.ts";
import { FakeClock } from "../../extensions/sync-engine/platform/testing/fake_clock.ts";
import { MemoryFs } from "../../extensions/sync-engine/platform/testing/memory_fs.ts";
import { MemoryLog } from "../../extensions/sync-engine/platform/testing/memory_log.ts";
import { QueueControl } from "../../extensions/sync-engine/queue_control.ts";
import { SpeedHistory } from "../../extensions/sync-engine/speed_history.ts";
import { openStore, type Store } from "../../extensions/sync-engine/store/store.ts";
import { SyncRun } from "../../extensions/sync-engine/sync_run.ts";
import type { Asset, AssetDetail } from "../../providers/sdk/mod.ts";
import { CrashFs, type Fate } from "../crash/crash_fs.ts";
import { RemoteLibrary } from "./remote_library.ts";

const ROOT = "/library";
const DAY_MS = 24 * 60 * 60_000;
/** The process is killed, or the power fails: what was not flushed is gone, or spoilt. */
const FATES: readonly Fate[] = ["applied", "dropped", "spoilt"];

/** Something that is done while a sync works, at an operation of the disk. */
export interface Meanwhile {
  readonly at: number;
  readonly act: () => Promise<unknown>;
}

/** What stands for one start of the program. */
interface Session {
  readonly store: Store;
  readonly memory: MemoryFs;
  readonly disk: CrashFs;
  readonly live: LiveSync;
  readonly actions: FileActions;
  readonly queue: QueueControl;
  readonly mints: Mints;
}

/** The engine's own parts with a real database, on a disk in memory, beside a site without a network. */
export class RealLibrary implements Disposable {
  readonly remote = new RemoteLibrary();
  readonly #home = Deno.makeTempDirSync({ prefix: "mmfsync-model-" });
  readonly #clock = new FakeClock();
  readonly #random: Random;
  #starts = 0;
  #session: Session;

  constructor(random: Random) {
    this.#random = random;
    const memory = this.#memory();
    this.#session = this.#start(join(this.#home, "0"), memory);
  }

  get queue(): QueueControl {
    return this.#session.queue;
  }

  get actions(): FileActions {
    return this.#session.actions;
  }

  idOf(name: string): string {
    return this.remote.idOf(name);
  }

  /** Whether a scan has told of the file. */
  knows(name: string): boolean {
    return this.#session.store.files.get(this.idOf(name)) !== null;
  }

  /** A sync that is asked for, a day after what was before. */
  async sync(meanwhile?: Meanwhile): Promise<void> {
    const { memory } = this.#session;
    const works: Promise<unknown>[] = [];
    let count = 0;
    memory.onOperation = () => {
      if (++count === meanwhile?.at) works.push(meanwhile.act());
    };
    await this.#run(new AbortController().signal);
    memory.onOperation = undefined;
    await Promise.all(works);
    if (meanwhile && count < meanwhile.at) await meanwhile.act();
  }

  /** A sync in which the process is killed at an operation of the disk, and the next start. */
  async crash(at: number): Promise<void> {
    const { memory, disk, store } = this.#session;
    const stop = new AbortController();
    const dir = join(this.#home, `${++this.#starts}`);
    const died = new SyncError("cancelled", "The process is dead");
    let count = 0;
    memory.onOperation = () => {
      if (++count === at) {
        Deno.mkdirSync(dir);
        store.copyTo(join(dir, "sync.db"));
        stop.abort(died);
      }
      if (count >= at) throw died;
    };
    await this.#run(stop.signal).catch(() => {});
    memory.onOperation = undefined;
    if (!stop.signal.aborted) return;
    store.close();
    const fate = () => FATES[Math.floor(this.#random.next() * FATES.length)] ?? "applied";
    this.#session = this.#start(dir, await disk.cut(fate));
  }

  /** Contents of the files that have final names, and of those that were replaced. */
  look(): { readonly here: ReadonlyMap<string, string>; readonly kept: readonly string[] } {
    const here = new Map<string, string>();
    const kept: string[] = [];
    for (const [path, bytes] of this.#session.memory.files()) {
      const name = path.slice(path.lastIndexOf("/") + 1);
      const isOwn = [MARKER_NAME, SIDECAR_NAME].includes(name) || /\.(part|damaged)$/.test(name);
      if (isOwn || !path.startsWith(`${ROOT}/`)) continue;
      const content = this.remote.contentOf(bytes);
      if (path.includes(`/${VERSIONS_FOLDER}/`)) kept.push(content);
      else here.set(name, content);
    }
    return { here, kept };
  }

  [Symbol.dispose](): void {
    this.#session.store.close();
    Deno.removeSync(this.#home, { recursive: true });
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { store, disk: fs, live, actions, mints } = this.#session;
    await this.#clock.advance(DAY_MS);
    live.forgetCancelled();
    await actions.endRemovals();
    const run = new SyncRun(
      {
        store,
        fs,
        mints,
        http: this.#http(),
        clock: this.#clock,
        random: this.#random,
        log: new MemoryLog(),
        emit: () => {},
        speeds: { add() {} },
      },
      [this.#client()],
      {
        root: ROOT,
        concurrency: 3,
        newWanted: true,
        longestWaitMs: 60 * 60_000,
        skips: live.isCancelled,
        signal,
      },
    );
    await this.#clock.finish(live.during(run, () => run.run()));
  }

  #start(dir: string, memory: MemoryFs): Session {
    Deno.mkdirSync(dir, { recursive: true });
    const clock = this.#clock;
    const random = this.#random;
    const log = new MemoryLog();
    const disk = new CrashFs(memory);
    const store = openStore({ dir, clock });
    const live = new LiveSync({ clock, store, isBusy: () => false, start: () => {} });
    const common = { store, fs: disk, clock, random, log, live, root: () => ROOT };
    const news = { library() {}, queue() {}, status() {} };
    const requireWriter = () => {};
    return {
      store,
      memory,
      disk,
      live,
      mints: new Mints({ store, clock }),
      actions: new FileActions({ ...common, news, requireWriter, busy: () => null }),
      queue: new QueueControl({ ...common, news, requireWriter, speeds: new SpeedHistory(clock) }),
    };
  }

  #memory(): MemoryFs {
    const memory = new MemoryFs({ now: () => this.#clock.now() });
    void memory.mkdir(ROOT);
    return memory;
  }

  #http(): Http {
    const site = new FakeSite();
    for (const [id, bytes] of this.remote.bytes()) site.files.set(id, bytes);
    return {
      send: async (request) => {
        this.remote.requireOnline();
        return await site.send(request);
      },
    };
  }

  #client() {
    const { remote } = this;
    return fakeClient({
      libraryPage: () => {
        remote.requireOnline();
        const assets: readonly Asset[] = remote.assets();
        return Promise.resolve({
          seen: assets.length,
          assets,
          merged: 0,
          quarantined: [],
          next: null,
        });
      },
      fileMeta: ({ id }): Promise<AssetDetail> => {
        remote.requireOnline();
        return Promise.resolve({
          files: remote.filesOf(id),
          quarantined: [],
          description: null,
          license: null,
          availability: "public",
        });
      },
    });
  }
}
