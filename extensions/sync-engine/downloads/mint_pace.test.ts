import { expect, test } from "vitest";
import { type TempStore, tempStore } from "../store/testing/temp_store.ts";
import { MintPace, type MintRate, STEP_AFTER } from "./mint_pace.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const RATE: MintRate = {
  startMs: 12 * SECOND,
  slowestMs: 90 * SECOND,
  fastestMs: 6 * SECOND,
  burst: 3,
  atOnce: 1,
};
const REFUSED = { kind: "throttled", after: 5 * MINUTE } as const;
const CHALLENGED = { kind: "challenged", after: 30 * MINUTE } as const;

const paceOf = (world: TempStore, rate: MintRate | null = RATE) => new MintPace(world, "mmf", rate);

/** Takes so many turns, waiting for each. Returns the milliseconds that took. */
async function mint(world: TempStore, pace: MintPace, count: number): Promise<number> {
  const before = world.clock.now();
  for (let i = 0; i < count; i++) {
    for (let wait = pace.take(); wait > 0; wait = pace.take()) await world.clock.advance(wait);
    pace.succeeded();
  }
  return world.clock.now() - before;
}

/** Has one turn refused, and waits the silence out. Returns its milliseconds. */
async function refuse(
  world: TempStore,
  pace: MintPace,
  failure: typeof REFUSED | typeof CHALLENGED = REFUSED,
): Promise<number> {
  for (let wait = pace.take(); wait > 0; wait = pace.take()) await world.clock.advance(wait);
  const silence = pace.refused(failure, false);
  await world.clock.advance(silence);
  return silence;
}

test("MintPace lets one turn out after the other at the rate that it begins with", async () => {
  using world = tempStore();
  const pace = paceOf(world);
  expect(await mint(world, pace, 11)).toBe(10 * RATE.startMs);
});

test("MintPace lets some out at once after a rest, and no more than these", async () => {
  using world = tempStore();
  const pace = paceOf(world);
  await world.clock.advance(60 * MINUTE);
  expect(await mint(world, pace, 3)).toBe(0);
  expect(pace.take()).toBe(RATE.startMs);
});

test("MintPace lets no second turn out while one is under way, and gives back what was not used", async () => {
  using world = tempStore();
  const pace = paceOf(world);
  await world.clock.advance(60 * MINUTE);
  expect(pace.take()).toBe(0);
  expect(pace.take()).toBe(RATE.startMs);
  pace.giveBack(false);
  expect(await mint(world, pace, 3)).toBe(0);
});

test("MintPace goes up by a little after a stretch without trouble, never past the fastest", async () => {
  using world = tempStore();
  const pace = paceOf(world);
  await mint(world, pace, STEP_AFTER);
  // A tenth more than five a minute.
  expect(pace.everyMs).toBe(Math.round(12 * SECOND / 1.1));
  await mint(world, pace, 50 * STEP_AFTER);
  expect(pace.everyMs).toBe(RATE.fastestMs);
});

test("MintPace halves its rate at each refusal, never below the slowest", async () => {
  using world = tempStore();
  const pace = paceOf(world);
  const rates = [];
  for (let i = 0; i < 4; i++) {
    await refuse(world, pace);
    rates.push(pace.everyMs);
  }
  expect(rates).toEqual([24, 48, 90, 90].map((seconds) => seconds * SECOND));
});

test.each(
  [
    [REFUSED, [5, 10, 15, 20]],
    [CHALLENGED, [30, 45, 60, 60]],
  ] as const,
)("MintPace keeps silent longer with each repetition of %j", async (failure, minutes) => {
  using world = tempStore();
  const pace = paceOf(world);
  const silences = [];
  for (let i = 0; i < 4; i++) silences.push(await refuse(world, pace, failure));
  expect(silences).toEqual(minutes.map((one) => one * MINUTE));
});

test("MintPace never keeps silent for less than the site asks, however long that is", () => {
  using world = tempStore();
  const pace = paceOf(world);
  expect(pace.take()).toBe(0);
  expect(pace.refused({ kind: "throttled", after: 3 * 60 * MINUTE }, false)).toBe(180 * MINUTE);
});

test("MintPace shortens its silences again with each address that it gets", async () => {
  using world = tempStore();
  const pace = paceOf(world);
  for (let i = 0; i < 3; i++) await refuse(world, pace);
  await mint(world, pace, 2);
  expect(await refuse(world, pace)).toBe(10 * MINUTE);
  await mint(world, pace, 5);
  expect(await refuse(world, pace)).toBe(5 * MINUTE);
});

test("MintPace counts refusals once of what was under way together", async () => {
  using world = tempStore();
  const pace = paceOf(world, { ...RATE, atOnce: 3 });
  await world.clock.advance(60 * MINUTE);
  for (let i = 0; i < 3; i++) expect(pace.take()).toBe(0);
  expect(pace.refused(REFUSED, false)).toBe(5 * MINUTE);
  await world.clock.advance(SECOND);
  // The later one lengthens the silence, and that is all.
  expect(pace.refused(REFUSED, false)).toBe(5 * MINUTE);
  expect(pace.refused(CHALLENGED, false)).toBe(30 * MINUTE);
  expect(pace.everyMs).toBe(24 * SECOND);
  expect(world.store.paces.get("mmf")?.silences).toBe(1);
});

test("MintPace learns nothing of a refusal that is the item's own", () => {
  using world = tempStore();
  const pace = paceOf(world);
  expect(pace.take()).toBe(0);
  expect(pace.refused(REFUSED, true)).toBe(5 * MINUTE);
  expect(pace.everyMs).toBe(RATE.startMs);
  expect(world.store.pauses.get("mmf", "downloads", world.clock.now())).not.toBeNull();
});

test("MintPace remembers after a restart what it has learnt, and has no burst then", async () => {
  using world = tempStore();
  const before = paceOf(world);
  await refuse(world, before);
  await refuse(world, before);
  const pace = paceOf(world);
  expect(pace.everyMs).toBe(48 * SECOND);
  expect(await refuse(world, pace)).toBe(15 * MINUTE);
  using other = tempStore();
  expect(await mint(other, paceOf(other), 2)).toBe(RATE.startMs);
});

test("MintPace without a rate holds nobody up, and keeps silences all the same", async () => {
  using world = tempStore();
  const pace = paceOf(world, null);
  expect(await mint(world, pace, 1000)).toBe(0);
  expect(pace.everyMs).toBeNull();
  expect(await refuse(world, pace)).toBe(5 * MINUTE);
  expect(await refuse(world, pace)).toBe(10 * MINUTE);
});
