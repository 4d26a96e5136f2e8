import { expect, test } from "vitest";
import { FakeClock } from "./platform/testing/fake_clock.ts";
import { SpeedHistory } from "./speed_history.ts";

const newest = (history: SpeedHistory, n: number) => history.samples().slice(-n);

test("SpeedHistory has five minutes of silence to begin with", () => {
  expect(new SpeedHistory(new FakeClock(0)).samples()).toEqual(Array(300).fill(0));
});

test("SpeedHistory tells the bytes of each whole second, and nothing of the one that is not over", async () => {
  const clock = new FakeClock(500);
  const history = new SpeedHistory(clock);
  history.add(100);
  await clock.advance(400);
  history.add(10);
  expect(newest(history, 2)).toEqual([0, 0]);
  await clock.advance(200);
  history.add(7);
  expect(newest(history, 2)).toEqual([0, 110]);
  await clock.advance(3_000);
  expect(newest(history, 5)).toEqual([0, 110, 7, 0, 0]);
});

test("SpeedHistory forgets what is older than five minutes, also in a rest of hours", async () => {
  const clock = new FakeClock(0);
  const history = new SpeedHistory(clock);
  history.add(1);
  await clock.advance(300_000);
  expect(history.samples()[0]).toBe(1);
  await clock.advance(1_000);
  expect(Math.max(...history.samples())).toBe(0);
  history.add(5);
  await clock.advance(10 * 3_600_000);
  expect(Math.max(...history.samples())).toBe(0);
  expect(history.samples()).toHaveLength(300);
});
