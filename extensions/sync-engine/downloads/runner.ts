import { classifyThrown } from "../platform/classify.ts";
import { isRetryable, SyncError } from "../platform/errors.ts";
import type { Random } from "../platform/ports.ts";
import { requireSpace } from "../files/space.ts";
import type { DueJob } from "../store/jobs.ts";
import type { Pause } from "../store/pauses.ts";
import { backoffDelay, MAX_ATTEMPTS } from "./backoff.ts";
import { fetchJob, type FetchPorts } from "./fetch_job.ts";
import { Publisher } from "./publish.ts";

/** Most files that may wait for their final names while further ones are transferred. */
const MAX_UNPUBLISHED = 64;

/** Time between two looks at a full disk. */
const SPACE_POLL_MS = 30_000;

/** What {@linkcode Runner} needs. */
export interface RunnerPorts extends FetchPorts {
  readonly random: Random;
}

/** News of the queue. */
export interface RunnerEvents {
  onStart?(job: DueJob): void;
  /** Bytes on disk and whole length, null while it is not known. */
  onProgress?(job: DueJob, done: number, size: number | null): void;
  onDone?(job: DueJob, bytes: number): void;
  /** `retryAt` in milliseconds since the Unix epoch, null when the job is set aside. */
  onFailed?(job: DueJob, error: SyncError, retryAt: number | null): void;
  /** Nothing goes on before `until`; `reason` is a failure kind. */
  onWaiting?(until: number, reason: string): void;
}

/** Options for {@linkcode Runner}. */
export interface RunnerOptions extends RunnerEvents {
  /** The providers whose jobs are run. */
  readonly providers: readonly string[];
  /** Transfers at once, 1 to 16. @default {3} */
  readonly concurrency?: number;
  /** Longest wait in milliseconds for a back-off, a site's pause or a full disk. @default {Infinity} */
  readonly longestWaitMs?: number;
}

/** A stop of the whole queue until the disk has room again. */
interface FullDisk {
  readonly error: SyncError;
  /** Bytes that the job wanted. */
  readonly needed: number;
  readonly since: number;
  readonly lookAgainAt: number;
}

/** Works the persisted queue off: so many transfers at once, back-off, pauses that a site asked for. */
export class Runner {
  readonly #ports: RunnerPorts;
  readonly #options: RunnerOptions;
  readonly #publisher: Publisher;
  readonly #providers: Set<string>;
  readonly #transferring = new Set<Promise<void>>();
  readonly #publishing = new Set<Promise<void>>();
  readonly #blocked = new Map<string, SyncError>();
  #concurrency: number;
  #wake = Promise.withResolvers<void>();
  #moreToCome = true;
  #fullDisk: FullDisk | null = null;

  constructor(ports: RunnerPorts, options: RunnerOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#publisher = new Publisher(ports);
    this.#providers = new Set(options.providers);
    this.#concurrency = options.concurrency ?? 3;
  }

  /** Changes the number of transfers at once while running. */
  setConcurrency(concurrency: number): void {
    this.#concurrency = concurrency;
    this.wake();
  }

  /** Says that there may be new jobs. */
  wake(): void {
    this.#wake.resolve();
  }

  /** Says that no new jobs will come: `run` ends when the queue is empty. */
  finish(): void {
    this.#moreToCome = false;
    this.wake();
  }

