import { coalesce } from "./coalesce.ts";
import type { Clock } from "./platform/ports.ts";
import type { Emit, EngineStatus } from "./protocol.ts";

/** Shortest time in milliseconds between two `libraryChanged`, and between two `queueChanged`. */
export const VIEW_INTERVAL_MS = 500;

/** Shortest time in milliseconds between two `statusChanged`. */
export const STATUS_INTERVAL_MS = 250;

/** What {@linkcode ChangeNews} needs. */
export interface ChangeNewsPorts {
  readonly clock: Clock;
  readonly emit: Emit;
}

/**
 * Tells views that what they show is out of date. The first change is told at once; those that follow soon after it
 * are told together, and the last one always is.
 */
export class ChangeNews {
  /** Assets changed. */
  readonly library: () => void;
  /** The queue's order or states changed otherwise than by downloads. */
  readonly queue: () => void;
  /** The status is not what it was. */
  readonly status: () => void;
  readonly #closed = new AbortController();

  /** @param status What `statusChanged` carries; asked for when it is told. */
  constructor({ clock, emit }: ChangeNewsPorts, status: () => EngineStatus) {
    const { signal } = this.#closed;
    this.library = coalesce(clock, VIEW_INTERVAL_MS, signal, () => emit("libraryChanged", {}));
    this.queue = coalesce(clock, VIEW_INTERVAL_MS, signal, () => emit("queueChanged", {}));
    this.status = coalesce(clock, STATUS_INTERVAL_MS, signal, () => {
      let now: EngineStatus;
      try {
        now = status();
      } catch {
        return; // A database that fails tells so whoever works with it.
      }
      emit("statusChanged", now);
    });
  }

  /** Nothing is told any more, not even what was held back. */
  close(): void {
    this.#closed.abort("Closed");
  }
}
