import type { Clock } from "../platform/ports.ts";
import { LONGEST_PAUSE_MS, type Pause } from "../store/pauses.ts";
import type { Store } from "../store/store.ts";
import type { Connection } from "./connection.ts";
import type { Wait } from "./fetch_job.ts";
import type { FullDisk } from "./full_disk.ts";

/** When something goes on, and what is waited for until then. */
export interface Turn {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** A failure kind, `paced` or `offline`. */
  readonly reason: string;
  /** Null when it concerns all, or none in particular. */
  readonly provider: string | null;
}

/** What an {@linkcode Agenda} looks at. */
export interface AgendaPorts {
  readonly clock: Clock;
  readonly store: Store;
  readonly connection?: Connection;
}

/** Knows which providers' jobs may start now, and when the next ones may that have to wait. */
export class Agenda {
  readonly #ports: AgendaPorts;
  readonly #providers: ReadonlySet<string>;
  readonly #fullDisk: FullDisk;
  readonly #longestWaitMs: number;
  /** Providers whose next job has to wait for its turn. */
  readonly #turns = new Map<string, Turn>();

  /** @param longestWaitMs Longest wait in milliseconds for a back-off or a site's pause. */
  constructor(
    ports: AgendaPorts,
    providers: ReadonlySet<string>,
    fullDisk: FullDisk,
    longestWaitMs: number,
  ) {
    this.#ports = ports;
    this.#providers = providers;
    this.#fullDisk = fullDisk;
    this.#longestWaitMs = longestWaitMs;
  }

  /** Forgets whose turn had not come: all may be asked again. */
  lookAnew(): void {
    this.#turns.clear();
  }

  /** The next job of a provider has to wait. */
  postpone(provider: string, { ms, reason }: Wait): void {
    this.#turns.set(provider, { at: this.#ports.clock.now() + ms, reason, provider });
  }

  /** The providers that are not silent at their site's wish, and whose next job need not wait for its turn. */
  open(): string[] {
    const silent = new Set(this.#silences().map(({ provider }) => provider));
    return [...this.#providers].filter((provider) =>
      !silent.has(provider) && !this.#turns.has(provider)
    );
  }

  /** When there is something to do again; null when there is nothing that is worth the wait. */
  next(): Turn | null {
    const { lookAt } = this.#fullDisk;
    if (lookAt !== null) return { at: lookAt, reason: "diskFull", provider: null };
    const { clock, connection } = this.#ports;
    const turns = [...this.#due(), ...this.#turns.values(), ...this.#ends()];
    const longest = clock.now() + this.#longestWaitMs;
    const [first] = turns.filter(({ at }) => at <= longest).sort((a, b) => a.at - b.at);
    const online = connection?.lookAt ?? 0;
    if (first && first.at < online) return { at: online, reason: "offline", provider: null };
    return first ?? null;
  }

  /** When the first job is due of those that nothing but its back-off keeps. */
  #due(): Turn[] {
    const { clock, store } = this.#ports;
    const now = clock.now();
    const latest = now + LONGEST_PAUSE_MS;
    const due = store.jobs.nextDue(now, { providers: this.open() });
    if (!due) return [];
    // The clock was set back meanwhile.
    if (due.at > latest) store.jobs.startBefore(latest);
    const { at, reason } = due;
    return [{ at: Math.min(at, latest), reason: reason ?? "retryable", provider: null }];
  }

  /** When silences end that jobs are waiting for. */
  #ends(): Turn[] {
    const { clock, store } = this.#ports;
    return this.#silences().flatMap(({ provider, until, reason }) => {
      const waiting = store.jobs.nextDue(clock.now(), { providers: [provider] });
      return waiting ? [{ at: Math.max(until, waiting.at), reason, provider }] : [];
    });
  }

  #silences(): Pause[] {
    const { store, clock } = this.#ports;
    const latest = clock.now() + LONGEST_PAUSE_MS;
    const pauses = store.pauses.list(clock.now());
    // The clock was set back meanwhile.
    if (pauses.some(({ until }) => until > latest)) store.pauses.endBefore(latest);
    return pauses.map((pause) => ({ ...pause, until: Math.min(pause.until, latest) }))
      .filter(({ provider }) => this.#providers.has(provider));
  }
}
