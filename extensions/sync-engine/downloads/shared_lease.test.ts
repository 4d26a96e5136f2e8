import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { SharedLease } from "./shared_lease.ts";

const REFUSAL = new SyncError("needsNewLease", "The file server answered 403");

function setUp(mint = (n: number): Promise<string> => Promise.resolve(`#${n}`)) {
  const clock = new FakeClock();
  const state = { minted: 0, progress: 0 };
  const lease = new SharedLease({
    clock,
    mint: () => mint(++state.minted),
    progress: () => state.progress,
  });
  return { clock, state, lease };
}

test("SharedLease asks for one address, however many want it", async () => {
  const { lease, state } = setUp();
  expect(await Promise.all([lease.get(), lease.get()])).toEqual(["#1", "#1"]);
  expect(state.minted).toBe(1);
});

test("SharedLease asks for one new address for all who were refused", async () => {
  const { lease, state, clock } = setUp();
  await lease.get();
  state.progress = 1;
  await clock.advance(30_000);
  const renew = () => lease.renew("#1", REFUSAL, false);
  expect(await Promise.all([renew(), renew(), renew()])).toEqual(["#2", "#2", "#2"]);
  expect(await renew()).toBe("#2");
  expect(state.minted).toBe(2);
});

test("SharedLease asks for no address after one that brought nothing", async () => {
  const { lease, state, clock } = setUp();
  await lease.get();
  await clock.advance(30_000);
  await expect(lease.renew("#1", REFUSAL, true)).rejects.toBe(REFUSAL);
  expect(state.minted).toBe(1);
});

test("SharedLease takes a new address that others are refused for one that is good for one connection", async () => {
  const { lease, state } = setUp();
  await lease.get();
  state.progress = 1;
  await expect(lease.renew("#1", REFUSAL, false)).rejects.toBe(REFUSAL);
  expect(await lease.renew("#1", REFUSAL, true)).toBe("#2");
});

test("SharedLease does not ask again where the provider failed", async () => {
  const throttled = new SyncError("throttled", "Too many addresses");
  const { lease, state } = setUp((n) =>
    n === 2 ? Promise.reject(throttled) : Promise.resolve("#1")
  );
  await lease.get();
  state.progress = 1;
  await expect(lease.renew("#1", REFUSAL, true)).rejects.toBe(throttled);
  await expect(lease.renew("#1", REFUSAL, true)).rejects.toBe(throttled);
  expect(state.minted).toBe(2);
});
