import { expect, test } from "vitest";
import { limitAt } from "./bandwidth_schedule.ts";

/** Local time, as the windows are. */
const at = (hours: number, minutes = 0) => new Date(2026, 2, 4, hours, minutes).getTime();

const window = (from: number, to: number, limit: number | null) => ({
  from: from * 60,
  to: to * 60,
  limit,
});

test("limitAt() is the general one outside of windows, in bytes", () => {
  expect(limitAt({ bandwidth: null, bandwidthWindows: [] }, at(3))).toBeNull();
  expect(limitAt({ bandwidth: 2000, bandwidthWindows: [] }, at(3))).toBe(2_000_000);
  const bandwidthWindows = [window(12, 13, 500)];
  expect(limitAt({ bandwidth: 2000, bandwidthWindows }, at(11, 59))).toBe(2_000_000);
  expect(limitAt({ bandwidth: 2000, bandwidthWindows }, at(12))).toBe(500_000);
  expect(limitAt({ bandwidth: 2000, bandwidthWindows }, at(12, 59))).toBe(500_000);
  expect(limitAt({ bandwidth: 2000, bandwidthWindows }, at(13))).toBe(2_000_000);
});

test("limitAt() knows windows over midnight, and windows without a limit", () => {
  const schedule = { bandwidth: 100, bandwidthWindows: [window(22, 7, null)] };
  for (const hour of [22, 23, 0, 6]) expect(limitAt(schedule, at(hour))).toBeNull();
  for (const hour of [7, 12, 21]) expect(limitAt(schedule, at(hour))).toBe(100_000);
});

test("limitAt() takes the first of the windows that hold the time", () => {
  const bandwidthWindows = [window(12, 13, 1), window(8, 18, 2), window(0, 0, 3)];
  const limits = [12, 9, 20].map((hour) =>
    limitAt({ bandwidth: null, bandwidthWindows }, at(hour))
  );
  expect(limits).toEqual([1_000, 2_000, 3_000]);
});
