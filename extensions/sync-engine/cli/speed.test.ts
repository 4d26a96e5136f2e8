import { expect, test } from "vitest";
import { Speed } from "./speed.ts";

test("Speed.note() tells bytes per second over the last seconds", () => {
  const speed = new Speed();
  expect(speed.note(0, 0)).toBe(0);
  expect(speed.note(100, 1000)).toBe(0);
  expect(speed.note(1000, 2000)).toBe(2000);
  expect(speed.note(10_000, 11_000)).toBe(1000);
});

test("Speed.note() is never below zero, when a transfer starts anew", () => {
  const speed = new Speed();
  speed.note(0, 5000);
  expect(speed.note(1000, 100)).toBe(0);
});
