import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffDelay } from "./backoff.ts";

const retryable = { kind: "retryable" } as const;

test("backoffDelay() doubles and stays between half and whole", () => {
  const delays = (value: number) =>
    [1, 2, 3, 4].map((attempts) => backoffDelay(attempts, retryable, { next: () => value }));
  expect(delays(0)).toEqual([1000, 2000, 4000, 8000]);
  expect(delays(1)).toEqual([2000, 4000, 8000, 16000]);
});

test("backoffDelay() never goes below what the site asked for, nor above five minutes on its own", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, x) => {
        const random = { next: () => x };
        expect(backoffDelay(n, retryable, random)).toBeLessThanOrEqual(5 * 60_000);
        const asked = { kind: "throttled", after: 600_000 } as const;
        expect(backoffDelay(n, asked, random)).toBe(600_000);
      },
    ),
  );
});

test("backoffDelay() asks for a new lease at once, but only once", () => {
  const random = { next: () => 0 };
  expect(backoffDelay(1, { kind: "needsNewLease" }, random)).toBe(0);
  expect(backoffDelay(2, { kind: "needsNewLease" }, random)).toBe(2000);
});
