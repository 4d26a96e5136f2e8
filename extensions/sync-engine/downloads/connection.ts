import { SyncError } from "../platform/errors.ts";
import type { Clock, Http } from "../platform/ports.ts";

/** Hosts that cannot be reached, and requests of a single one for which there is no way, after which it is the network. */
const OFFLINE_HOSTS = 2;
const OFFLINE_REQUESTS = 3;

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
  /** Requests in a row for which there was no way. */
  #lost = 0;
  #offline: { readonly everyMs: number; readonly lookAt: number } | null = null;

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
          this.#failed(error, URL.parse(request.url)?.host ?? "");
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
    this.#offline = lookAfter(everyMs, this.#clock.monotonic());
  }

  /** Somebody thinks that there may be a network again: the next transfer may try now. */
  lookNow(): void {
    if (this.#offline) this.#offline = { ...this.#offline, lookAt: this.#clock.monotonic() };
  }

  #reached(): void {
    this.#unreached.clear();
    this.#lost = 0;
    this.#offline = null;
  }

  #failed(error: unknown, host: string): void {
    const unreached = unreachedOf(error);
    if (!unreached) return;
    this.#unreached.add(host);
    if (unreached === "network") this.#lost++;
    if (this.#offline) return;
    if (this.#unreached.size < OFFLINE_HOSTS && this.#lost < OFFLINE_REQUESTS) return;
    this.#offline = lookAfter(FIRST_LOOK_MS, this.#clock.monotonic());
  }
}

function lookAfter(everyMs: number, now: number) {
  return { everyMs, lookAt: now + everyMs };
}

function unreachedOf(error: unknown): "network" | "host" | null {
  if (!(error instanceof SyncError) || error.failure.kind !== "retryable") return null;
  return error.failure.unreached ?? null;
}
