import type { Verdict } from "../files/verify.ts";
import type { Clock } from "../platform/ports.ts";
import type { Store } from "../store/store.ts";

/** Verdicts that may be lost when the process is killed: that many files are read again then. */
const MOST = 500;

/** The same, in milliseconds. */
const LONGEST_MS = 5_000;

/** Writes verdicts down, many at a time: they are also what a stopped verification goes on from. */
export class VerdictLog {
  readonly #store: Store;
  readonly #clock: Clock;
  #waiting: { readonly fileId: string; readonly at: number; readonly verdict: Verdict }[] = [];
  #since = 0;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  add(fileId: string, verdict: Verdict): void {
    const now = this.#clock.monotonic();
    if (this.#waiting.length === 0) this.#since = now;
    this.#waiting.push({ fileId, at: this.#clock.now(), verdict });
    if (this.#waiting.length >= MOST || now - this.#since >= LONGEST_MS) this.flush();
  }

  /** To be called at the end, however it came. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) this.#store.verifications.record(waiting);
  }
}
