import { expect, test } from "vitest";
import { listenForStop } from "./stop_signals.ts";
import { fakeWorld } from "./testing/fake_world.ts";

function start() {
  const world = fakeWorld();
  const said: string[] = [];
  const stop = listenForStop(world, {
    onFirst: () => said.push("first"),
    onLast: () => said.push("last"),
  });
  return { world, said, stop };
}

test("listenForStop() aborts at the first signal and remembers its code", () => {
  const { world, said, stop } = start();
  expect(stop.code).toBeNull();
  world.send("SIGTERM");
  expect(stop.signal.reason).toMatchObject({ kind: "cancelled" });
  expect([stop.code, said, world.exits]).toEqual([143, ["first"], []]);
});

test("listenForStop() ends the process at the second signal", () => {
  const { world, said } = start();
  world.send("SIGINT");
  world.send("SIGTERM");
  expect([world.exits, said]).toEqual([[130], ["first", "last"]]);
});

test("listenForStop() ends the process when saving takes longer than 30 s", async () => {
  const { world } = start();
  world.send("SIGINT");
  await world.clock.advance(29_999);
  expect(world.exits).toEqual([]);
  await world.clock.advance(1);
  expect(world.exits).toEqual([130]);
});

test("listenForStop() is over after release()", async () => {
  const { world, said, stop } = start();
  world.send("SIGINT");
  stop.release();
  world.send("SIGINT");
  await world.clock.advance(60_000);
  expect([world.exits, said]).toEqual([[], ["first"]]);
});
