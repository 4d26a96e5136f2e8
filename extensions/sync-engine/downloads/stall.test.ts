import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { watchForStall } from "./stall.ts";

test("watchForStall() aborts when nothing came for a whole window", async () => {
  const clock = new FakeClock();
  const watch = watchForStall(clock);
  watch.touch(100_000);
  await clock.advance(59_999);
  expect(watch.signal.aborted).toBe(false);
  await clock.advance(1);
  expect(watch.signal.reason).toBeInstanceOf(SyncError);
  expect(watch.signal.reason.kind).toBe("retryable");
});

test("watchForStall() does not take a drip for a transfer", async () => {
  const clock = new FakeClock();
  const watch = watchForStall(clock);
  for (let second = 0; second < 30; second++) {
    watch.touch(199);
    await clock.advance(1000);
  }
  expect(watch.signal.reason.message).toBe("Only 5970 bytes arrived within 30 seconds");
});

test("watchForStall() lets a slow line go on", async () => {
  const clock = new FakeClock();
  const watch = watchForStall(clock);
  for (let second = 0; second < 300; second++) {
    watch.touch(201);
    await clock.advance(1000);
  }
  expect(watch.signal.aborted).toBe(false);
  watch.stop();
});

test("watchForStall() hands on the caller's abort with its reason", () => {
  const stop = new AbortController();
  const watch = watchForStall(new FakeClock(), [stop.signal]);
  stop.abort(new SyncError("cancelled", "Stopped"));
  expect(watch.signal.reason.kind).toBe("cancelled");
  watch.stop();
});

test("watchForStall() leaves nothing asleep once stopped", async () => {
  const clock = new FakeClock();
  const watch = watchForStall(clock);
  watch.stop();
  await clock.advance(60_000);
  expect(clock.sleeping).toBe(0);
  expect(watch.signal.aborted).toBe(false);
});

test("watchForStall() does not count the time in which nothing can come", async () => {
  const clock = new FakeClock();
  const watch = watchForStall(clock);
  await clock.advance(20_000);
  const waiting = watch.excuse(clock.sleep(100_000));
  await clock.advance(100_000);
  await waiting;
  await clock.advance(9_000);
  expect(watch.signal.aborted).toBe(false);
  await clock.advance(2_000);
  expect(watch.signal.aborted).toBe(true);
});

test("watchForStall() notices silence between many short waits", async () => {
  const clock = new FakeClock();
  const watch = watchForStall(clock);
  for (let i = 0; i < 100; i++) {
    await clock.advance(100);
    const waiting = watch.excuse(clock.sleep(900));
    await clock.advance(900);
    await waiting;
  }
  expect(watch.signal.aborted).toBe(false);
  await clock.advance(31_000);
  expect(watch.signal.aborted).toBe(true);
});
