import { expect, test } from "vitest";
import type { Fault } from "../../providers/mmf/simulator/mod.ts";
import { expectFile, type LargeWorld, openLarge, ranges } from "./large.ts";
import { links } from "./polite.ts";
import { expectTruth } from "./truth.ts";

const MB = 1_000_000;

/** A file that takes four seconds over one connection: long enough for others to be opened. */
function openSlow(leaseSeconds = 300): Promise<LargeWorld> {
  return openLarge({
    site: { fileSize: 74 * MB, bytesPerSecond: 16 * MB, leaseSeconds },
    moreThan: 64 * 1024 * 1024,
  });
}

test("sync() fetches a large file over several connections by one address", async () => {
  await using world = await openSlow();
  expect(await world.profile.engine.sync()).toMatchObject({ failed: 0, waiting: 0 });
  await expectFile(world);
  const [first, ...others] = ranges(world);
  expect(first).toMatchObject({ from: 0, status: 206, ifRange: null });
  expect(others.length).toBeGreaterThanOrEqual(3);
  expect(others.every(({ status, ifRange }) => status === 206 && ifRange !== null)).toBe(true);
  expect(links(world)).toHaveLength(1);
});

test("sync() keeps to one connection where the setting says so", async () => {
  await using world = await openSlow();
  world.profile.engine.changeSettings({ connections: 1 });
  await world.profile.engine.sync();
  await expectFile(world);
  expect(ranges(world)).toHaveLength(1);
});

test.each<[string, Fault]>([
  ["the whole file with 200", { mode: "ignoreRange" }],
  ["another range", { mode: "wrongContentRange" }],
  ["another version", { mode: "changedEtag" }],
  ["416", { mode: "refuse416" }],
  ["429", { mode: "throttle429" }],
  ["503", { mode: "serverError", status: 503 }],
  ["a login page", { mode: "htmlInstead" }],
  ["gzip", { mode: "gzipRange" }],
  ["a redirect to this machine", { mode: "redirectLoopback" }],
  ["a short body", { mode: "shortBody", bytes: 5 * MB }],
  ["a body that stalls", { mode: "stall", bytes: 5 * MB }],
  ["a body that is torn", { mode: "reset", bytes: 5 * MB }],
])("sync() gets a file right when one of several connections is sent %s", async (_, fault) => {
  await using world = await openSlow();
  const hit = world.simulator.faults.add({ on: "storage", after: 2, times: 1 }, fault);
  expect(await world.profile.engine.sync()).toMatchObject({ failed: 0, waiting: 0 });
  expect(hit.hits).toBe(1);
  await expectFile(world);
  // What one connection meets is not held against the file.
  expect(world.profile.heard.filter(({ event }) => event === "fileFailed")).toEqual([]);
  expect(links(world)).toHaveLength(1);
});

test("sync() asks no more of a server that refuses further connections", async () => {
  await using world = await openSlow();
  world.simulator.faults.add({ on: "storage", after: 1 }, { mode: "throttle429" });
  await world.profile.engine.sync();
  await expectFile(world);
  expect(ranges(world).map(({ status }) => status)).toEqual([206, 429, 429, 429]);
  expect(world.profile.heard.filter(({ event }) => event === "waiting")).toEqual([]);
});

test("sync() ends with one version of a file that is replaced while several connections fetch it", async () => {
  await using world = await openSlow();
  const { simulator, profile, objectId } = world;
  const replaced = setInterval(() => {
    if (ranges(world).length < 4) return;
    clearInterval(replaced);
    simulator.world.replaceArchive(objectId);
  }, 1);
  await profile.engine.sync();
  clearInterval(replaced);
  // The list tells of the new version only now.
  await profile.engine.sync();
  expect(await expectTruth(profile, simulator)).toBe(1);
});
