import { classifyThrown } from "../platform/classify.ts";
import type { SyncError } from "../platform/errors.ts";
import type { Clock } from "../platform/ports.ts";
import type { Claim, StretchPlan } from "./stretch_plan.ts";

/** Time between two looks at whether further connections pay, in milliseconds. */
const LOOK_MS = 1000;

/** Looks that the rest must take at the present speed to be worth another connection. */
const WORTH_LOOKS = 2;

/** How a claim was left. `refused`: its connection brought nothing, so there are to be fewer. */
export type Outcome = { readonly error: SyncError; readonly refused: boolean } | null;

/** What a {@linkcode Crew} works on. */
export interface CrewTask {
  readonly clock: Clock;
  /** The plan as it is now: a file that changed begins anew. */
  readonly plan: () => StretchPlan;
  /** Fetches a claim over one connection and closes it; null when that needs no further thought. */
  readonly fetch: (claim: Claim) => Promise<Outcome>;
  /** Bytes that have come, and those that are still to come. */
  readonly progress: () => { readonly arrived: number; readonly left: number };
  /** The caller's. */
  readonly signal: AbortSignal | undefined;
}

/**
 * The connections that fetch one file. It begins with one; as long as the rest would take a while, further ones are
 * opened. One that fails leaves its stretch to the others; what they do not get, a last one on its own tries.
 */
export class Crew {
  /** Aborts when the caller stops the transfer, or when going on is of no use. */
  readonly signal: AbortSignal;
  readonly #task: CrewTask;
  readonly #halt = new AbortController();
  readonly #over = new AbortController();
  readonly #workers = new Set<Promise<void>>();
  #size = 0;
  #most = 1;
  #isWatching = false;
  /** Whether the file has one connection, whose failure is the file's. */
  #isAlone = true;

  constructor(task: CrewTask) {
    const { signal } = task;
    this.#task = task;
    this.signal = signal ? AbortSignal.any([signal, this.#halt.signal]) : this.#halt.signal;
  }

  /** Connections that are at work. */
  get size(): number {
    return this.#size;
  }

  /** Says how many connections there may be, as soon as that is known. */
  allow(most: number): void {
    this.#most = most;
    if (most === 1 || this.#isWatching) return;
    this.#isWatching = true;
    this.#watch().catch(() => {}); // Only the end of the crew ends the sleep.
  }

  /**
   * Fetches all that the plan has. When this settles, nothing goes on any more.
   *
   * @throws {SyncError} What ended a connection that was on its own, or the first failure that is not a connection's.
   */
  async run(): Promise<void> {
    this.#start(this.#task.plan().take());
    try {
      while (this.#workers.size > 0) {
        await Promise.race(this.#workers);
        if (this.signal.aborted) throw classifyThrown(this.signal.reason);
        if (this.#workers.size === 0 && !this.#task.plan().done) this.#goOnAlone();
      }
    } finally {
      this.#over.abort("The transfer is over");
      await Promise.all(this.#workers);
    }
  }

  #start(claim: Claim | null): void {
    if (!claim) return;
    if (this.#size++ > 0) this.#isAlone = false;
    const worker = this.#work(claim)
      .catch((error) => this.#halt.abort(classifyThrown(error)))
      .finally(() => this.#workers.delete(worker));
    this.#workers.add(worker);
  }

  async #work(first: Claim): Promise<void> {
    let outcome: Outcome = null;
    for (let claim: Claim | null = first; claim; claim = this.#task.plan().take()) {
      outcome = await this.#task.fetch(claim);
      // One that others had to relieve is slower than they are: they are better off without.
      if (outcome || claim.lost.signal.aborted) break;
    }
    this.#size--;
    if (!outcome) return;
    const { error, refused } = outcome;
    if (error.kind !== "retryable" || this.#isAlone) throw error;
    if (refused) this.#most = Math.max(1, Math.min(this.#most, this.#size));
  }

  /** What several connections have not done, one may. */
  #goOnAlone(): void {
    this.#isAlone = true;
    this.#most = 1;
    this.#start(this.#task.plan().take());
  }

  async #watch(): Promise<void> {
    for (;;) {
      const before = this.#task.progress().arrived;
      await this.#task.clock.sleep(LOOK_MS, this.#over.signal);
      const { arrived, left } = this.#task.progress();
      if (left <= WORTH_LOOKS * (arrived - before)) continue;
      while (this.#size > 0 && this.#size < this.#most) {
        const claim = this.#task.plan().take();
        if (!claim) break;
        this.#start(claim);
      }
    }
  }
}
