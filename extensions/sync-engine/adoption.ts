import { isAbsolute, resolve } from "node:path";
import { toAmbiguity } from "./ambiguity.ts";
import type { ChangeNews } from "./change_news.ts";
import { adopt, type AdoptTally } from "./downloads/adoption/adopt.ts";
import { expandHome } from "./files/expand_home.ts";
import { requireMarker } from "./files/marker.ts";
import { toFrameError } from "./frame_error.ts";
import { paced } from "./paced.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import type { AdoptParams, AdoptSummary, Emit, Params, SyncSummary } from "./protocol.ts";
import { openLibraryRoot } from "./run_preparation.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode Adoption} needs. */
export interface AdoptionPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly emit: Emit;
  readonly news: Pick<ChangeNews, "library" | "queue">;
  /** Absolute path of the library root. */
  readonly root: () => string;
  /** What `~` stands for, absolute. */
  readonly home: string;
  readonly requireIdle: () => void;
  /** Reads the lists of the sites and asks for the files of what is wanted, without fetching any. */
  readonly look: (signal: AbortSignal) => Promise<SyncSummary>;
  /** Runs the one job of the engine. */
  readonly exclusive: <T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
}

/** Takes over files that the user has already. */
export class Adoption {
  readonly #ports: AdoptionPorts;

  constructor(ports: AdoptionPorts) {
    this.#ports = ports;
  }

  /**
   * Looks through a folder, after it was found out which files the library has. Events tell of each file that was taken
   * over, or that could be several.
   *
   * @throws {SyncError} `badInput` when there is no such folder or no file is known yet; `cancelled`, `diskFull`,
   * `permission` as `adopt` does.
   */
  async run(params: AdoptParams, signal?: AbortSignal): Promise<AdoptSummary> {
    return await this.#ports.exclusive(signal, (stop) => this.#adopt(params, stop));
  }

  /** Starts it in the background; `adoptEnded` tells how it went. */
  start(params: Params<"adoption.start">): { readonly started: true } {
    const { requireIdle, emit } = this.#ports;
    requireIdle();
    void this.run(params).then(
      (summary) => emit("adoptEnded", { summary }),
      (error) => emit("adoptEnded", { error: toFrameError(classifyThrown(error)) }),
    );
    return { started: true };
  }

  async #adopt(
    { folder, how = "copy", dryRun = false, look = true, choices }: AdoptParams,
    signal: AbortSignal,
  ): Promise<AdoptSummary> {
    const { store, fs, clock, log, emit, news } = this.#ports;
    const started = clock.monotonic();
    const root = this.#ports.root();
    if (look && !dryRun && !choices) await this.#look(signal);
    if (store.assets.summary({}).files === 0) {
      throw new SyncError(
        "badInput",
        "It is not known yet which files your library has: sign in, and look without a dry run",
      );
    }
    if (!dryRun) await openLibraryRoot(this.#ports, root);
    const tell = paced(clock, ({ looked, adopted, bytes }: Readonly<AdoptTally>) => {
      emit("adoptProgress", { looked, adopted, bytes });
      if (!dryRun && adopted > 0) {
        news.library();
        news.queue();
      }
    });
    const requireRoot = () => requireMarker(fs, root);
    const tally = await adopt({ store, fs, clock, log, root, requireRoot }, {
      folder: this.#expand(folder),
      how,
      dryRun,
      ...choices ? { choices } : {},
      signal,
      hear: {
        progress: tell,
        adopted: ({ owned, fileId, by }, path) =>
          emit("adopted", { from: owned.path, fileId, path, size: owned.size, by }),
        unclear: (owned, files) => emit("adoptAmbiguous", toAmbiguity(store, owned, files)),
        failed: ({ path }, error) =>
          emit("adoptFailed", { from: path, error: toFrameError(error) }),
      },
    });
    const summary = { ...tally, dryRun, took: Math.round(clock.monotonic() - started) };
    const { by: _, ...counts } = summary;
    log.info("Looked for files that are here already", counts);
    return summary;
  }

  /** Whoever is not signed in can still use what is known. */
  async #look(signal: AbortSignal): Promise<void> {
    try {
      await this.#ports.look(signal);
    } catch (error) {
      if (classifyThrown(error).kind !== "needsAuth") throw error;
    }
  }

  #expand(folder: string): string {
    const path = expandHome(folder, this.#ports.home);
    if (isAbsolute(path)) return resolve(path);
    throw new SyncError("badInput", `"${folder}" is no full path: begin with the drive or /`);
  }
}
