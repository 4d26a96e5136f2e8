import { expect, test } from "vitest";
import type { Heard } from "../support/profile.ts";
import { expectAll } from "./truth.ts";
import { openWorld, type World } from "./world.ts";

const MINUTE = 60_000;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Whether it says that nothing goes on because nobody answers. */
const isOffline = (heard: Heard) => heard.event === "waiting" && heard.data.reason === "offline";

/** Lets time that flies go by. */
async function pass({ clock }: World, ms: number): Promise<void> {
  const from = clock.now();
  await until(() => clock.now() > from + ms);
}

test(
  "a queue takes a network that swallows everything for none, and takes no tries from the files for it",
  async () => {
    await using world = await openWorld({ site: { leaseSeconds: 7200 } });
    const { simulator, profile } = world;
    // Only files are still to come.
    profile.engine.queue.pause({});
    await profile.engine.sync();
    world.setNetwork("silent");
    profile.engine.queue.resume({});
    await until(() => profile.engine.status().offline !== null);
    await until(() => profile.heard.some(isOffline));
    await pass(world, 2 * MINUTE);
    const { rows } = profile.engine.queue.list({ offset: 0, limit: 100 });
    expect(rows.every(({ attempts }) => attempts <= 1)).toBe(true);
    world.setNetwork("there");
    await until(() => profile.engine.status().busy === null);
    await expectAll(profile, simulator, await profile.engine.sync());
  },
  60_000,
);

test("a sign-in ends with what to look at where no connection is made", async () => {
  await using world = await openWorld();
  const { profile, clock } = world;
  world.setNetwork("silent");
  const from = clock.now();
  const login = { provider: "mmf", scheme: "session", secret: "another" };
  await expect(profile.engine.accounts.login(login)).rejects.toMatchObject({ kind: "retryable" });
  expect(clock.now() - from).toBeLessThan(4 * MINUTE);
  expect(profile.engine.accounts.list()).toMatchObject([{ account: expect.any(String) }]);
});

test("a sign-in is given up within a second while no connection is made", async () => {
  await using world = await openWorld();
  const { profile, sent } = world;
  world.setNetwork("silent");
  const asked = sent.length;
  const login = { provider: "mmf", scheme: "session", secret: "another" };
  const work = expect(profile.engine.accounts.login(login)).rejects
    .toMatchObject({ kind: "cancelled" });
  await until(() => sent.length > asked);
  const before = performance.now();
  profile.engine.accounts.cancelLogin();
  await work;
  expect(performance.now() - before).toBeLessThan(1_000);
});

test("a list is given up within a second while no connection is made", async () => {
  await using world = await openWorld();
  const { profile, sent } = world;
  world.setNetwork("silent");
  const asked = sent.length;
  const work = expect(profile.engine.sync()).rejects.toMatchObject({ kind: "cancelled" });
  await until(() => sent.length > asked);
  const before = performance.now();
  profile.engine.stop();
  await work;
  expect(performance.now() - before).toBeLessThan(1_000);
});
