import { expect, test } from "vitest";
import { expectPolite, links } from "./polite.ts";
import { expectAll } from "./truth.ts";
import { openWorld } from "./world.ts";

const STORAGE = "https://dl4.myminifactory.com";

test("sync() lets a storage host rest that is down, and takes neither tries nor addresses from the files for it", async () => {
  await using world = await openWorld({ site: { objects: 30, leaseSeconds: 7200 } });
  const { simulator, profile, clock } = world;
  const begun = clock.now();
  const isDown = () => clock.now() < begun + 20 * 60_000;
  simulator.faults.add({ on: "storage", path: isDown }, { mode: "serverError", status: 503 });
  const summary = await profile.engine.sync();
  await expectAll(profile, simulator, summary);
  const asked = simulator.requests.to(STORAGE);
  const inVain = asked.filter(({ status }) => status === 503);
  // Without rests there would be hundreds: five tries of each file.
  expect(inVain.length).toBeLessThan(20);
  // Each file came from the address that it was given first.
  const paths = links(world).map(({ path }) => path);
  expect(paths.filter((path, i) => paths.indexOf(path) !== i)).toEqual([]);
  expectPolite(world);
});
