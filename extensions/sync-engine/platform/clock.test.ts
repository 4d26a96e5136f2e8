import { expect, test } from "vitest";
import { systemClock } from "./clock.ts";

test("systemClock.now() is the time of day, and monotonic() never goes back", () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
  const start = systemClock.monotonic();
  expect(systemClock.monotonic()).toBeGreaterThanOrEqual(start);
});

test("systemClock.sleep() wakes up when its time is over", async () => {
  const start = systemClock.monotonic();
  await systemClock.sleep(5, new AbortController().signal);
  expect(systemClock.monotonic() - start).toBeGreaterThan(3);
});

test("systemClock.sleep() ends with the reason of an abort, before and meanwhile", async () => {
  const stop = new AbortController();
  const asleep = systemClock.sleep(3_600_000, stop.signal);
  stop.abort(new Error("enough"));
  await expect(asleep).rejects.toThrow("enough");
  await expect(systemClock.sleep(3_600_000, stop.signal)).rejects.toThrow("enough");
});
