import type { Clock } from "../platform/ports.ts";

/** Transfers in a row that broke before their first byte, and of how many files, after which a host rests. */
export const TRIP_AFTER = 5;
const TRIP_FILES = 3;

const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 5 * 60_000;

/** Rests in a row, two hours, after which a host is left alone for the rest of the run. */
const MOST_RESTS = 24;

/** While one transfer tries whether the host is back, the others look again after this. */
const PROBE_MS = 10_000;

/** Files that may wait for a host; further ones, whose hosts are not known, are not even asked for then. */
const MOST_PARKED = 20;

/** What becomes of a file whose transfer broke. */
export interface Rest {
  /** Milliseconds until its host may be asked again. */
  readonly ms: number;
  /** Whether the failure counts against the file: not where the host was known to be down. */
  readonly counts: boolean;
}

const AWAKE: Rest = { ms: 0, counts: true };

interface HostState {
  /** Files whose transfers broke since the last one that worked. */
  readonly files: Set<string>;
  /** Files that wait for the host. */
  readonly parked: Set<string>;
  broken: number;
  rests: number;
  /** By the monotonic clock. */
  restsUntil: number;
  /** The file that tries whether the host is back. */
  probe: string | null;
}

/**
 * Lets a storage host rest when it is down, so that it does not use up the tries of one file after the other. Rests grow
 * from 30 seconds to 5 minutes; after each, a single transfer tries whether the host is back.
 */
export class HostBreaker {
  readonly #clock: Clock;
  readonly #hosts = new Map<string, HostState>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Asks whether a file may be transferred from a host.
   *
   * @returns 0, or the milliseconds after which to ask again; `Infinity` when the host is left alone for good.
   */
  waitFor(host: string, fileId: string): number {
    const state = this.#hosts.get(host);
    if (!state) return 0;
    if (state.rests > MOST_RESTS) return Infinity;
    const rest = this.#restOf(state);
    const isOther = state.probe !== null && state.probe !== fileId;
    const wait = rest === 0 && isOther ? PROBE_MS : rest;
    if (wait > 0) state.parked.add(fileId);
    return wait;
  }

  /** Begins a transfer that may go on; it ends with `left`. */
  enter(host: string, fileId: string): void {
    const state = this.#hosts.get(host);
    if (state && state.rests > 0) state.probe = fileId;
  }

  /**
   * Tells how a transfer ended.
   *
   * @param outcome `unknown`: it was stopped, or failed for reasons that are not the host's.
   * @returns How long the host rests now.
   */
  left(host: string, fileId: string, outcome: "worked" | "broke" | "unknown"): Rest {
    if (outcome === "worked") this.#hosts.delete(host);
    const wasProbe = this.#hosts.get(host)?.probe === fileId;
    const state = outcome === "broke" ? this.#stateOf(host) : this.#hosts.get(host);
    if (state && wasProbe) state.probe = null;
    if (!state || outcome !== "broke") return AWAKE;
    state.files.add(fileId);
    state.broken++;
    const counts = state.rests === 0 || wasProbe;
    const isEnough = state.broken >= TRIP_AFTER && state.files.size >= TRIP_FILES;
    if (wasProbe || (counts && isEnough)) {
      const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** state.rests);
      state.rests++;
      state.restsUntil = this.#clock.monotonic() + rest;
      state.parked.clear();
    }
    return { ms: this.#restOf(state), counts };
  }

  /** Milliseconds for which no file is to be asked for whose host is not known: enough wait for one that is down. */
  crowded(): number {
    const rests = [...this.#hosts.values()].filter(({ parked }) => parked.size >= MOST_PARKED)
      .map((state) => this.#restOf(state));
    return Math.max(0, ...rests);
  }

  #restOf({ restsUntil }: HostState): number {
    return Math.max(0, Math.ceil(restsUntil - this.#clock.monotonic()));
  }

  #stateOf(host: string): HostState {
    const state = this.#hosts.get(host) ?? {
      files: new Set(),
      parked: new Set(),
      broken: 0,
      rests: 0,
      restsUntil: 0,
      probe: null,
    };
    this.#hosts.set(host, state);
    return state;
  }
}
