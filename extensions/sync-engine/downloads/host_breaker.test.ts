import { expect, test } from "vitest";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { HostBreaker, TRIP_AFTER } from "./host_breaker.ts";

const SECOND = 1000;
const HOST = "dl.example.com";

function breakOne(breaker: HostBreaker, file: string) {
  breaker.enter(HOST, file);
  return breaker.left(HOST, file, "broke");
}

/** A host that has just begun its first rest. */
function tripped(clock = new FakeClock()) {
  const breaker = new HostBreaker(clock);
  for (let i = 0; i < TRIP_AFTER; i++) breakOne(breaker, `${i % 3}`);
  return { breaker, clock };
}

test("HostBreaker lets a host rest when the transfers of several files broke in a row", () => {
  const { breaker } = tripped();
  expect(breaker.waitFor(HOST, "x")).toBe(30 * SECOND);
  expect(breaker.waitFor("other.example.com", "x")).toBe(0);
});

test("HostBreaker does not blame the host for a single file, or when one works in between", () => {
  const breaker = new HostBreaker(new FakeClock());
  for (let i = 0; i < 20; i++) breakOne(breaker, `${i % 2}`);
  expect(breaker.waitFor(HOST, "x")).toBe(0);
  for (let i = 0; i < 20; i++) {
    breakOne(breaker, `${i}`);
    if (i % 4 === 0) breaker.left(HOST, `${i}`, "worked");
  }
  expect(breaker.waitFor(HOST, "x")).toBe(0);
});

test("HostBreaker lets a single transfer try after a rest, and opens when that works", async () => {
  const { breaker, clock } = tripped();
  await clock.advance(30 * SECOND);
  expect(breaker.waitFor(HOST, "x")).toBe(0);
  breaker.enter(HOST, "x");
  expect(breaker.waitFor(HOST, "y")).toBeGreaterThan(0);
  breaker.left(HOST, "x", "worked");
  expect(breaker.waitFor(HOST, "y")).toBe(0);
});

test("HostBreaker lets another try when the one that tried was stopped", async () => {
  const { breaker, clock } = tripped();
  await clock.advance(30 * SECOND);
  breaker.enter(HOST, "x");
  breaker.left(HOST, "x", "unknown");
  expect(breaker.waitFor(HOST, "y")).toBe(0);
});

test("HostBreaker rests longer each time, and gives a host up after two hours", async () => {
  const { breaker, clock } = tripped();
  const begun = clock.now();
  const rests = [];
  for (let wait = breaker.waitFor(HOST, "x"); wait < Infinity; wait = breaker.waitFor(HOST, "x")) {
    rests.push(wait / SECOND);
    await clock.advance(wait);
    // The one that tries is judged like any other.
    expect(breakOne(breaker, "x").counts).toBe(true);
  }
  expect(rests.slice(0, 6)).toEqual([30, 60, 120, 240, 300, 300]);
  expect((clock.now() - begun) / (60 * SECOND)).toBeCloseTo(107.5);
});

test("HostBreaker does not blame files whose transfers were under way already", () => {
  const { breaker } = tripped();
  expect(breaker.left(HOST, "late", "broke")).toEqual({ ms: 30 * SECOND, counts: false });
});

test("HostBreaker tells whole milliseconds, which is what the queue takes", async () => {
  const clock = new FakeClock();
  await clock.advance(0.25);
  const { breaker } = tripped(clock);
  await clock.advance(0.5);
  expect(breaker.waitFor(HOST, "x")).toBe(30 * SECOND);
});

test("HostBreaker is crowded when many wait for one host", () => {
  const { breaker } = tripped();
  for (let i = 0; i < 19; i++) breaker.waitFor(HOST, `${i}`);
  expect(breaker.crowded()).toBe(0);
  breaker.waitFor(HOST, "one more");
  expect(breaker.crowded()).toBe(30 * SECOND);
});
