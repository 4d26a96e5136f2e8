import type { ChangeNews } from "./change_news.ts";
import { removePart } from "./downloads/remove_part.ts";
import { hintOf } from "./hint_of.ts";
import type { LiveSync } from "./live_sync.ts";
import { classifyThrown } from "./platform/classify.ts";
import type { Clock, Fs, Log } from "./platform/ports.ts";
import type { Params, Results } from "./protocol.ts";
import { isHeld, setHeld } from "./queue_hold.ts";
import type { SpeedHistory } from "./speed_history.ts";
import type { JobFilter } from "./store/jobs.ts";
import type { Store } from "./store/store.ts";

const REMOVALS_AT_ONCE = 32;

/** What {@linkcode QueueControl} needs. */
export interface QueueControlPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: Pick<ChangeNews, "queue" | "status">;
  readonly live: LiveSync;
  readonly speeds: SpeedHistory;
  /** Absolute path of the library root. */
  readonly root: () => string;
  /** Throws when the library was opened for reading only. */
  readonly requireWriter: () => void;
}

/**
 * The queue in the user's hands. What is said of no download in particular is said of the queue: `pause` without a
 * condition holds it with all that joins it later, until `resume` without a condition; a download that is resumed alone
 * meanwhile waits for that.
 */
export class QueueControl {
  readonly #ports: QueueControlPorts;

  constructor(ports: QueueControlPorts) {
    this.#ports = ports;
  }

  list(query: Params<"downloads.list">): Results["downloads.list"] {
    const { rows, total } = this.#ports.store.jobs.list(query);
    return { rows: rows.map((row) => ({ ...row, hint: hintOf(row.reason) })), total };
  }

  speed(): Results["downloads.speed"] {
    return { samples: this.#ports.speeds.samples() };
  }

  /** Running transfers stop at once and keep what they have. */
  pause(which: Params<"downloads.pause">): Results["downloads.pause"] {
    return this.#change(() => {
      const { store } = this.#ports;
      if (!isWholeQueue(which)) return store.jobs.pause(which);
      if (isHeld(store)) return 0;
      setHeld(store, true);
      const { queued, running } = store.jobs.counts();
      return queued + running;
    });
  }

  resume(which: Params<"downloads.resume">): Results["downloads.resume"] {
    return this.#change(() => {
      const { store } = this.#ports;
      const held = isWholeQueue(which) && isHeld(store) ? store.jobs.counts().queued : 0;
      if (isWholeQueue(which)) setHeld(store, false);
      return held + store.jobs.resume(which);
    }, () => this.#ports.live.goOn());
  }

  /** Resolves when the partial files are gone. The next sync that is asked for fetches the files after all. */
  async cancel(which: Params<"downloads.cancel">): Promise<Results["downloads.cancel"]> {
    this.#ports.requireWriter();
    const { store, live, news } = this.#ports;
    const fileIds = store.jobs.ids(which);
    const cancelled = live.cancel(fileIds);
    news.queue();
    news.status();
    await cancelled;
    await this.#removeParts(fileIds);
    return { changed: fileIds.length };
  }

  /** Also for downloads that wait after a failed attempt. */
  retry(which: Params<"downloads.retry">): Results["downloads.retry"] {
    const { store, clock, live } = this.#ports;
    return this.#change(() => store.jobs.retry(which, clock.now()), () => live.goOn());
  }

  move({ to, ...which }: Params<"downloads.move">): Results["downloads.move"] {
    return this.#change(() => {
      const { jobs } = this.#ports.store;
      // All together already are where they are.
      if (isWholeQueue(which)) return 0;
      if (to === "front") return jobs.moveToFront(which);
      return to === "back" ? jobs.moveToBack(which) : jobs.moveByOne(which, to);
    });
  }

  /** Goes on with what an earlier run left, if there is something and nobody holds it. */
  goOn(): void {
    this.#ports.requireWriter();
    this.#ports.live.goOn();
  }

  #change(change: () => number, then?: () => void): { readonly changed: number } {
    const { requireWriter, store, news, live } = this.#ports;
    requireWriter();
    const changed = store.transaction(change);
    live.review();
    then?.();
    news.queue();
    news.status();
    return { changed };
  }

  /** Any of them may have been begun: of small files nothing is noted until they are whole. */
  async #removeParts(fileIds: readonly string[]): Promise<void> {
    const waiting = fileIds[Symbol.iterator]();
    const work = async () => {
      for (const fileId of waiting) await this.#removePart(fileId);
    };
    await Promise.all(Array.from({ length: REMOVALS_AT_ONCE }, work));
  }

  async #removePart(fileId: string): Promise<void> {
    const { store, fs, log, root } = this.#ports;
    // Whoever queued it again meanwhile builds on it.
    if (store.jobs.get(fileId)) return;
    try {
      await removePart(fs, store, root(), fileId);
    } catch (error) {
      // The next sync tries again.
      log.warn("A partial file could not be removed", { kind: classifyThrown(error).kind });
    }
  }
}

function isWholeQueue({ fileIds, assetId, provider }: JobFilter): boolean {
  return fileIds === undefined && assetId === undefined && provider === undefined;
}
