import { expect, test } from "vitest";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { createPacer, withOwnPause } from "./pacer.ts";

function start(options: { requestsPerSecond?: number; burst?: number } = {}) {
  const clock = new FakeClock(0);
  const pacer = createPacer({ clock, ...options });
  const turns: string[] = [];
  const ask = (name: string, signal?: AbortSignal) =>
    pacer.turn(signal).then(() => void turns.push(`${name} at ${Math.round(clock.now())}`));
  return { clock, pacer, turns, ask };
}

test("Pacer.turn() lets a burst through at once, then keeps the rate and the order", async () => {
  const { clock, turns, ask } = start({ requestsPerSecond: 4, burst: 2 });
  await clock.finish(Promise.all(["a", "b", "c", "d"].map((name) => ask(name))));
  expect(turns).toEqual(["a at 0", "b at 0", "c at 250", "d at 500"]);
});

test("Pacer.turn() never saves up more than the burst", async () => {
  const { clock, turns, ask } = start({ requestsPerSecond: 2, burst: 2 });
  await clock.advance(60_000);
  await clock.finish(Promise.all(["a", "b", "c"].map((name) => ask(name))));
  expect(turns).toEqual(["a at 60000", "b at 60000", "c at 60500"]);
});

test("Pacer.turn() works for rates below one a second", async () => {
  const { clock, turns, ask } = start({ requestsPerSecond: 0.1 });
  await clock.finish(Promise.all([ask("a"), ask("b")]));
  expect(turns).toEqual(["a at 0", "b at 10000"]);
});

test("Pacer.pauseUntil() holds everybody back, also who already sleeps", async () => {
  const { clock, pacer, turns, ask } = start({ requestsPerSecond: 4, burst: 1 });
  const all = Promise.all([ask("a"), ask("b")]);
  await clock.advance(100);
  pacer.pauseUntil(5000);
  pacer.pauseUntil(1000);
  await clock.finish(all);
  expect(turns).toEqual(["a at 0", "b at 5000"]);
  expect(pacer.pausedUntil).toBe(5000);
});

test("Pacer.turn() gives up at once when its signal aborts, and costs no turn", async () => {
  const { clock, turns, ask } = start({ requestsPerSecond: 1, burst: 1 });
  const stop = new AbortController();
  const others = Promise.all([ask("a"), ask("b")]);
  const quitter = ask("quitter", stop.signal);
  const next = ask("c");
  await clock.advance(1);
  stop.abort(new Error("enough"));
  await expect(quitter).rejects.toThrow("enough");
  await clock.finish(Promise.all([others, next]));
  expect(turns).toEqual(["a at 0", "b at 1000", "c at 2000"]);
});

test("Pacer.turn() rejects at once on a signal that has aborted before", async () => {
  const { ask } = start();
  await expect(ask("a", AbortSignal.abort(new Error("late")))).rejects.toThrow("late");
});

test("withOwnPause() holds back who has it and nobody else, and shares the rate", async () => {
  const { clock, pacer, turns, ask } = start({ requestsPerSecond: 1, burst: 1 });
  const own = withOwnPause(pacer, clock);
  own.pauseUntil(5000);
  const mine = own.turn().then(() => void turns.push(`own at ${clock.now()}`));
  await clock.finish(Promise.all([ask("a"), ask("b"), mine]));
  expect(turns).toEqual(["a at 0", "b at 1000", "own at 5000"]);
  expect([own.pausedUntil, pacer.pausedUntil]).toEqual([5000, 0]);
  pacer.pauseUntil(9000);
  expect(own.pausedUntil).toBe(9000);
});

test("Pacer.pauseUntil() pauses for as long as was meant, also where the clock is set back", async () => {
  const { clock, pacer, ask } = start({ requestsPerSecond: 4, burst: 1 });
  const own = withOwnPause(pacer, clock);
  pacer.pauseUntil(5000);
  own.pauseUntil(6000);
  clock.set(-7 * 24 * 3_600_000);
  await clock.finish(Promise.all([ask("a"), own.turn()]));
  expect(clock.monotonic()).toBe(6000);
});
