import { expect, test } from "vitest";
import { FakeClock } from "./platform/testing/fake_clock.ts";
import { SpeedMeter } from "./speed_meter.ts";

test("SpeedMeter tells the average of the last few seconds", async () => {
  const clock = new FakeClock(0);
  const meter = new SpeedMeter(clock);
  for (let i = 0; i < 100; i++) {
    meter.add(50_000);
    await clock.advance(50);
  }
  expect(Math.abs(meter.speed() - 1_000_000)).toBeLessThan(60_000);
});

test("SpeedMeter does not take the first bytes for a flood", () => {
  const meter = new SpeedMeter(new FakeClock(0));
  meter.add(100_000);
  expect(meter.speed()).toBe(100_000);
});

test("SpeedMeter falls to nothing where nothing comes", async () => {
  const clock = new FakeClock(0);
  const meter = new SpeedMeter(clock);
  expect(meter.speed()).toBe(0);
  meter.add(1_000_000);
  await clock.advance(2_000);
  expect(meter.speed()).toBe(500_000);
  await clock.advance(2_500);
  expect(meter.speed()).toBe(0);
});
