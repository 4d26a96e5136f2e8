import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Random } from "../platform/ports.ts";
import { SpaceWatch } from "../files/space.ts";
import type { DueJob } from "../store/jobs.ts";
import { Agenda, type Turn } from "./agenda.ts";
import { FailedJobs, type FailedJobsEvents } from "./failed_jobs.ts";
import { fetchJob, type FetchPorts } from "./fetch_job.ts";
import { FullDisk } from "./full_disk.ts";
import { Publisher, type Verified } from "./publish.ts";
import { removePart } from "./remove_part.ts";

/** Most files that may wait for their final names while further ones are transferred. */
const MAX_UNPUBLISHED = 64;

/** What {@linkcode Runner} needs. */
export interface RunnerPorts extends FetchPorts {
  readonly random: Random;
}

/** News of the queue. */
export interface RunnerEvents extends FailedJobsEvents {
  onStart?(job: DueJob): void;
  /** Bytes on disk, whole length (null while it is not known), bytes that arrived just now. */
  onProgress?(job: DueJob, done: number, size: number | null, arrived: number): void;
  onDone?(job: DueJob, bytes: number): void;
  /**
   * Nothing of a provider goes on before `until`, or nothing at all where `provider` is null; `reason` is a failure
   * kind, `paced` when only its turn has not come, or `offline`.
   */
  onWaiting?(until: number, reason: string, provider: string | null): void;
}

/** Options for {@linkcode Runner}. */
export interface RunnerOptions {
  /** The providers whose jobs are run. */
  readonly providers: readonly string[];
  /** Transfers at once, 1 to 16. @default {3} */
  readonly concurrency?: number;
  /** Longest wait in milliseconds for a back-off or a site's pause. @default {Infinity} */
  readonly longestWaitMs?: number;
  /** Longest wait in milliseconds for room on a full disk. @default {longestWaitMs} */
  readonly longestFullDiskMs?: number;
  /** Whether nothing is to be started just now; after a change `review` is to be called. @default never */
  readonly isHeld?: () => boolean;
}

/** A job that is under way. */
interface Running {
  /** Stops its transfer, and no other. */
  readonly stop: AbortController;
  /** Its bytes are here; what is left cannot be stopped. */
  publishing: boolean;
  /** Resolves when nothing of it goes on any more. */
  readonly over: Promise<void>;
}

/** Works the persisted queue off: so many transfers at once, back-off, pauses that a site asked for. */
export class Runner {
  readonly #ports: RunnerPorts;
  readonly #options: RunnerOptions;
  readonly #events: RunnerEvents;
  readonly #publisher: Publisher;
  readonly #transferring = new Set<Promise<void>>();
  readonly #publishing = new Set<Promise<void>>();
  /** By file id; the later one where a job was started again before it had ended. */
  readonly #running = new Map<string, Running>();
  readonly #fullDisk: FullDisk;
  readonly #agenda: Agenda;
  readonly #failed: FailedJobs;
  /** Stops the transfers when the runner itself has met a fault. */
  readonly #halt = new AbortController();
  #concurrency: number;
  #wake = Promise.withResolvers<void>();
  #moreToCome = true;
  #isOver = false;
  /** What the user was last told to wait for. */
  #told = "";

