import fc from "fast-check";
import { expect, test } from "vitest";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { burst, Throttle } from "./throttle.ts";

const never = new AbortController().signal;
const BLOCK = 1024 * 1024;

interface Passed {
  readonly at: number;
  readonly bytes: number;
  readonly by: number;
}

/** Transfers that want as much as they get, each in blocks of its own size, for so many milliseconds. */
async function compete(
  clock: FakeClock,
  throttle: Throttle,
  blocks: readonly number[],
  ms: number,
): Promise<Passed[]> {
  const passed: Passed[] = [];
  const stop = new AbortController();
  const transfers = blocks.map(async (block, by) => {
    for (;;) {
      const bytes = await throttle.take(block, stop.signal);
      passed.push({ at: clock.monotonic(), bytes, by });
    }
  });
  await clock.advance(ms);
  stop.abort("Over");
  await Promise.allSettled(transfers);
  return passed;
}

const sum = (passed: readonly Passed[]) => passed.reduce((all, { bytes }) => all + bytes, 0);

test("Throttle lets no more pass in any time than the limit and one burst, and uses what it may", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 10_000, max: 1_500_000 }),
      fc.array(fc.integer({ min: 30_000, max: BLOCK }), { minLength: 1, maxLength: 6 }),
      async (limit, blocks) => {
        const clock = new FakeClock(0);
        const passed = await compete(clock, new Throttle(clock, () => limit), blocks, 2_000);
        let [bytes, least] = [0, 0];
        for (const one of passed) {
          // The least that any window's beginning was behind the limit's straight line.
          least = Math.min(least, bytes - one.at / 1000 * limit);
          bytes += one.bytes;
          const most = bytes - one.at / 1000 * limit - least;
          if (most > burst(limit) + 1) expect.fail(`${most} bytes too many at ${one.at}`);
        }
        // What comes with the last turn may still be under way.
        expect(sum(passed)).toBeGreaterThanOrEqual(0.95 * (limit * 2 - burst(limit)));
      },
    ),
    { numRuns: 8 },
  );
});

test("Throttle gives each transfer that always wants more the same", async () => {
  const clock = new FakeClock(0);
  const blocks = [BLOCK, 300_000, BLOCK, BLOCK];
  const passed = await compete(clock, new Throttle(clock, () => 2_000_000), blocks, 3_000);
  for (const by of blocks.keys()) {
    const share = sum(passed.filter((one) => one.by === by)) / sum(passed);
    expect(Math.abs(share - 0.25)).toBeLessThan(0.02);
  }
});

test.each([100_000, 100_000_000])("Throttle keeps to %i bytes a second", async (limit) => {
  const clock = new FakeClock(0);
  const blocks = Array<number>(8).fill(BLOCK);
  const passed = await compete(clock, new Throttle(clock, () => limit), blocks, 1_000);
  expect(sum(passed) / limit).toBeGreaterThan(0.95);
  expect(sum(passed) / limit).toBeLessThanOrEqual(1.001);
});

test("Throttle without a limit answers at once and with all", () => {
  const throttle = new Throttle(new FakeClock(), () => null);
  expect(throttle.take(BLOCK, never)).toBe(BLOCK);
});

test("Throttle heeds a limit that changes, also for who waits already", async () => {
  const clock = new FakeClock(0);
  let limit: number | null = 10_000;
  const throttle = new Throttle(clock, () => limit);
  await compete(clock, throttle, [BLOCK], 1_000);
  const waiting = [throttle.take(BLOCK, never), throttle.take(BLOCK, never)];
  limit = null;
  await clock.advance(500);
  expect(await Promise.all(waiting)).toEqual([BLOCK, BLOCK]);
  limit = 50_000;
  const passed = await compete(clock, throttle, [BLOCK], 4_000);
  expect(Math.abs(sum(passed) - 200_000)).toBeLessThanOrEqual(burst(50_000));
});

test("Throttle hands on what was granted and did not come", async () => {
  const clock = new FakeClock(0);
  const throttle = new Throttle(clock, () => 1_000_000);
  await clock.advance(100);
  const granted = await throttle.take(BLOCK, never);
  throttle.giveBack(granted);
  // All 100 ms are there still, in turns of 20 ms.
  const again = Array.from({ length: 5 }, () => throttle.take(BLOCK, never));
  expect(again).toEqual(Array(5).fill(20_000));
});

test("Throttle lets a transfer go that is stopped while it waits, and keeps its turn for others", async () => {
  const clock = new FakeClock(0);
  const throttle = new Throttle(clock, () => 10_000);
  const stop = new AbortController();
  const first = throttle.take(4096, stop.signal);
  const second = throttle.take(4096, never);
  stop.abort(new Error("Stopped"));
  await expect(first).rejects.toThrow("Stopped");
  await clock.advance(420);
  expect(await second).toBe(4096);
});

test.each([10_000, 100_000, 5_000_000])(
  "Throttle of %i bytes a second has few and large shares asked for, and keeps to the limit with them",
  async (limit) => {
    const clock = new FakeClock(0);
    const throttle = new Throttle(clock, () => limit);
    expect(throttle.isLow).toBe(true);
    let [bytes, turns] = [0, 0];
    const stop = new AbortController();
    const transfers = Array.from({ length: 3 }, async () => {
      for (;;) {
        const share = await throttle.takeAhead(4 * BLOCK, stop.signal);
        bytes += share;
        turns++;
      }
    });
    await clock.advance(10_000);
    stop.abort("Over");
    await Promise.allSettled(transfers);
    expect(Math.abs(bytes / (10 * limit) - 1)).toBeLessThan(0.05);
    expect(turns).toBeLessThanOrEqual(26);
  },
);

test("Throttle is low up to some megabytes a second, and never without a limit", () => {
  let limit: number | null = null;
  const throttle = new Throttle(new FakeClock(), () => limit);
  expect(throttle.isLow).toBe(false);
  limit = 50_000_000;
  expect(throttle.isLow).toBe(false);
  limit = 1_000_000;
  expect(throttle.isLow).toBe(true);
});

test("Throttle makes up for what came without having been granted", async () => {
  const clock = new FakeClock(0);
  const throttle = new Throttle(clock, () => 100_000);
  throttle.giveBack(-10_000);
  const share = throttle.takeAhead(5_000, never);
  await clock.advance(149);
  let came = false;
  void Promise.resolve(share).then(() => came = true);
  await clock.advance(0);
  expect(came).toBe(false);
  await clock.advance(1);
  expect(await share).toBe(5_000);
});
