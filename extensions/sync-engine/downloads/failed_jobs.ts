import { isRetryable, type SyncError } from "../platform/errors.ts";
import type { Clock, Log, Random } from "../platform/ports.ts";
import type { DueJob } from "../store/jobs.ts";
import type { Store } from "../store/store.ts";
import { backoffDelay, MAX_ATTEMPTS } from "./backoff.ts";
import type { FullDisk } from "./full_disk.ts";
import { NotNow } from "./not_now.ts";
import { originOf, type RootPorts, rootTakesFiles } from "./root_probe.ts";

/** What {@linkcode FailedJobs} needs. */
export interface FailedJobsPorts extends RootPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Called with what became of a job. */
export interface FailedJobsEvents {
  /** `retryAt` in milliseconds since the Unix epoch, null when the job is set aside. `cancelled`: it was stopped. */
  onFailed?(job: DueJob, error: SyncError, retryAt: number | null): void;
  /** It has to wait through no fault of its own. */
  onPostponed?(job: DueJob): void;
}

/** Decides what becomes of jobs that failed. */
export class FailedJobs {
  readonly #ports: FailedJobsPorts;
  readonly #providers: Set<string>;
  readonly #fullDisk: FullDisk;
  readonly #events: FailedJobsEvents;
  readonly #blocked = new Map<string, SyncError>();

  /** @param providers Those whose jobs are run; what only the user can mend takes theirs out. */
  constructor(
    ports: FailedJobsPorts,
    providers: Set<string>,
    fullDisk: FullDisk,
    events: FailedJobsEvents,
  ) {
    this.#ports = ports;
    this.#providers = providers;
    this.#fullDisk = fullDisk;
    this.#events = events;
  }

  /** What only the user can mend, by the provider whose jobs were left because of it. */
  get blocked(): ReadonlyMap<string, SyncError> {
    return this.#blocked;
  }

  /**
   * Decides what becomes of a job.
   *
   * @param attempts Failed ones, with this one.
   * @param isStopped Whether everything is being stopped.
   */
  async weigh(
    job: DueJob,
    thrown: SyncError,
    attempts: number,
    isStopped: boolean,
  ): Promise<void> {
    const { clock, random, log, store } = this.#ports;
    const error = await originOf(thrown, this.#ports);
    const { failure } = error;
    const level = isStopped ? "debug" : "warn";
    log[level]("A download failed", { file: job.file.name, kind: failure.kind, attempts });
    if (isStopped || await this.#holdsOthersUp(job, error)) {
      store.jobs.release(job.fileId);
      this.#events.onFailed?.(job, error, clock.now());
    } else if (error instanceof NotNow) {
      this.#postpone(job, error);
    } else if (isRetryable(failure) && attempts < MAX_ATTEMPTS) {
      const retryAt = clock.now() + backoffDelay(attempts, failure, random);
      retryLater(store, job, error, attempts, retryAt);
      this.#events.onFailed?.(job, error, retryAt);
    } else {
      giveUp(this.#ports, job, error);
      this.#events.onFailed?.(job, error, null);
    }
  }

  /** Leaves the jobs of all providers alone from now on. */
  blockAll(error: SyncError): void {
    for (const provider of [...this.#providers]) this.#block(provider, error);
  }

  #block(provider: string, error: SyncError): void {
    this.#providers.delete(provider);
    if (!this.#blocked.has(provider)) this.#blocked.set(provider, error);
  }

  #postpone(job: DueJob, error: NotNow): void {
    const { store } = this.#ports;
    const { until, isLast } = error;
    if (until === null) this.#block(job.provider, error);
    store.transaction(() => {
      store.jobs.release(job.fileId, until ?? 0);
      if (isLast) store.jobs.moveToBack({ fileIds: [job.fileId] });
    });
    this.#events.onPostponed?.(job);
  }

  /** Whether the failure has nothing to do with this very job: it keeps its place and its tries. */
  async #holdsOthersUp(job: DueJob, error: SyncError): Promise<boolean> {
    switch (error.kind) {
      case "cancelled":
        return true;
      case "diskFull":
        await this.#fullDisk.begin(error, job.file.size ?? 0);
        return true;
      case "needsAuth":
        this.#block(job.provider, error);
        return true;
      case "permission":
        // A single place, name or size may be more than the system takes; a root refuses everything.
        if (await rootTakesFiles(this.#ports)) return false;
        this.blockAll(error);
        return true;
      default:
        return false;
    }
  }
}

/**
 * Writes down that a job is to be tried again; its provider is left alone meanwhile where the site asked for it.
 *
 * @param attempts Failed ones, with this one.
 * @param retryAt Milliseconds since the Unix epoch.
 */
function retryLater(
  store: Store,
  { fileId, provider, attempts: before }: DueJob,
  { failure, message }: SyncError,
  attempts: number,
  retryAt: number,
): void {
  store.transaction(() => {
    if (attempts <= before) store.jobs.forgetAttempts(fileId);
    store.jobs.retryLater(fileId, retryAt, failure.kind, message);
    if (failure.kind === "throttled" || failure.kind === "challenged") {
      store.pauses.set({ provider, scope: "downloads", until: retryAt, reason: failure.kind });
    }
  });
}

/** Writes down that a job is set aside until the user asks for another try. */
function giveUp(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  job: DueJob,
  { kind, message }: SyncError,
): void {
  store.transaction(() => {
    store.jobs.fail(job.fileId, kind, message);
    store.history.append({
      at: clock.now(),
      provider: job.provider,
      fileId: job.fileId,
      title: job.asset.title,
      name: job.file.name,
      outcome: "failed",
      bytes: 0,
      reason: kind,
      message,
    });
  });
}
