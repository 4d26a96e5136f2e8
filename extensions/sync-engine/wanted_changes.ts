import { SyncError } from "./platform/errors.ts";
import type { AssetSet } from "./store/asset_set.ts";

/** Changes that can be taken back. */
const MOST_CHANGES = 20;

/** Characters of all lists of numbers together: twenty times a library of 100,000. */
const MOST_CHARACTERS = 16_000_000;

/** Which assets were marked, and how they are now. */
export interface WantedChange {
  readonly set: AssetSet;
  readonly wanted: boolean;
}

/** The last changes of what is wanted, so that each can be taken back once. They end with the process. */
export class WantedChanges {
  /** Oldest first. */
  readonly #changes = new Map<string, WantedChange>();

  /** Returns the id by which the change can be taken back. */
  add(change: WantedChange): string {
    // Unguessable, so that an id of an earlier process is never taken for one of this.
    const id = crypto.randomUUID();
    this.#changes.set(id, change);
    for (const oldest of this.#changes.keys()) {
      if (this.#changes.size <= MOST_CHANGES && this.#characters() <= MOST_CHARACTERS) break;
      this.#changes.delete(oldest);
    }
    return id;
  }

  /**
   * Gives a change out, and forgets it.
   *
   * @throws {SyncError} `badInput` when it is not known, or not any more.
   */
  take(id: string): WantedChange {
    const change = this.#changes.get(id);
    if (!change) {
      throw new SyncError(
        "badInput",
        `This choice cannot be taken back any more: only the last ${MOST_CHANGES} since the start can, each once`,
      );
    }
    this.#changes.delete(id);
    return change;
  }

  #characters(): number {
    let sum = 0;
    for (const { set } of this.#changes.values()) sum += set.numbers.length;
    return sum;
  }
}
