import type { Failure } from "../platform/errors.ts";
import type { Clock } from "../platform/ports.ts";
import { LONGEST_PAUSE_MS } from "../store/pauses.ts";
import type { Store } from "../store/store.ts";

/** How often a provider may be asked for a download address, as its manifest says. */
export interface MintRate {
  /** Milliseconds from one address to the next, until more is learnt. */
  readonly startMs: number;
  /** The longest that is waited between two, however often the site throttles. */
  readonly slowestMs: number;
  /** The shortest that is ever tried. */
  readonly fastestMs: number;
  /** Addresses that may be asked for at once after a rest. */
  readonly burst: number;
  /** Addresses that are asked for side by side. */
  readonly atOnce: number;
}

/** The two ways in which a site asks for silence. */
export type Throttling = Extract<Failure, { readonly kind: "throttled" | "challenged" }>;

/** Addresses without trouble after which a little more is tried. */
export const STEP_AFTER = 25;

/** What is tried then is faster by this share of the rate that it began with. */
const STEP = 0.1;

/** Silences grow to this, unless the site itself asks for more. */
const LONGEST_SILENCE_MS = 60 * 60_000;

/**
 * What each repeated silence adds, in shares of the first: 5, 10, 15 minutes after a refusal, 30, 45, 60 minutes after
 * a bot check, as measured on MyMiniFactory.
 */
const GROWTH: Readonly<Record<Throttling["kind"], number>> = { throttled: 1, challenged: 0.5 };

/** What {@linkcode MintPace} needs. */
export interface MintPacePorts {
  readonly store: Pick<Store, "paces" | "pauses" | "transaction">;
  readonly clock: Clock;
}

/**
 * The budget for one provider's download addresses: a token bucket whose rate is learnt. It rises by a little after
 * each stretch without trouble and is halved when the site throttles; silences grow while one follows the other. What
 * was learnt is remembered across restarts.
 */
export class MintPace {
  readonly #ports: MintPacePorts;
  readonly #provider: string;
  readonly #rate: MintRate | null;
  #intervalMs: number;
  #silences: number;
  #streak = 0;
  #underWay = 0;
  /** One and not `burst`: a program that is started again and again must not have a rest each time. */
  #turns = 1;
  #filledAt: number;

  /** @param rate Null where addresses cost nothing: silences are kept all the same. */
  constructor(ports: MintPacePorts, provider: string, rate: MintRate | null) {
    const known = ports.store.paces.get(provider);
    this.#ports = ports;
    this.#provider = provider;
    this.#rate = rate;
    this.#intervalMs = rate ? within(rate, known?.intervalMs ?? rate.startMs) : 0;
    this.#silences = known?.silences ?? 0;
    this.#filledAt = ports.clock.monotonic();
  }

  /** Milliseconds from one address to the next just now, null where they cost nothing. */
  get everyMs(): number | null {
    return this.#rate ? Math.round(this.#intervalMs) : null;
  }

  /**
   * Takes a turn when there is one; it ends with `succeeded`, `refused` or `giveBack`.
   *
   * @returns 0, or the milliseconds after which to ask again.
   */
  take(): number {
    if (this.#rate) {
      this.#refill(this.#rate);
      if (this.#turns < 1 - 1e-6) return Math.ceil((1 - this.#turns) * this.#intervalMs);
      if (this.#underWay >= this.#rate.atOnce) return Math.ceil(this.#intervalMs);
      this.#turns -= 1;
    }
    this.#underWay++;
    return 0;
  }

  /** Ends a turn that says nothing about the site's limits. @param wasUsed Whether the site was asked. */
  giveBack(wasUsed: boolean): void {
    this.#underWay--;
    if (!wasUsed) this.#turns += 1;
  }

  /** Ends a turn that brought an address. */
  succeeded(): void {
    this.#underWay--;
    const before = { intervalMs: this.#intervalMs, silences: this.#silences };
    this.#silences = Math.max(0, this.#silences - 1);
    if (this.#rate && ++this.#streak >= STEP_AFTER) {
      this.#streak = 0;
      const perMs = 1 / this.#intervalMs + STEP / this.#rate.startMs;
      this.#intervalMs = within(this.#rate, 1 / perMs);
    }
    if (before.intervalMs !== this.#intervalMs || before.silences !== this.#silences) this.#save();
  }

  /**
   * Ends a turn that the site refused, and begins the silence that it asks for. Refusals of what was under way already
   * count once.
   *
   * @param isTheItem Whether the item has more to do with it than the pace: nothing is learnt then.
   * @returns Milliseconds of silence.
   */
  refused({ kind, after }: Throttling, isTheItem: boolean): number {
    this.#underWay--;
    const { store, clock } = this.#ports;
    const now = clock.now();
    const running = store.pauses.get(this.#provider, "downloads", now);
    const grown = after * (1 + GROWTH[kind] * this.#silences);
    const learns = !running && !isTheItem;
    const silence = learns ? Math.max(after, Math.min(grown, LONGEST_SILENCE_MS)) : after;
    const until = now + Math.ceil(Math.min(silence, LONGEST_PAUSE_MS));
    store.transaction(() => {
      store.pauses.set({ provider: this.#provider, scope: "downloads", until, reason: kind });
      if (!learns) return;
      this.#silences++;
      this.#streak = 0;
      if (this.#rate) this.#intervalMs = within(this.#rate, this.#intervalMs * 2);
      this.#save();
    });
    return Math.max(until, running?.until ?? 0) - now;
  }

  #refill({ burst }: MintRate): void {
    const now = this.#ports.clock.monotonic();
    // After trouble the next address is a probe, and one is enough for that.
    const most = this.#silences > 0 ? 1 : burst;
    const gained = (now - this.#filledAt) / this.#intervalMs;
    this.#turns = Math.min(most, this.#turns + gained);
    this.#filledAt = now;
  }

  #save(): void {
    const { store } = this.#ports;
    store.paces.set(this.#provider, { intervalMs: this.#intervalMs, silences: this.#silences });
  }
}

function within({ fastestMs, slowestMs }: MintRate, intervalMs: number): number {
  return Math.min(slowestMs, Math.max(fastestMs, intervalMs));
}
