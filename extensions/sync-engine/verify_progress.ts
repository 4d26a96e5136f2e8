import * as v from "valibot";
import type { VerifyOverview, VerifyParams } from "./protocol.ts";
import type { Store } from "./store/store.ts";

const Time = v.pipe(v.number(), v.safeInteger());

const RunSchema = v.strictObject({
  /** What was asked for: only the same is gone on with. */
  scope: v.string(),
  startedAt: Time,
  /** Of the sample. */
  seed: v.string(),
});

/** A verification that has begun and did not end. */
export type UnfinishedRun = v.InferOutput<typeof RunSchema>;

const LastSchema = v.strictObject({ at: Time, files: v.number(), bytes: v.number() });

const RUN_KEY = "verifyRun";
const LAST_KEY = "verifyLast";

/** What was found longer ago than this is looked at again, rather than gone on from. Milliseconds: 30 days. */
const STALE_MS = 30 * 24 * 3_600_000;

/** What tells one verification from another, for going on with it. */
export function scopeOf({ subset, oldest, olderThan, assetIds }: VerifyParams): string {
  return JSON.stringify({ subset, oldest: oldest || undefined, olderThan, assetIds });
}

/** The verification that was stopped and can be gone on with. */
export function unfinishedRun(store: Store, now: number): UnfinishedRun | null {
  const run = store.settings.get(RUN_KEY, v.nullable(RunSchema), null);
  return run && now - run.startedAt < STALE_MS && run.startedAt <= now ? run : null;
}

export function noteRun(store: Store, run: UnfinishedRun): void {
  store.settings.set(RUN_KEY, RunSchema, run);
}

export function forgetRun(store: Store): void {
  store.settings.remove(RUN_KEY);
}

/** The last verification of the whole library that came to its end. */
export function lastWhole(store: Store): VerifyOverview["last"] {
  return store.settings.get(LAST_KEY, v.nullable(LastSchema), null);
}

export function noteWhole(store: Store, last: NonNullable<VerifyOverview["last"]>): void {
  store.settings.set(LAST_KEY, LastSchema, last);
}
