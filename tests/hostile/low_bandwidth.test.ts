import { expect, test } from "vitest";
import type { Fault } from "../../providers/mmf/simulator/mod.ts";
import { expectFile, openLarge, ranges } from "./large.ts";
import { links } from "./polite.ts";

/** Kilobytes a second, and what is asked for at once there. */
const LIMIT = 4_000;
const TURN = 1_600_000;

test("sync() at a low bandwidth asks for a file in turns, by one address", async () => {
  await using world = await openLarge();
  world.profile.engine.changeSettings({ bandwidth: LIMIT });
  expect(await world.profile.engine.sync()).toMatchObject({ failed: 0, waiting: 0 });
  await expectFile(world);
  const [first, ...others] = ranges(world);
  expect(first).toMatchObject({ from: 0, status: 206, ifRange: null });
  expect(others.length).toBeGreaterThanOrEqual(5);
  expect(others.every(({ status, ifRange }) => status === 206 && ifRange !== null)).toBe(true);
  expect(others.every(({ sent }) => sent <= TURN)).toBe(true);
  expect(links(world)).toHaveLength(1);
});

test.each<[string, Fault]>([
  ["the whole file with 200", { mode: "ignoreRange" }],
  ["another range", { mode: "wrongContentRange" }],
  ["another version", { mode: "changedEtag" }],
  ["416", { mode: "refuse416" }],
  ["503", { mode: "serverError", status: 503 }],
  ["a login page", { mode: "htmlInstead" }],
  ["gzip", { mode: "gzipRange" }],
  ["an expired address", { mode: "expired" }],
  ["a short body", { mode: "shortBody", bytes: 500_000 }],
  ["a longer body", { mode: "endless" }],
  ["a body that stalls", { mode: "stall", bytes: 500_000 }],
  ["a body that is torn", { mode: "reset", bytes: 500_000 }],
])("sync() gets a file right when one of its turns is %s", async (_, fault) => {
  await using world = await openLarge();
  world.profile.engine.changeSettings({ bandwidth: LIMIT });
  const hit = world.simulator.faults.add({ on: "storage", after: 4, times: 1 }, fault);
  expect(await world.profile.engine.sync()).toMatchObject({ failed: 0, waiting: 0 });
  expect(hit.hits).toBe(1);
  await expectFile(world);
});
