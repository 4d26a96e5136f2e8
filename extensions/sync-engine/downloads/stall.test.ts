import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { watchForStall } from "./stall.ts";

test("watchForStall() aborts after the silence, not before", async () => {
  const clock = new FakeClock();
  const watch = watchForStall(clock, undefined, { idleMs: 30_000 });
  await clock.advance(20_000);
  watch.touch();
  await clock.advance(29_999);
  expect(watch.signal.aborted).toBe(false);
  await clock.advance(1);
  expect(watch.signal.reason).toBeInstanceOf(SyncError);
  expect(watch.signal.reason.kind).toBe("retryable");
});

test("watchForStall() hands on the caller's abort with its reason", () => {
  const stop = new AbortController();
  const watch = watchForStall(new FakeClock(), stop.signal);
  stop.abort(new SyncError("cancelled", "Stopped"));
  expect(watch.signal.reason.kind).toBe("cancelled");
  watch.stop();
});

test("watchForStall() leaves nothing asleep once stopped", async () => {
  const clock = new FakeClock();
  const watch = watchForStall(clock, undefined);
  watch.stop();
  await clock.advance(60_000);
  expect(clock.sleeping).toBe(0);
  expect(watch.signal.aborted).toBe(false);
});
