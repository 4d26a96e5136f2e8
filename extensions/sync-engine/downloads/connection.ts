import { SyncError } from "../platform/errors.ts";
import type { Clock, Http, HttpRequest } from "../platform/ports.ts";

/**
 * Hosts that cannot be reached, requests in a row for which there is no way, and requests in a row that a single host did
 * not take, after which nobody is there: whether it is the network or the one site that is asked makes no difference then.
 */
const OFFLINE_HOSTS = 2;
const OFFLINE_REQUESTS = 3;
const OFFLINE_REQUESTS_OF_ONE = 12;

const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 60_000;

/**
 * Knows whether there is a network from what becomes of the requests that are sent anyway: nobody is asked for the sake
 * of finding out. Any answer, whatever it says, means that there is one. While there is none, now and then one transfer
 * may try.
 */
export class Connection {
  readonly #clock: Clock;
  /** Hosts that were not reached since the last answer of anyone. */
  readonly #unreached = new Set<string>();
  /** Requests in a row for which there was no way, and those that had no answer at all. */
  #lost = 0;
  #unanswered = 0;
  #offline: { readonly everyMs: number; readonly lookAt: number } | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The same network, whose requests are learned from. */
  watch(http: Http): Http {
    return {
      send: async (request) => {
        try {
          const response = await http.send(request);
          this.#reached();
          return response;
        } catch (error) {
          this.#failed(unreachedOf(error, request), URL.parse(request.url)?.host ?? "");
          throw error;
        }
      },
    };
  }

  get isOffline(): boolean {
    return this.#offline !== null;
  }

  /** When the next transfer may try, in milliseconds since the Unix epoch; null while there is a network. */
  get lookAt(): number | null {
    if (!this.#offline) return null;
    return Math.ceil(this.#clock.now() + this.#offline.lookAt - this.#clock.monotonic());
  }

  /** Whether no transfer may begin now. */
  get isResting(): boolean {
    return this.#offline !== null && this.#clock.monotonic() < this.#offline.lookAt;
  }

  /** A transfer begins. While there is no network, the next one may only after a while, which grows each time. */
  tries(): void {
    if (!this.#offline) return;
    const everyMs = Math.min(LONGEST_LOOK_MS, this.#offline.everyMs * 2);
    this.#set(lookAfter(everyMs, this.#clock.monotonic()));
  }

  /** Somebody thinks that there may be a network again: the next transfer may try now. */
  lookNow(): void {
    if (this.#offline) this.#set({ ...this.#offline, lookAt: this.#clock.monotonic() });
  }

  /** Calls back when the network goes or comes, and when the next look is at another time; returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Resolves when it is the caller's turn to try: at once with a network, else one of all who wait at each look.
   *
   * @throws The signal's reason when it aborts.
   */
  async turn(signal?: AbortSignal): Promise<void> {
    while (this.#offline && this.isResting) {
      const { promise: changed, resolve } = Promise.withResolvers<void>();
      const over = new AbortController();
      const stop = AbortSignal.any([over.signal, ...signal ? [signal] : []]);
      const unsubscribe = this.subscribe(resolve);
      try {
        const ms = this.#offline.lookAt - this.#clock.monotonic();
        await Promise.race([changed, this.#clock.sleep(ms, stop)]);
      } finally {
        unsubscribe();
        over.abort();
      }
    }
    this.tries();
  }

  #reached(): void {
    this.#unreached.clear();
    this.#lost = 0;
    this.#unanswered = 0;
    if (this.#offline) this.#set(null);
  }

  #set(offline: { readonly everyMs: number; readonly lookAt: number } | null): void {
    this.#offline = offline;
    for (const listener of [...this.#listeners]) listener();
  }

  #failed(unreached: "network" | "host" | null, host: string): void {
    if (!unreached) return;
    this.#unreached.add(host);
    this.#unanswered++;
    if (unreached === "network") this.#lost++;
    const isOffline = this.#unreached.size >= OFFLINE_HOSTS || this.#lost >= OFFLINE_REQUESTS ||
      this.#unanswered >= OFFLINE_REQUESTS_OF_ONE;
    if (this.#offline || !isOffline) return;
    this.#set(lookAfter(FIRST_LOOK_MS, this.#clock.monotonic()));
  }
}

function lookAfter(everyMs: number, now: number) {
  return { everyMs, lookAt: now + everyMs };
}

function unreachedOf(error: unknown, { signal }: HttpRequest): "network" | "host" | null {
  if (!(error instanceof SyncError) || error.failure.kind !== "retryable") return null;
  // Whoever gave up waiting says so with the signal: the host has not said a word until then.
  const isSilent = signal?.aborted === true && signal.reason === error;
  return error.failure.unreached ?? (isSilent ? "host" : null);
}
