import type { Clock } from "./platform/ports.ts";
import type { SyncRun } from "./sync_run.ts";
import type { Store } from "./store/store.ts";

/** What is to be fetched by itself: what is queued, or what is wanted too. */
export type FollowUp = "queue" | "wanted";

/** What {@linkcode LiveSync} needs. */
export interface LiveSyncPorts {
  readonly clock: Clock;
  readonly store: Store;
  /** Whether something runs that nothing else may run beside. */
  readonly isBusy: () => boolean;
  /** Starts a run in the background, where there is something that can be fetched. */
  readonly start: (what: FollowUp) => void;
}

/**
 * Brings what changes the queue together with the run that works on it: the run that is under way sees the change at
 * once; where none is, one is started when there is work.
 */
export class LiveSync {
  readonly #ports: LiveSyncPorts;
  /** What was taken out of the queue by hand: left alone until a sync is asked for. */
  readonly #cancelled = new Set<string>();
  #run: SyncRun | null = null;
  /** What could not be started yet because something else runs. */
  #next: FollowUp | null = null;
  #closed = false;

  constructor(ports: LiveSyncPorts) {
    this.#ports = ports;
  }

  /** Whether a file was taken out of the queue by hand. */
  readonly isCancelled = (fileId: string): boolean => this.#cancelled.has(fileId);

  /** A sync was asked for: what was cancelled before is to be fetched again. */
  forgetCancelled(): void {
    this.#cancelled.clear();
  }

  /** Lets a run be influenced while it works. */
  async during<T>(run: SyncRun, work: () => Promise<T>): Promise<T> {
    this.#run = run;
    try {
      return await work();
    } finally {
      this.#run = null;
    }
  }

  setConcurrency(concurrency: number): void {
    this.#run?.setConcurrency(concurrency);
  }

  /** The queue was changed: what is not to run any more stops. */
  review(): void {
    this.#run?.review();
  }

  /** What is queued is to be fetched, as far as nobody holds it. */
  goOn(): void {
    if (this.#run?.review()) return;
    this.#startOrRemember("queue");
  }

  /** Assets have become wanted. A run that fetches goes on with them; none is started for them alone. */
  wantedCame(): void {
    if (this.#run?.fetches) this.fetchWanted();
  }

  /** What is wanted is to be fetched, by the run that is under way or after what runs. */
  fetchWanted(): void {
    if (!this.#run?.lookForWanted()) this.#startOrRemember("wanted");
  }

  /** Takes files out of the queue. Resolves when nothing is written for them any more. */
  async cancel(fileIds: readonly string[]): Promise<void> {
    for (const fileId of fileIds) this.#cancelled.add(fileId);
    await this.drop(fileIds);
  }

  /** The same; the files may be queued again at any time. */
  async drop(fileIds: readonly string[]): Promise<void> {
    this.#ports.store.jobs.remove({ fileIds });
    this.review();
    await this.#run?.ended(fileIds);
  }

  /** Does work while nothing gets its final name and no sidecar is written. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#run ? await this.#run.alone(work) : await work();
  }

  /** Something ended: what had to wait for it is started, once its end was told. */
  async ended(): Promise<void> {
    if (!this.#next) return;
    await this.#ports.clock.sleep(0);
    const next = this.#next;
    this.#next = null;
    if (next) this.#startOrRemember(next);
  }

  /** Nothing is to follow what runs. */
  stop(): void {
    this.#next = null;
  }

  /** Nothing is started any more. */
  close(): void {
    this.#closed = true;
    this.stop();
  }

  #startOrRemember(what: FollowUp): void {
    if (this.#closed) return;
    if (!this.#ports.isBusy()) return this.#ports.start(what);
    this.#next = this.#next === "wanted" ? "wanted" : what;
  }
}
