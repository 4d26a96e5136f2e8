import { expect, test } from "vitest";
import { MOST_REFUSALS, Refusals } from "./refusals.ts";

test("Refusals.refused() suspects a file only when others get theirs between its refusals", () => {
  const refusals = new Refusals();
  expect(refusals.refused("a")).toEqual({ times: 1, isSuspect: false });
  expect(refusals.refused("a")).toEqual({ times: 2, isSuspect: false });
  refusals.granted("b");
  expect(refusals.refused("a")).toEqual({ times: 3, isSuspect: true });
  // It stays so: nothing that comes later takes the proof back.
  expect(refusals.refused("a")).toEqual({ times: 4, isSuspect: true });
});

test("Refusals forget a file that got its address, or was refused too often", () => {
  const refusals = new Refusals();
  refusals.refused("a");
  refusals.granted("a");
  expect(refusals.refused("a")).toEqual({ times: 1, isSuspect: false });
  for (let times = 2; times <= MOST_REFUSALS; times++) {
    expect(refusals.refused("a").times).toBe(times);
  }
  expect(refusals.refused("a").times).toBe(1);
});
