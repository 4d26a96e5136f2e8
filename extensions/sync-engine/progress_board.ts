import type { Clock } from "./platform/ports.ts";
import type { Emit, TransferProgress } from "./protocol.ts";

/** Shortest time between two `progress` events: ten a second, whatever the number of transfers. */
const INTERVAL_MS = 100;

/** Gathers the news of all running transfers and tells them in few events. */
export class ProgressBoard {
  readonly #clock: Clock;
  readonly #emit: Emit;
  readonly #waiting: () => number;
  readonly #running = new Map<string, TransferProgress>();
  #told = -Infinity;
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
    this.#told = this.#clock.monotonic();
    this.#emit("progress", {
      running: [...this.#running.values()],
      fetched: this.fetched,
      fetchedBytes: this.fetchedBytes,
      failed: this.failed,
      waiting: this.#waiting(),
    });
  }
}
