import { expect, test } from "vitest";
import { LinkThrottle } from "./throttle.ts";

test("LinkThrottle refuses plainly first, then with a challenge, and anew with each attempt", () => {
  let now = 0;
  const throttle = new LinkThrottle({ links: 2, windowMs: 1_000 }, () => now);
  const ask = () => {
    const reply = throttle.refusal();
    return reply && [reply.status, reply.headers["cf-mitigated"]];
  };
  expect([ask(), ask()]).toEqual([null, null]);
  expect(ask()).toEqual([403, undefined]);
  now = 900;
  expect(ask()).toEqual([429, "challenge"]);
  now = 1_899;
  expect(ask()).toEqual([429, "challenge"]);
  now = 2_899;
  expect(ask()).toBeNull();
  expect(throttle.tally).toEqual({ granted: 3, refused: 1, escalations: 2 });
});

test("LinkThrottle refuses plainly again after a lockout that is shorter than its window", () => {
  let now = 0;
  const throttle = new LinkThrottle({ links: 1, windowMs: 1_000, lockoutMs: 100 }, () => now);
  expect(throttle.refusal()).toBeNull();
  expect(throttle.refusal()?.status).toBe(403);
  now = 100;
  expect(throttle.refusal()?.status).toBe(403);
  now = 1_000;
  expect(throttle.refusal()).toBeNull();
  expect(throttle.tally).toEqual({ granted: 2, refused: 2, escalations: 0 });
});

test("LinkThrottle lets links through that are spread over windows", () => {
  let now = 0;
  const throttle = new LinkThrottle({ links: 2, windowMs: 1_000 }, () => now);
  for (let i = 0; i < 10; i++, now += 500) expect(throttle.refusal()).toBeNull();
});

test("LinkThrottle refuses nothing without a quota", () => {
  const throttle = new LinkThrottle(null, () => 0);
  for (let i = 0; i < 100; i++) expect(throttle.refusal()).toBeNull();
});
