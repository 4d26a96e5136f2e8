import type { Clock } from "../platform/ports.ts";

/** Lets requests out at a steady rate, in the order in which they were asked for. */
export interface Pacer {
  /** Resolves when it is the caller's turn; rejects with the signal's reason when it aborts first. */
  turn(signal?: AbortSignal): Promise<void>;
  /** Nobody gets a turn before `time` (milliseconds since the Unix epoch). Never shortens a pause. */
  pauseUntil(time: number): void;
  /** Milliseconds since the Unix epoch; in the past when there is no pause. */
  readonly pausedUntil: number;
}

export interface PacerOptions {
  readonly clock: Clock;
  /** @default {4} */
  readonly requestsPerSecond?: number;
  /** Turns that may be taken at once after a rest. @default {requestsPerSecond} */
  readonly burst?: number;
}

/** Builds a token bucket: it holds `burst` turns and gains `requestsPerSecond` of them a second. */
export function createPacer(options: PacerOptions): Pacer {
  const { clock, requestsPerSecond = 4 } = options;
  const burst = Math.max(1, options.burst ?? requestsPerSecond);
  const msPerTurn = 1000 / requestsPerSecond;
  let turns = burst;
  let filledAt = clock.monotonic();
  const pause = createPause(clock);
  let last: Promise<void> = Promise.resolve();

  function refill() {
    const time = clock.monotonic();
    turns = Math.min(burst, turns + (time - filledAt) / msPerTurn);
    filledAt = time;
  }

  async function take(signal: AbortSignal | undefined) {
    for (;;) {
      signal?.throwIfAborted();
      refill();
      // A hair less than a whole turn is one: rounding must not cost another sleep.
      const untilTurn = turns >= 1 - 1e-6 ? 0 : (1 - turns) * msPerTurn;
      const wait = Math.max(untilTurn, pause.left());
      if (wait <= 0) break;
      await clock.sleep(wait, signal);
    }
    turns -= 1;
  }

  return {
    turn(signal) {
      const mine = last.then(() => take(signal));
      last = mine.catch(() => {});
      return signal ? orAborted(mine, signal) : mine;
    },
    pauseUntil(time) {
      pause.lastUntil(time);
    },
    get pausedUntil() {
      return clock.now() + pause.left();
    },
  };
}

/** Shares a pacer's turns and its pauses, and has pauses of its own besides. */
export function withOwnPause(pacer: Pacer, clock: Clock): Pacer {
  const pause = createPause(clock);
  return {
    async turn(signal) {
      for (let wait = pause.left(); wait > 0; wait = pause.left()) await clock.sleep(wait, signal);
      await pacer.turn(signal);
    },
    pauseUntil(time) {
      pause.lastUntil(time);
    },
    get pausedUntil() {
      return Math.max(clock.now() + pause.left(), pacer.pausedUntil);
    },
  };
}

/** A pause that lasts as long as it was meant to, also where the clock is set meanwhile. `left` is negative when it is over. */
function createPause(clock: Clock) {
  let until = 0;
  return {
    lastUntil(time: number): void {
      until = Math.max(until, clock.monotonic() + time - clock.now());
    },
    left: (): number => until - clock.monotonic(),
  };
}

/** Whoever waits behind others gives up at once, not when it would have been their turn. */
function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
