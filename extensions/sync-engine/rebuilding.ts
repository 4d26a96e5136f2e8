import type { ChangeNews } from "./change_news.ts";
import { openRoot, readMarker } from "./files/marker.ts";
import { toFrameError } from "./frame_error.ts";
import { rebuild, type RebuildTally } from "./library/rebuild.ts";
import { paced } from "./paced.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import type { Emit, RebuildSummary, Recovery } from "./protocol.ts";
import { addRebuiltProviders } from "./rebuilt_providers.ts";
import { readRootId, writeRootId } from "./root_id.ts";
import { beginRecovery, endRecovery, readRecovery } from "./store/recover.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode Rebuilding} needs. */
export interface RebuildingPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly emit: Emit;
  readonly news: Pick<ChangeNews, "library" | "status">;
  /** Absolute path of the library root. */
  readonly root: () => string;
  readonly requireIdle: () => void;
  /** Runs the one job of the engine. */
  readonly exclusive: <T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
}

/** Reads the database back from what the model folders say of themselves. */
export class Rebuilding {
  readonly #ports: RebuildingPorts;
  #rebuilt: RebuildSummary | null = null;

  constructor(ports: RebuildingPorts) {
    this.#ports = ports;
  }

  /** How a database that was damaged or lost was replaced, null when it was fine at the start. */
  recovery(): Recovery | null {
    const { recovered } = this.#ports.store;
    return recovered && { ...recovered, rebuilt: this.#rebuilt };
  }

  /**
   * Reads everything back.
   *
   * @throws {SyncError} `permission` when the library is not there; `badInput` when another one is.
   */
  async run(signal?: AbortSignal): Promise<RebuildSummary> {
    return await this.#ports.exclusive(signal, async (stop) => {
      const { store, fs } = this.#ports;
      const root = this.#ports.root();
      if (await readMarker(fs, root) === null) {
        throw new SyncError("permission", `There is no library in "${root}": connect its drive`);
      }
      const expectedId = readRootId(store);
      const { id } = await openRoot(fs, root, { ...this.#ports, expectedId });
      if (id !== expectedId) writeRootId(store, id);
      return await this.#rebuild(store, stop);
    });
  }

  /** Starts it in the background; `rebuildEnded` tells how it went. */
  start(): { readonly started: true } {
    const { requireIdle, emit } = this.#ports;
    requireIdle();
    void this.run().then(
      (summary) => emit("rebuildEnded", { summary }),
      (error) => emit("rebuildEnded", { error: toFrameError(classifyThrown(error)) }),
    );
    return { started: true };
  }

  /**
   * Reads everything back where that is due: after a database was replaced, or into one that knows no model though
   * there is a library. What is fetched otherwise would be fetched twice. Does nothing as long as the library is not
   * there. To be called before a sync.
   *
   * @param store The one that the sync works on.
   */
  async settle(store: Store, signal?: AbortSignal): Promise<void> {
    const isDue = readRecovery(store.settings) !== null || store.assets.summary({}).assets === 0;
    if (!isDue) return;
    const marker = await readMarker(this.#ports.fs, this.#ports.root());
    const expectedId = readRootId(store);
    if (marker === null || (expectedId !== null && marker.id !== expectedId)) return;
    const summary = await this.#rebuild(store, signal);
    if (summary.folders > 0) this.#ports.emit("rebuildEnded", { summary });
  }

  async #rebuild(store: Store, signal: AbortSignal | undefined): Promise<RebuildSummary> {
    const { clock, emit, news } = this.#ports;
    const started = clock.monotonic();
    if (store.assets.summary({}).assets === 0 && readRecovery(store.settings) === null) {
      // So that one which is cut off is gone on with.
      beginRecovery(store.settings);
    }
    const tell = paced(clock, (tally: RebuildTally) => emit("rebuildProgress", counts(tally)));
    const tally = await rebuild({ ...this.#ports, store }, {
      root: this.#ports.root(),
      ...signal ? { signal } : {},
      onProgress: tell,
    });
    store.transaction(() => {
      const fromNothing = readRecovery(store.settings)?.backupAt === null;
      if (fromNothing) addRebuiltProviders(store, tally.providers);
      endRecovery(store.settings);
    });
    const summary = { ...counts(tally), took: Math.round(clock.monotonic() - started) };
    if (store === this.#ports.store) this.#rebuilt = summary;
    news.library();
    news.status();
    return summary;
  }
}

function counts({ providers: _, ...tally }: RebuildTally): Omit<RebuildSummary, "took"> {
  return tally;
}
