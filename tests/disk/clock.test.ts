import { expect, test } from "vitest";
import { expectAll } from "../hostile/truth.ts";
import { openWorld } from "../hostile/world.ts";

const DAY_MS = 24 * 60 * 60_000;

test.each([["a day forward", DAY_MS], ["a week back", -7 * DAY_MS]])(
  "sync() gets everything when the clock is set %s in the middle, and so does the next one",
  async (_, ms) => {
    await using world = await openWorld({ site: { objects: 20 } });
    const { simulator, profile, clock, sent } = world;
    const jump = setInterval(() => {
      if (!sent.some(({ url }) => url.startsWith("https://dl4."))) return;
      clearInterval(jump);
      clock.set(ms);
    }, 1);
    const summary = await profile.engine.sync();
    clearInterval(jump);
    await expectAll(profile, simulator, summary);
    expect(summary.took).toBeGreaterThanOrEqual(0);
    const asked = sent.length;
    await expectAll(profile, simulator, await profile.engine.sync());
    // The list alone: the time of what is here is no reason to fetch it again.
    expect(sent.slice(asked).filter(({ url }) => url.startsWith("https://dl4."))).toEqual([]);
  },
);
