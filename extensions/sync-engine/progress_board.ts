import { coalesce } from "./coalesce.ts";
import type { RunnerEvents } from "./downloads/runner.ts";
import { toFrameError } from "./frame_error.ts";
import { hintFor, isFailureKind, type SyncError } from "./platform/errors.ts";
import type { Clock } from "./platform/ports.ts";
import type { Emit, TransferProgress } from "./protocol.ts";
import type { SpeedHistory } from "./speed_history.ts";
import { SpeedMeter } from "./speed_meter.ts";
import type { DueJob } from "./store/jobs.ts";

/** Shortest time between two `progress` events: ten a second, whatever the number of transfers. */
export const PROGRESS_INTERVAL_MS = 100;

/** Longest time between two while something has a speed: it falls where nothing comes any more. */
export const LONGEST_PROGRESS_INTERVAL_MS = 1000;

/** Shortest time between two counts of the queue, which take their time when it is long. */
const COUNT_INTERVAL_MS = 1000;

/** Nobody has done anything wrong. */
const PACED_HINT = "The site allows so many downloads in a while. They go on by themselves.";

const OFFLINE_HINT = "It goes on by itself when there is a connection again.";

/** What {@linkcode ProgressBoard} needs. */
export interface ProgressBoardPorts {
  readonly clock: Clock;
  readonly emit: Emit;
  /** Hears of all bytes that arrive. */
  readonly speeds: Pick<SpeedHistory, "add">;
  /** Counts the files that are still queued. */
  readonly waiting: () => number;
  /** Milliseconds from one download of a provider to the next, null when nothing limits them. */
  readonly everyMs: (provider: string) => number | null;
  /** Counts the files of a provider that still need a download address each. */
  readonly links: (provider: string) => number;
}

/** Hears of all transfers of a run and tells of them in few events. */
export class ProgressBoard implements RunnerEvents {
  readonly #ports: ProgressBoardPorts;
  readonly #running = new Map<string, Omit<TransferProgress, "speed"> & { meter: SpeedMeter }>();
  readonly #total: SpeedMeter;
  readonly #closed = new AbortController();
  readonly #tellSoon: () => void;
  #counted = { at: -Infinity, waiting: 0, taken: 0 };
  #ticking = false;
  #fetched = 0;
  #fetchedBytes = 0;
  #failed = 0;

  constructor(ports: ProgressBoardPorts) {
    const { clock } = ports;
    this.#ports = ports;
    this.#total = new SpeedMeter(clock);
    this.#tellSoon = coalesce(clock, PROGRESS_INTERVAL_MS, this.#closed.signal, () => this.#tell());
  }

  /** Files that were fetched so far, and their bytes. */
  get tally(): { readonly fetched: number; readonly fetchedBytes: number } {
    return { fetched: this.#fetched, fetchedBytes: this.#fetchedBytes };
  }

  /** Tells for the last time: nothing is transferred any more. */
  close(): void {
    this.#closed.abort("The run is over");
    this.#running.clear();
    this.#tell();
  }

  onStart(job: DueJob): void {
    this.#update(job, 0, job.file.size);
  }

  onProgress(job: DueJob, done: number, size: number | null, arrived: number): void {
    this.#ports.speeds.add(arrived);
    this.#total.add(arrived);
    this.#update(job, done, size).add(arrived);
  }

  onDone({ fileId, file, asset }: DueJob, bytes: number): void {
    this.#fetched++;
    this.#fetchedBytes += bytes;
    this.#remove(fileId);
    this.#ports.emit("fileDone", { fileId, assetId: asset.id, path: file.path, bytes });
  }

  onFailed({ fileId, asset, file }: DueJob, error: SyncError, retryAt: number | null): void {
    if (retryAt === null) this.#failed++;
    this.#remove(fileId);
    if (error.kind === "cancelled") return;
    this.#ports.emit("fileFailed", {
      fileId,
      assetId: asset.id,
      title: asset.title,
      name: file.name,
      error: toFrameError(error),
      retryAt,
    });
  }

  onPostponed({ fileId }: DueJob): void {
    this.#remove(fileId);
  }

  onWaiting(until: number, reason: string, provider: string | null): void {
    const { emit, everyMs, links } = this.#ports;
    const pace = provider === null ? null : everyMs(provider);
    emit("waiting", {
      until,
      reason,
      hint: hintOfWait(reason),
      provider,
      everyMs: pace,
      links: provider === null || pace === null ? null : links(provider),
    });
  }

  #update({ fileId, asset, file }: DueJob, done: number, size: number | null): SpeedMeter {
    const meter = this.#running.get(fileId)?.meter ?? new SpeedMeter(this.#ports.clock);
    const { title } = asset;
    this.#running.set(fileId, { fileId, title, name: file.name, done, size, meter });
    this.#tellSoon();
    if (!this.#ticking) void this.#tick();
    return meter;
  }

  #remove(fileId: string): void {
    this.#running.delete(fileId);
    this.#tellSoon();
  }

  /** Tells of speeds that fall, until all have come to nothing. */
  async #tick(): Promise<void> {
    this.#ticking = true;
    try {
      do {
        await this.#ports.clock.sleep(LONGEST_PROGRESS_INTERVAL_MS, this.#closed.signal);
        this.#tellSoon();
      } while (this.#running.size > 0 && this.#total.speed() > 0);
    } catch {
      // Closed: the last word is said.
    } finally {
      this.#ticking = false;
    }
  }

  #tell(): void {
    const now = this.#ports.clock.monotonic();
    if (now - this.#counted.at >= COUNT_INTERVAL_MS || this.#running.size === 0) {
      this.#counted = { at: now, waiting: this.#ports.waiting(), taken: this.#taken() };
    }
    // What left the queue since it was counted is told as running or done.
    const waiting = this.#counted.waiting + this.#counted.taken - this.#taken();
    this.#ports.emit("progress", {
      running: [...this.#running.values()].map(({ meter, ...transfer }) => ({
        ...transfer,
        speed: meter.speed(),
      })),
      fetched: this.#fetched,
      fetchedBytes: this.#fetchedBytes,
      failed: this.#failed,
      waiting: Math.max(0, waiting),
      speed: this.#running.size === 0 ? 0 : this.#total.speed(),
    });
  }

  #taken(): number {
    return this.#running.size + this.#fetched + this.#failed;
  }
}

function hintOfWait(reason: string): string {
  if (isFailureKind(reason)) return hintFor(reason);
  return reason === "offline" ? OFFLINE_HINT : PACED_HINT;
}