  constructor(ports: RunnerPorts, options: RunnerOptions, events: RunnerEvents = {}) {
    this.#ports = { ...ports, space: new SpaceWatch(ports) };
    this.#options = options;
    this.#events = events;
    this.#publisher = new Publisher(ports);
    this.#fullDisk = new FullDisk(ports);
    const providers = new Set(options.providers);
    this.#agenda = new Agenda(ports, providers, this.#fullDisk, options.longestWaitMs ?? Infinity);
    this.#failed = new FailedJobs(ports, providers, this.#fullDisk, events);
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

  /** Takes `finish` back. Returns false when it is too late: `run` is about to end. */
  expectMore(): boolean {
    if (!this.#isOver) this.#moreToCome = true;
    return !this.#isOver;
  }

  /**
   * Looks at the queue anew after somebody else has changed it: transfers whose jobs are paused, held or gone are
   * stopped, and what may run is started. The parts of a job that is gone are removed, all others are kept.
   *
   * @returns False when it is too late: `run` is about to end.
   */
  review(): boolean {
    const { store } = this.#ports;
    const held = this.#isHeld();
    for (const [fileId, { publishing, stop }] of this.#running) {
      if (publishing || stop.signal.aborted) continue;
      if (held) store.jobs.release(fileId);
      if (store.jobs.get(fileId)?.state === "running") continue;
      stop.abort(new SyncError("cancelled", "The download was stopped"));
    }
    this.#ports.connection?.lookNow();
    this.wake();
    return !this.#isOver;
  }

  /** Resolves when nothing of the downloads of these files goes on any more. */
  async ended(fileIds: readonly string[]): Promise<void> {
    await Promise.all(fileIds.map((fileId) => this.#running.get(fileId)?.over));
  }

  /** Does work while nothing gets its final name and no sidecar is written. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#publisher.alone(work);
  }

  /**
   * Runs until the queue is empty and `finish` was called, or until `signal` aborts: then transfers are
   * stopped, what they have is kept, and what is being published is finished. When this settles, nothing
   * of it goes on.
   *
   * @returns What only the user can mend (`needsAuth`, `permission`, a disk that stays full), by the provider
   * whose jobs were left because of it.
   * @throws {SyncError} `cancelled` when the signal aborted; any kind when the queue itself failed.
   */
  async run(signal: AbortSignal): Promise<ReadonlyMap<string, SyncError>> {
    const stop = AbortSignal.any([signal, this.#halt.signal]);
    const wake = () => this.wake();
    stop.addEventListener("abort", wake, { once: true });
    try {
      await this.#work(stop);
    } catch (error) {
      this.#halt.abort(classifyThrown(error));
    } finally {
      this.#isOver = true;
      stop.removeEventListener("abort", wake);
      while (this.#transferring.size + this.#publishing.size > 0) {
        await Promise.all([...this.#transferring, ...this.#publishing]);
      }
    }
    if (stop.aborted) throw classifyThrown(stop.reason);
    return this.#failed.blocked;
  }

  async #work(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      this.#wake = Promise.withResolvers();
      const full = await this.#fullDisk.look(this.#longestFullDiskMs());
      if (full) this.#failed.blockAll(full);
      this.#fill(stop);
      if (this.#transferring.size === 0) this.#publisher.hurry();
      const idle = this.#transferring.size + this.#publishing.size === 0;
      const turn = this.#hasPlace() && !this.#isHeld() ? this.#agenda.next() : null;
      if (idle && turn === null && !this.#moreToCome) {
        this.#isOver = true;
        break;
      }
      if (turn && (idle || turn.reason === "paced")) this.#tellWaiting(turn);
      await this.#sleepUntil(turn?.at ?? null);
    }
  }

  #longestFullDiskMs(): number {
    const { longestFullDiskMs, longestWaitMs = Infinity } = this.#options;
    return longestFullDiskMs ?? longestWaitMs;
  }

  #tellWaiting({ at, reason, provider }: Turn): void {
    // A full disk is looked at again and again; that is said once.
    const what = reason === "diskFull" ? reason : `${reason} ${at}`;
    if (what === this.#told) return;
    this.#told = what;
    this.#events.onWaiting?.(at, reason, provider);
  }

  /** Starts as many jobs as there are free places. */
  #fill(stop: AbortSignal): void {
    const { clock, store } = this.#ports;
    this.#agenda.lookAnew();
    if (this.#fullDisk.lookAt !== null || this.#isHeld() || stop.aborted) return;
    while (this.#hasPlace() && !this.#ports.connection?.isResting) {
      const job = store.jobs.next(clock.now(), { providers: this.#agenda.open() });
      if (!job) return;
      const wait = this.#ports.lessor.admit(job);
      if (wait) {
        store.jobs.release(job.fileId, job.notBefore);
        this.#agenda.postpone(job.provider, wait);
        continue;
      }
      this.#told = "";
      this.#ports.connection?.tries();
      this.#track(this.#transferring, this.#transfer(job, stop));
    }
  }

  #isHeld(): boolean {
    return this.#options.isHeld?.() ?? false;
  }

  #hasPlace(): boolean {
    return this.#transferring.size < this.#concurrency && this.#publishing.size < MAX_UNPUBLISHED;
  }

  async #sleepUntil(time: number | null): Promise<void> {
    if (time === null) return await this.#wake.promise;
    const { clock } = this.#ports;
    const woken = new AbortController();
    const slept = clock.sleep(time - clock.now(), woken.signal).catch(() => {});
    await Promise.race([this.#wake.promise, slept]);
    woken.abort("Woken early");
  }

  #track(set: Set<Promise<void>>, work: Promise<void>): void {
    const tracked = work.catch((error) => this.#halt.abort(classifyThrown(error))).finally(() => {
      set.delete(tracked);
      this.wake();
    });
    set.add(tracked);
  }

  async #transfer(job: DueJob, stop: AbortSignal): Promise<void> {
    const earlier = this.#running.get(job.fileId);
    const own = new AbortController();
    const over = Promise.withResolvers<void>();
    const running: Running = { stop: own, publishing: false, over: over.promise };
    this.#running.set(job.fileId, running);
    const end = () => {
      if (this.#running.get(job.fileId) === running) this.#running.delete(job.fileId);
      over.resolve();
    };
    try {
      // Two must never write to one partial file.
      await earlier?.over;
      if (earlier && this.#ports.store.jobs.get(job.fileId)?.state !== "running") {
        this.#ports.lessor.failed(
          job,
          new SyncError("cancelled", "The download was stopped"),
          false,
        );
        return end();
      }
      const verified = await this.#fetch(job, own.signal, stop);
      if (!verified) return end();
      running.publishing = true;
      this.#track(this.#publishing, this.#publish(verified, stop).finally(end));
    } catch (error) {
      end();
      throw error;
    }
  }

  /** Brings a job to a verified partial file; null when that failed or was stopped, which is seen to. */
  async #fetch(job: DueJob, own: AbortSignal, stop: AbortSignal): Promise<Verified | null> {
    this.#events.onStart?.(job);
    const { lessor } = this.#ports;
    const chunks = this.#savedChunks(job);
    let hasArrived = false;
    try {
      const signal = AbortSignal.any([stop, own]);
      const verified = await fetchJob(this.#ports, job, signal, (done, size, arrived) => {
        // What waited for the network may follow.
        if (!hasArrived && arrived > 0) this.wake();
        hasArrived ||= arrived > 0;
        this.#events.onProgress?.(job, done, size, arrived);
      });
      if (own.aborted) verified.file?.close();
      own.throwIfAborted();
      lessor.succeeded(job);
      return verified;
    } catch (thrown) {
      const failed = classifyThrown(own.aborted ? own.reason : thrown);
      const error = lessor.failed(job, failed, hasArrived);
      if (own.aborted && !stop.aborted) {
        await this.#removeUnlessQueued(job);
        this.#events.onFailed?.(job, error, this.#ports.clock.now());
        return null;
      }
      // An attempt that brought the file forward does not use up its tries. Only chunks that are kept count:
      // bytes that come and are thrown away each time would be fetched for ever.
      const attempts = this.#savedChunks(job) > chunks ? 1 : job.attempts + 1;
      await this.#failed.weigh(job, error, attempts, stop.aborted);
      return null;
    }
  }

  /** A job that was paused goes on later from its parts; one that was taken away needs them no more. */
  async #removeUnlessQueued({ fileId }: DueJob): Promise<void> {
    const { fs, store, root, log } = this.#ports;
    if (store.jobs.get(fileId)) return;
    try {
      await removePart(fs, store, root, fileId);
    } catch (error) {
      // The next sync tries again.
      log.warn("A partial file could not be removed", { kind: classifyThrown(error).kind });
    }
  }

  async #publish(verified: Verified, stop: AbortSignal): Promise<void> {
    const { job, size } = verified;
    try {
      await this.#publisher.publish(verified);
    } catch (error) {
      const attempts = job.attempts + 1;
      return await this.#failed.weigh(job, classifyThrown(error), attempts, stop.aborted);
    }
    this.#fullDisk.forget();
    this.#events.onDone?.(job, size);
  }

  /** Chunks that the next attempt can build on. */
  #savedChunks({ fileId }: DueJob): number {
    const part = this.#ports.store.parts.get(fileId);
    return part && part.validator !== null ? part.chunks.size : 0;
  }
}
