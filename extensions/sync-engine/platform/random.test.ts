import { expect, test } from "vitest";
import { systemRandom } from "./random.ts";
import { seededRandom } from "./testing/seeded_random.ts";

test("systemRandom.next() gives different numbers in [0, 1)", () => {
  const numbers = Array.from({ length: 1000 }, () => systemRandom.next());
  expect(numbers.every((one) => one >= 0 && one < 1)).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(990);
});

test("seededRandom() repeats with the same seed and differs with another", () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 5 }, () => random.next());
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("seededRandom().next() spreads evenly over [0, 1)", () => {
  const random = seededRandom(1);
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) {
    const at = Math.floor(random.next() * 10);
    tenths[at] = (tenths[at] ?? 0) + 1;
  }
  expect(tenths.length).toBe(10);
  expect(Math.min(...tenths)).toBeGreaterThan(850);
  expect(Math.max(...tenths)).toBeLessThan(1150);
});
