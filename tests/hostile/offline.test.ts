import { expect, test } from "vitest";
import { expectPolite, links } from "./polite.ts";
import { expectAll, expectTruth } from "./truth.ts";
import { openWorld, type World } from "./world.ts";

const MINUTE = 60_000;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const waits = ({ profile }: World) =>
  profile.heard.flatMap(({ event, data }) =>
    event === "waiting" && data.reason === "offline" ? [data] : []
  );

test(
  "sync() waits without a network, at nobody's expense, and goes on by itself when it is back",
  async () => {
    await using world = await openWorld({ site: { objects: 30, leaseSeconds: 7200 } });
    const { simulator, profile, clock, sent } = world;
    const done = () => profile.heard.filter(({ event }) => event === "fileDone").length;
    const work = profile.engine.sync();
    await until(() => done() >= 5);
    world.setNetwork("refusing");
    await until(() => waits(world).length > 0);
    const from = { at: clock.now(), requests: sent.length };
    await until(() => clock.now() > from.at + 20 * MINUTE);
    // Nobody gets an answer, so that nobody is bothered; each look is one file's.
    const minutes = (clock.now() - from.at) / MINUTE;
    expect(sent.length - from.requests).toBeLessThan(3 * (minutes + 6));
    const { rows } = profile.engine.queue.list({ offset: 0, limit: 100 });
    expect(rows.every(({ attempts }) => attempts <= 1)).toBe(true);

    const before = done();
    world.setNetwork("there");
    const back = clock.now();
    await until(() => done() > before);
    expect(clock.now() - back).toBeLessThan(65_000);
    await work;
    // What was to be looked at meanwhile could not be.
    await expectAll(profile, simulator, await profile.engine.sync());
    const failed = profile.heard.filter(({ event, data }) =>
      event === "fileFailed" && data.retryAt === null
    );
    expect(failed).toEqual([]);
    expectPolite(world);
    const paths = links(world).map(({ path }) => path);
    expect(paths.filter((path, i) => paths.indexOf(path) !== i)).toEqual([]);
  },
  60_000,
);

test(
  "sync() goes on with lists and details where it lost the network, and asks nothing twice that was answered",
  async () => {
    let onRequest = () => {};
    await using world = await openWorld({
      site: { objects: 120 },
      onTheWay: (headers) => {
        onRequest();
        return { ...headers };
      },
    });
    const { simulator, profile, clock, sent } = world;
    /** After the next request for which it is time, for some minutes. */
    const outage = async (isTime: () => boolean) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      onRequest = () => {
        if (!isTime()) return;
        onRequest = () => {};
        world.setNetwork("none");
        resolve();
      };
      await promise;
      const from = { at: clock.now(), events: profile.heard.length };
      await until(() => clock.now() > from.at + 3 * MINUTE);
      const told = profile.heard.slice(from.events);
      expect(told.some(({ event, data }) => event === "waiting" && data.reason === "offline"))
        .toBe(true);
      world.setNetwork("there");
    };
    const pages = () => profile.heard.filter(({ event }) => event === "scan").length;
    const looked = () => profile.heard.filter(({ event }) => event === "plan").length;
    const outages = async () => {
      await outage(() => pages() >= 1);
      await outage(() => looked() >= 20);
    };
    const [summary] = await Promise.all([profile.engine.sync(), outages()]);
    expect(summary).toMatchObject({ problems: [], waiting: 0, scans: [{ incomplete: null }] });
    await expectTruth(profile, simulator);
    const asked = simulator.requests.all().map(({ origin, path }) => origin + path);
    expect(asked.filter((path, i) => asked.indexOf(path) !== i)).toEqual([]);
    expect(sent.length).toBeGreaterThan(asked.length);
  },
  60_000,
);
