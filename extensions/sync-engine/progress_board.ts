import type { Clock } from "./platform/ports.ts";
import type { Emit, TransferProgress } from "./protocol.ts";

/** Shortest time between two `progress` events: ten a second, whatever the number of transfers. */
const INTERVAL_MS = 100;

/** Shortest time between two counts of the queue, which take their time when it is long. */
const COUNT_INTERVAL_MS = 1000;

/** Gathers the news of all running transfers and tells them in few events. */
export class ProgressBoard {
  readonly #clock: Clock;
  readonly #emit: Emit;
  readonly #waiting: () => number;
  readonly #running = new Map<string, TransferProgress>();
  #told = -Infinity;
  #counted = { at: -Infinity, waiting: 0, taken: 0 };
  fetched = 0;
  fetchedBytes = 0;
  failed = 0;

  /** @param waiting Counts the files that are still queued. */
  constructor(clock: Clock, emit: Emit, waiting: () => number) {
    this.#clock = clock;
    this.#emit = emit;
    this.#waiting = waiting;
  }

  update(transfer: TransferProgress): void {
    this.#running.set(transfer.fileId, transfer);
    if (this.#clock.monotonic() - this.#told >= INTERVAL_MS) this.tell();
  }

  remove(fileId: string): void {
    this.#running.delete(fileId);
  }

  /** Tells at once, whenever the last time was. */
  tell(): void {
    const now = this.#clock.monotonic();
    this.#told = now;
    if (now - this.#counted.at >= COUNT_INTERVAL_MS || this.#running.size === 0) {
      this.#counted = { at: now, waiting: this.#waiting(), taken: this.#taken() };
    }
    // What left the queue since it was counted is told as running or done.
    const waiting = this.#counted.waiting + this.#counted.taken - this.#taken();
    this.#emit("progress", {
      running: [...this.#running.values()],
      fetched: this.fetched,
      fetchedBytes: this.fetchedBytes,
      failed: this.failed,
      waiting: Math.max(0, waiting),
    });
  }

  #taken(): number {
    return this.#running.size + this.fetched + this.failed;
  }
}
