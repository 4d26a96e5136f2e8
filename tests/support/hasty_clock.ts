import { STATUS_INTERVAL_MS, VIEW_INTERVAL_MS } from "../../extensions/sync-engine/change_news.ts";
import {
  LONGEST_PROGRESS_INTERVAL_MS,
  PROGRESS_INTERVAL_MS,
} from "../../extensions/sync-engine/progress_board.ts";
import type { Clock, Fs, FsFile, Http } from "../../extensions/sync-engine/platform/ports.ts";
import { HEARTBEAT_MS } from "../../extensions/sync-engine/store/lock.ts";

/** Real milliseconds between two looks at what is going on. */
const TICK_MS = 2;

/**
 * Ticks without any movement after which time jumps on. They are counted in turns of the event loop, so
 * a busy machine only makes them longer. The loopback needs no more than a few.
 */
const QUIET_TICKS = 8;

/** While an answer's body is awaited: far more than a loopback needs between two pieces of it. */
const QUIET_TICKS_IN_BODY = 50;

/** While the head of an answer is awaited: a server may make it first. */
const QUIET_TICKS_IN_HEAD = 300;

/** Longer sleeps are watchdogs that end with what they watch; nothing waits for them. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** What only spaces things out: it may as well sleep on when time jumps, or last as long as it lasts. */
const NEVER_WAITED_FOR: ReadonlySet<number> = new Set([
  HEARTBEAT_MS,
  STATUS_INTERVAL_MS,
  VIEW_INTERVAL_MS,
  PROGRESS_INTERVAL_MS,
  LONGEST_PROGRESS_INTERVAL_MS,
]);

interface Sleeper {
  readonly until: number;
  /** Whether time jumps for its sake. */
  readonly isWaitedFor: boolean;
  readonly wake: () => void;
}

/**
 * A clock that runs like the real one, and jumps to the end of the next wait whenever nothing else
 * happens: no request, no disk access, no byte that arrives. Back-offs, pauses and stalls take
 * milliseconds then, while whoever is at work keeps all the time that it needs.
 *
 * It sees the disk and the network through the ports that `watchFs` and `watchHttp` wrap.
 */
export class HastyClock implements Clock, Disposable {
  readonly #start: number;
  readonly #begun = performance.now();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #sleepers = new Set<Sleeper>();
  #skipped = 0;
  #setBy = 0;
  #moved = false;
  #quietTicks = 0;
  #working = 0;
  #awaitedHeads = 0;
  #readingBodies = 0;

  /** @param start Milliseconds since the Unix epoch. */
  constructor(start = Date.UTC(2026, 5, 1, 12)) {
    this.#start = start;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  now(): number {
    return Math.floor(this.#start + this.#setBy + this.monotonic());
  }

  monotonic(): number {
    return performance.now() - this.#begun + this.#skipped;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const isWaitedFor = !NEVER_WAITED_FOR.has(ms) && ms <= LONGEST_WAIT_MS;
    if (isWaitedFor) this.#moved = true;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        this.#moved = true;
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        until: this.monotonic() + Math.max(0, ms),
        isWaitedFor,
        wake: () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /** Moves time on, as a long rest between two syncs does. */
  skip(ms: number): void {
    this.#skipped += ms;
  }

  /** Sets the wall clock on, or back when negative, as a person or a time server does; nobody wakes earlier for it. */
  set(ms: number): void {
    this.#setBy += ms;
  }

  /** The same disk; time does not jump while it works. */
  watchFs(fs: Fs): Fs {
    return {
      open: (path, options) =>
        this.#during(async () => this.#watchFile(await fs.open(path, options))),
      readText: (path) => this.#during(() => fs.readText(path)),
      writeTextAtomic: (path, text, options) =>
        this.#during(() => fs.writeTextAtomic(path, text, options)),
      rename: (from, to) => this.#during(() => fs.rename(from, to)),
      link: (from, to) => this.#during(() => fs.link(from, to)),
      remove: (path) => this.#during(() => fs.remove(path)),
      mkdir: (path) => this.#during(() => fs.mkdir(path)),
      stat: (path) => this.#during(() => fs.stat(path)),
      list: (path) => this.#during(() => fs.list(path)),
      syncDir: (path) => this.#during(() => fs.syncDir(path)),
      freeSpace: (path) => this.#during(() => fs.freeSpace(path)),
    };
  }

  /** The same network; time does not jump while an answer arrives. */
  watchHttp(http: Http): Http {
    return {
      send: async (request) => {
        this.#awaitedHeads++;
        try {
          const { status, headers, body } = await http.send(request);
          return { status, headers, body: body && this.#watchBody(body) };
        } finally {
          this.#awaitedHeads--;
          this.#moved = true;
        }
      },
    };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #watchFile(file: FsFile): FsFile {
    return {
      read: (into, at) => this.#during(() => file.read(into, at)),
      write: (data, at) => this.#during(() => file.write(data, at)),
      truncate: (size) => this.#during(() => file.truncate(size)),
      size: () => this.#during(() => file.size()),
      sync: () => this.#during(() => file.sync()),
      close: () => file.close(),
    };
  }

  #watchBody(
    body: ReadableStream<Uint8Array<ArrayBuffer>>,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    const reader = body.getReader({ mode: "byob" });
    return new ReadableStream({
      type: "bytes",
      autoAllocateChunkSize: 64 * 1024,
      pull: async (controller) => {
        const request = controller.byobRequest;
        if (!request?.view) return;
        const { buffer, byteOffset, byteLength } = request.view;
        this.#readingBodies++;
        try {
          const view = new Uint8Array(buffer, byteOffset, byteLength);
          const { done, value } = await reader.read(view);
          if (done) controller.close();
          if (value) request.respondWithNewView(value);
          else request.respond(0);
        } finally {
          this.#readingBodies--;
          this.#moved = true;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }

  async #during<T>(work: () => Promise<T>): Promise<T> {
    this.#working++;
    try {
      return await work();
    } finally {
      this.#working--;
      this.#moved = true;
    }
  }

  #tick(): void {
    this.#wakeUp();
    if (this.#moved || this.#working > 0) {
      this.#moved = false;
      this.#quietTicks = 0;
      return;
    }
    const enough = this.#awaitedHeads > 0
      ? QUIET_TICKS_IN_HEAD
      : this.#readingBodies > 0
      ? QUIET_TICKS_IN_BODY
      : QUIET_TICKS;
    if (++this.#quietTicks < enough) return;
    const next = [...this.#sleepers].filter(({ isWaitedFor }) => isWaitedFor)
      .reduce((first, { until }) => Math.min(first, until), Infinity);
    if (next === Infinity) return;
    this.#skipped += Math.max(0, next - this.monotonic());
    this.#wakeUp();
  }

  #wakeUp(): void {
    const now = this.monotonic();
    const due = [...this.#sleepers].filter(({ until }) => until <= now)
      .sort((a, b) => a.until - b.until);
    for (const sleeper of due) {
      this.#moved = true;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
