import { expect, test } from "vitest";
import { FakeClock } from "./fake_clock.ts";

test("FakeClock.advance() wakes sleepers in the order of their times", async () => {
  const clock = new FakeClock(0);
  const woken: string[] = [];
  clock.sleep(20).then(() => woken.push(`b at ${clock.now()}`));
  clock.sleep(10).then(() => woken.push(`a at ${clock.now()}`));
  await clock.advance(15);
  expect(woken).toEqual(["a at 10"]);
  await clock.advance(15);
  expect(woken).toEqual(["a at 10", "b at 20"]);
  expect(clock.now()).toBe(30);
});

test("FakeClock.sleep() rejects with the reason of an aborted signal", async () => {
  const clock = new FakeClock(0);
  const stop = new AbortController();
  const asleep = clock.sleep(10, stop.signal);
  stop.abort(new Error("enough"));
  await expect(asleep).rejects.toThrow("enough");
  expect(clock.sleeping).toBe(0);
});

test("FakeClock.finish() runs work that sleeps again and again", async () => {
  const clock = new FakeClock(0);
  const work = async () => {
    for (let i = 0; i < 5; i++) await clock.sleep(1000);
    return clock.now();
  };
  expect(await clock.finish(work())).toBe(5000);
});

test("FakeClock.set() changes the wall clock and wakes nobody", async () => {
  const clock = new FakeClock(1000);
  const woken: number[] = [];
  clock.sleep(10).then(() => woken.push(clock.now()));
  clock.set(-500);
  expect([clock.now(), clock.monotonic()]).toEqual([500, 1000]);
  await clock.advance(10);
  expect(woken).toEqual([510]);
});