  /**
   * Runs until the queue is empty and `finish` was called, or until `signal` aborts: then transfers are
   * stopped, what they have is kept, and what is being published is finished.
   *
   * @returns What only the user can mend (`needsAuth`, `permission`, a disk that stays full), by the provider
   * whose jobs were left because of it.
   * @throws {SyncError} `cancelled` when the signal aborted.
   */
  async run(signal: AbortSignal): Promise<ReadonlyMap<string, SyncError>> {
    const wake = () => this.wake();
    signal.addEventListener("abort", wake, { once: true });
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers();
      await this.#lookAtFullDisk();
      this.#fill(signal);
      const idle = this.#transferring.size + this.#publishing.size === 0;
      const turn = this.#hasPlace() ? this.#nextTurn() : null;
      if (idle && turn === null && !this.#moreToCome) break;
      if (idle && turn) this.#options.onWaiting?.(turn.at, turn.reason);
      await this.#sleepUntil(turn?.at ?? null);
    }
    signal.removeEventListener("abort", wake);
    await Promise.all([...this.#transferring]);
    await Promise.all([...this.#publishing]);
    if (signal.aborted) throw classifyThrown(signal.reason);
    return this.#blocked;
  }

  /** Starts as many jobs as there are free places. */
  #fill(signal: AbortSignal): void {
    const { clock, store } = this.#ports;
    if (this.#fullDisk) return;
    while (this.#hasPlace()) {
      const job = store.jobs.next(clock.now(), { providers: this.#open() });
      if (!job) return;
      this.#track(this.#transferring, this.#transfer(job, signal));
    }
  }

  #hasPlace(): boolean {
    return this.#transferring.size < this.#concurrency && this.#publishing.size < MAX_UNPUBLISHED;
  }

  /** The providers that are not silent at their site's wish. */
  #open(): string[] {
    const silent = new Set(this.#silences().map(({ provider }) => provider));
    return [...this.#providers].filter((provider) => !silent.has(provider));
  }

  #silences(): Pause[] {
    const { store, clock } = this.#ports;
    return store.pauses.list(clock.now())
      .filter(({ provider, scope }) => scope === "downloads" && this.#providers.has(provider));
  }

  /** When there is something to do again, and what is waited for; null when there is nothing. */
  #nextTurn(): { readonly at: number; readonly reason: string } | null {
    const { clock, store } = this.#ports;
    const now = clock.now();
    if (this.#fullDisk) return { at: this.#fullDisk.lookAgainAt, reason: "diskFull" };
    const dueAt = store.jobs.nextDueAt(now, { providers: this.#open() });
    const turns = dueAt === null ? [] : [{ at: dueAt, reason: "retryable" }];
    for (const { provider, until, reason } of this.#silences()) {
      const waiting = store.jobs.nextDueAt(now, { providers: [provider] });
      if (waiting !== null) turns.push({ at: Math.max(until, waiting), reason });
    }
    const longest = now + (this.#options.longestWaitMs ?? Infinity);
    const [first] = turns.filter(({ at }) => at <= longest).sort((a, b) => a.at - b.at);
    return first ?? null;
  }

  async #sleepUntil(time: number | null): Promise<void> {
    if (time === null) return await this.#wake.promise;
    const { clock } = this.#ports;
    const woken = new AbortController();
    const slept = clock.sleep(time - clock.now(), woken.signal).catch(() => {});
    await Promise.race([this.#wake.promise, slept]);
    woken.abort("Woken early");
  }

  /** Goes on when there is room again; gives up when that takes longer than the longest wait. */
  async #lookAtFullDisk(): Promise<void> {
    const full = this.#fullDisk;
    const { fs, root, clock } = this.#ports;
    if (!full || clock.now() < full.lookAgainAt) return;
    try {
      await requireSpace(fs, root, full.needed);
      this.#fullDisk = null;
    } catch {
      if (clock.now() - full.since >= (this.#options.longestWaitMs ?? Infinity)) {
        this.#fullDisk = null;
        this.#block([...this.#providers], full.error);
        return;
      }
      this.#fullDisk = { ...full, lookAgainAt: clock.now() + SPACE_POLL_MS };
    }
  }

  #track(set: Set<Promise<void>>, work: Promise<void>): void {
    const tracked = work.finally(() => {
      set.delete(tracked);
      this.wake();
    });
    set.add(tracked);
  }

  async #transfer(job: DueJob, signal: AbortSignal): Promise<void> {
    this.#options.onStart?.(job);
    const chunks = this.#savedChunks(job);
    try {
      const verified = await fetchJob(
        this.#ports,
        job,
        signal,
        (done, size) => this.#options.onProgress?.(job, done, size),
      );
      const published = this.#publisher.publish(verified).then(
        () => this.#options.onDone?.(job, verified.size),
        (error) => this.#failed(job, classifyThrown(error), job.attempts + 1),
      );
      this.#track(this.#publishing, published);
    } catch (error) {
      // An attempt that brought the file forward does not use up its tries. Only chunks that are kept count:
      // bytes that come and are thrown away each time would be fetched for ever.
      const attempts = this.#savedChunks(job) > chunks ? 1 : job.attempts + 1;
      this.#failed(job, classifyThrown(error), attempts);
    }
  }

  #savedChunks({ fileId }: DueJob): number {
    return this.#ports.store.parts.get(fileId)?.chunks.size ?? 0;
  }

  /** Decides what becomes of a job after `attempts` failed ones. */
  #failed(job: DueJob, error: SyncError, attempts: number): void {
    const { clock, random, log } = this.#ports;
    const { failure } = error;
    const level = failure.kind === "cancelled" ? "debug" : "warn";
    log[level]("A download failed", { file: job.file.name, kind: failure.kind, attempts });
    if (this.#holdsOthersUp(job, error)) {
      this.#ports.store.jobs.release(job.fileId);
      this.#options.onFailed?.(job, error, clock.now());
    } else if (isRetryable(failure) && attempts < MAX_ATTEMPTS) {
      const retryAt = clock.now() + backoffDelay(attempts, failure, random);
      this.#retryLater(job, error, attempts, retryAt);
      this.#options.onFailed?.(job, error, retryAt);
    } else {
      this.#giveUp(job, error);
      this.#options.onFailed?.(job, error, null);
    }
  }

  /** Whether the failure has nothing to do with this very job: it keeps its place and its tries. */
  #holdsOthersUp(job: DueJob, error: SyncError): boolean {
    const now = this.#ports.clock.now();
    switch (error.kind) {
      case "cancelled":
        return true;
      case "diskFull":
        this.#fullDisk ??= {
          error,
          needed: job.file.size ?? 0,
          since: now,
          lookAgainAt: now + SPACE_POLL_MS,
        };
        return true;
      case "needsAuth":
        this.#block([job.provider], error);
        return true;
      case "permission":
        this.#block([...this.#providers], error);
        return true;
      default:
        return false;
    }
  }

  /** Leaves the jobs of some providers alone for the rest of this run. */
  #block(providers: readonly string[], error: SyncError): void {
    for (const provider of providers) {
      this.#providers.delete(provider);
      if (!this.#blocked.has(provider)) this.#blocked.set(provider, error);
    }
  }

  #retryLater(
    job: DueJob,
    { failure, message }: SyncError,
    attempts: number,
    retryAt: number,
  ): void {
    const { store } = this.#ports;
    store.transaction(() => {
      if (attempts <= job.attempts) store.jobs.forgetAttempts(job.fileId);
      store.jobs.retryLater(job.fileId, retryAt, failure.kind, message);
      if (failure.kind === "throttled" || failure.kind === "challenged") {
        const { provider } = job;
        store.pauses.set({ provider, scope: "downloads", until: retryAt, reason: failure.kind });
      }
    });
  }

  #giveUp(job: DueJob, { kind, message }: SyncError): void {
    const { store, clock } = this.#ports;
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
}
