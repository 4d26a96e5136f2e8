import { expect, test } from "vitest";
import { FakeClock } from "../../platform/testing/fake_clock.ts";
import { supervise } from "./supervise.ts";

/** Engines that a test ends, and a host that it takes away. */
class FakeHost {
  readonly clock = new FakeClock();
  readonly startedAt: number[] = [];
  killed = 0;
  there = true;
  #exit = (_code: number) => {};

  readonly #begin = this.clock.monotonic();
  readonly supervised = supervise({
    clock: this.clock,
    hasParent: () => this.there,
    start: () => {
      this.startedAt.push(this.clock.monotonic() - this.#begin);
      const { promise, resolve } = Promise.withResolvers<number>();
      this.#exit = resolve;
      return {
        exited: promise,
        kill: () => {
          this.killed++;
          resolve(137);
        },
      };
    },
  });

  async end(code: number): Promise<void> {
    this.#exit(code);
    await this.clock.advance(0);
  }
}

test("supervise() ends with an engine that ended on purpose", async () => {
  const host = new FakeHost();
  await host.end(0);
  await host.supervised;
  expect(host.startedAt).toEqual([0]);
});

test("supervise() starts a dead engine again at once", async () => {
  const host = new FakeHost();
  await host.clock.advance(5_000);
  await host.end(137);
  expect(host.startedAt).toEqual([0, 5_000]);
});

test("supervise() waits longer and longer for an engine that keeps dying, half a minute at most", async () => {
  const host = new FakeHost();
  const waits = [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
  for (const [deaths, wait] of waits.entries()) {
    await host.end(1);
    await host.clock.advance(Math.max(0, wait - 1));
    expect(host.startedAt).toHaveLength(wait === 0 ? deaths + 2 : deaths + 1);
    await host.clock.advance(1);
    expect(host.startedAt).toHaveLength(deaths + 2);
  }
});

test("supervise() forgets deaths once an engine has run for a minute", async () => {
  const host = new FakeHost();
  for (const wait of [0, 1_000, 2_000]) {
    await host.end(1);
    await host.clock.advance(wait);
  }
  await host.clock.advance(60_000);
  await host.end(1);
  expect(host.startedAt).toHaveLength(5);
});

test("supervise() kills an engine that does not notice that the host has gone, within 2 s", async () => {
  const host = new FakeHost();
  await host.clock.advance(1_100);
  host.there = false;
  await host.clock.advance(900);
  expect(host.killed).toBe(0);
  await host.clock.advance(600);
  expect(host.killed).toBe(1);
  await host.supervised;
  expect(host.startedAt).toHaveLength(1);
});

test("supervise() lets an engine save and end by itself when the host has gone", async () => {
  const host = new FakeHost();
  host.there = false;
  await host.clock.advance(700);
  await host.end(0);
  await host.supervised;
  expect(host.killed).toBe(0);
});
