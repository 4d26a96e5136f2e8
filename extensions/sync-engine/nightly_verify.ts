import * as v from "valibot";
import { openRoot } from "./files/marker.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import type { Settings, VerifyOverview } from "./protocol.ts";
import { readRootId } from "./root_id.ts";
import type { Store } from "./store/store.ts";
import { judge } from "./verification/judge.ts";
import { nightAt, type NightState } from "./verification/night.ts";
import { type Candidate, choose } from "./verification/subset.ts";
import { VerdictLog } from "./verification/verdict_log.ts";

/** Longest time in milliseconds until the clock is looked at again: a computer that slept does not know how long. */
const LONGEST_SLEEP_MS = 10 * 60_000;

/** After what went wrong (a drive that is not there) it is tried again. Milliseconds. */
const PAUSE_AFTER_FAULT_MS = 10 * 60_000;

/** How long it reads in one go, in milliseconds; then it rests as long: half of the disk's time is others'. */
const READING_MS = 50;

/** Files after which it is noted how much was read. */
const NOTE_EVERY = 64;

/** Rows of a table that are read without a pause. */
const ROWS_AT_ONCE = 10_000;

const NightSchema = v.strictObject({
  /** When it began, in milliseconds since the Unix epoch. */
  night: v.pipe(v.number(), v.safeInteger()),
  /** When something was read last. */
  at: v.pipe(v.number(), v.safeInteger()),
  files: v.number(),
  bytes: v.number(),
  bad: v.number(),
  /** Nothing is left that was not looked at in this night. */
  isDone: v.boolean(),
});

type Night = v.InferOutput<typeof NightSchema>;

const KEY = "verifyNight";

/** What the last night brought. */
export function lastNight(store: Store): VerifyOverview["night"] {
  const last = store.settings.get(KEY, v.nullable(NightSchema), null);
  if (!last) return null;
  const { at, files, bytes, bad } = last;
  return { at, files, bytes, bad };
}

/** What {@linkcode NightlyVerify} needs. */
export interface NightlyVerifyPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: () => Pick<Settings, "root" | "nightlyVerify">;
  /** Whether something runs that it must not disturb. */
  readonly isBusy: () => boolean;
  /** Hears that something was found out. */
  readonly told: () => void;
}

/**
 * Verifies by night, as long as the app runs: what was not looked at for longest first, so much each night. It makes room
 * at once for anything else, and goes on after it.
 */
export class NightlyVerify {
  readonly #ports: NightlyVerifyPorts;
  /** Ends what goes on at the moment, a sleep or the reading, so that all is looked at anew. */
  #turn = new AbortController();
  #working: Promise<void> = Promise.resolve();
  #started = false;
  #closed = false;

  constructor(ports: NightlyVerifyPorts) {
    this.#ports = ports;
  }

  /** Watches the clock from now on. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#watch();
  }

  /** The plan or what runs is not what it was. Resolves when nothing is read any more that must not be. */
  async review(): Promise<void> {
    this.#turn.abort("Looked at anew");
    await this.#working;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.review();
  }

  async #watch(): Promise<void> {
    while (!this.#closed) {
      this.#turn = new AbortController();
      const { signal } = this.#turn;
      const state = this.#state();
      if (state.kind === "run" && !this.#ports.isBusy()) {
        this.#working = this.#work(state, signal);
        await this.#working;
      } else {
        await this.#rest(state, signal);
      }
    }
  }

  #state(): NightState {
    const { settings, clock } = this.#ports;
    const last = this.#last();
    const bytes = last?.isDone ? Infinity : last?.bytes ?? 0;
    const spent = last && { night: last.night, bytes };
    return nightAt(settings().nightlyVerify, spent, clock.now());
  }

  #last(): Night | null {
    return this.#ports.store.settings.get(KEY, v.nullable(NightSchema), null);
  }

  /** Until the window begins or ends, what runs ends, or the plan changes. */
  async #rest(state: NightState, signal: AbortSignal): Promise<void> {
    const { clock } = this.#ports;
    if (state.kind === "off") {
      return await new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    }
    const ms = Math.min(LONGEST_SLEEP_MS, state.until - clock.now());
    await clock.sleep(ms, signal).catch(() => {});
  }

  async #work(state: Running, signal: AbortSignal): Promise<void> {
    const { store, fs, clock, random, log, settings, told } = this.#ports;
    const last = this.#last();
    const night = last?.night === state.night
      ? { ...last }
      : { night: state.night, at: clock.now(), files: 0, bytes: 0, bad: 0, isDone: false };
    try {
      const { root } = settings();
      const expectedId = readRootId(store);
      if (expectedId !== null) {
        await openRoot(fs, root, { expectedId, random, clock });
        await this.#read(state, night, root, signal);
      }
      night.isDone = clock.now() < state.until;
      this.#note(night);
      log.info("Verified by night", { files: night.files, bytes: night.bytes, bad: night.bad });
    } catch (error) {
      if (signal.aborted || clock.now() >= state.until) return this.#note(night);
      log.warn("The nightly verification broke off", { kind: classifyThrown(error).kind });
      await clock.sleep(PAUSE_AFTER_FAULT_MS, signal).catch(() => {});
    } finally {
      told();
    }
  }

  async #read(state: Running, night: Mutable<Night>, root: string, signal: AbortSignal) {
    const { store, clock } = this.#ports;
    const chosen = choose(await this.#candidates(state.night, signal), {
      subset: { kind: "size", bytes: state.bytes },
      oldest: true,
      seed: "",
    });
    const verdicts = new VerdictLog(store, clock);
    const rest = this.#pace(state.until, signal);
    try {
      for (const { id } of chosen) {
        const judged = await judge({ ...this.#ports, root }, id, {
          signal,
          onBytes(bytes) {
            night.bytes += bytes;
            return rest();
          },
        });
        await rest();
        if (!judged) continue;
        verdicts.add(id, judged.verdict);
        night.files++;
        night.bad += judged.verdict === "OK" ? 0 : 1;
        if (night.files % NOTE_EVERY === 0) this.#note(night);
      }
    } finally {
      verdicts.flush();
    }
  }

  /** What was not looked at in this night. */
  async #candidates(night: number, signal: AbortSignal): Promise<Candidate[]> {
    const { store, clock } = this.#ports;
    const candidates: Candidate[] = [];
    let rows = 0;
    for (const { id, size, verifiedAt, verdict, downloadedAt } of store.verifications.all()) {
      const checkedAt = verifiedAt ?? downloadedAt;
      const isBad = verdict !== null && verdict !== "OK";
      if (checkedAt < night) candidates.push({ id, size, checkedAt, isBad });
      if (++rows % ROWS_AT_ONCE === 0) await clock.sleep(0, signal);
    }
    return candidates;
  }

  /** Rests now and then; ends the reading when the window does. */
  #pace(until: number, signal: AbortSignal): () => Promise<void> | void {
    const { clock } = this.#ports;
    let since = clock.monotonic();
    return () => {
      if (clock.now() >= until) throw new SyncError("cancelled", "The night is over");
      const took = clock.monotonic() - since;
      if (took < READING_MS) return;
      return clock.sleep(took, signal).then(() => {
        since = clock.monotonic();
      });
    };
  }

  #note(night: Night): void {
    const { store, clock } = this.#ports;
    store.settings.set(KEY, NightSchema, { ...night, at: clock.now() });
  }
}

type Running = NightState & { readonly kind: "run" };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
