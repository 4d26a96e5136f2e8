import { expect, test } from "vitest";
import { expectPolite, links, WWW } from "./polite.ts";
import { expectAll } from "./truth.ts";
import type { Heard } from "../support/profile.ts";
import { openWorld, type World } from "./world.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** As `providers/mmf/provider.toml` says. */
const DOWNLOADS = {
  startMs: 12 * SECOND,
  slowestMs: 90 * SECOND,
  fastestMs: 6 * SECOND,
  burst: 3,
  atOnce: 1,
  countsImages: false,
};

/**
 * A library of some hundred files on a site that gives 15 links in five minutes: one every 20 seconds. All else is
 * asked for so slowly that it goes on for longer than until the first refusal.
 */
function openQuota(): Promise<World> {
  return openWorld({
    site: { objects: 110, filesPerObject: 2, quota: { links: 15, windowMs: 5 * MINUTE } },
    config: { pacing: { requestsPerSecond: 0.5, burst: 1, downloads: DOWNLOADS } },
  });
}

/** Resolves when the engine waits at its site's wish. */
async function silence({ profile }: World): Promise<void> {
  const isSilence = ({ event, data }: Heard) => event === "waiting" && data.reason === "throttled";
  while (!profile.heard.some(isSilence)) await new Promise((resolve) => setTimeout(resolve, 2));
}

test(
  "sync() drains a site with a rolling quota without a single escalation, also when it is restarted in a silence",
  async () => {
    await using world = await openQuota();
    const { simulator, profile, clock } = world;
    const first = profile.engine.sync();
    await silence(world);
    profile.engine.stop();
    await expect(first).rejects.toMatchObject({ kind: "cancelled" });
    const before = simulator.linkTally();
    expect(before.refused).toBe(1);

    await profile.reopen();
    const reopened = clock.now();
    await expectAll(profile, simulator, await profile.engine.sync());

    // Each silence was about links alone: what else is there was looked at meanwhile.
    const { at = 0 } = links(world).find(({ status }) => status === 403) ?? {};
    const meanwhile = simulator.requests.to(WWW).filter((other) =>
      other.at > at && other.at < at + 5 * MINUTE
    );
    expect(meanwhile.length).toBeGreaterThan(1);
    expect(meanwhile.filter(({ path }) => path.startsWith("/download/"))).toEqual([]);

    const { granted, refused, escalations } = simulator.linkTally();
    const models = [...simulator.reference()].filter(({ kind }) => kind === "model").length;
    expect(models).toBeGreaterThan(200);
    expect(escalations).toBe(0);
    expect(granted).toBe(models);
    expect(refused).toBeLessThan(models / 20);
    // The site gives one every 20 seconds at best.
    const took = (links(world).at(-1)?.at ?? 0) - reopened;
    expect(took / (granted - before.granted)).toBeLessThan(40 * SECOND);
    expectPolite(world, { syncs: 2 });
  },
  120_000,
);
