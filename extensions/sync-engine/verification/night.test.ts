import { expect, test } from "vitest";
import { nightAt } from "./night.ts";

/** Local time, as the window is. */
const at = (day: number, hours: number, minutes = 0) =>
  new Date(2026, 2, day, hours, minutes).getTime();

const EARLY = { gigabytes: 10, from: 2 * 60, to: 5 * 60 };
const LATE = { gigabytes: 10, from: 23 * 60, to: 60 };

test("nightAt() does nothing without a plan", () => {
  expect(nightAt(null, null, at(4, 3))).toEqual({ kind: "off" });
});

test("nightAt() waits for the window, today's or tomorrow's", () => {
  expect(nightAt(EARLY, null, at(4, 1, 59))).toEqual({ kind: "wait", until: at(4, 2) });
  expect(nightAt(EARLY, null, at(4, 5))).toEqual({ kind: "wait", until: at(5, 2) });
});

test("nightAt() runs within the window, with the whole budget", () => {
  const night = { kind: "run", night: at(4, 2), until: at(4, 5), bytes: 10e9 };
  expect(nightAt(EARLY, null, at(4, 2))).toEqual(night);
  expect(nightAt(EARLY, { night: at(3, 2), bytes: 9e9 }, at(4, 4, 59))).toEqual(night);
});

test("nightAt() runs over midnight", () => {
  const night = { kind: "run", night: at(4, 23), until: at(5, 1), bytes: 10e9 };
  expect(nightAt(LATE, null, at(4, 23, 30))).toEqual(night);
  expect(nightAt(LATE, null, at(5, 0, 30))).toEqual(night);
  expect(nightAt(LATE, null, at(5, 1))).toEqual({ kind: "wait", until: at(5, 23) });
});

test("nightAt() goes on with what is left of the budget, and then waits for the next night", () => {
  expect(nightAt(LATE, { night: at(4, 23), bytes: 4e9 }, at(5, 0, 30)))
    .toMatchObject({ kind: "run", bytes: 6e9 });
  expect(nightAt(LATE, { night: at(4, 23), bytes: 10e9 }, at(5, 0, 30)))
    .toEqual({ kind: "wait", until: at(5, 23) });
});

test("nightAt() takes a window that ends when it begins for a whole day", () => {
  const always = { gigabytes: 1, from: 600, to: 600 };
  expect(nightAt(always, null, at(4, 9)))
    .toEqual({ kind: "run", night: at(3, 10), until: at(4, 10), bytes: 1e9 });
});
