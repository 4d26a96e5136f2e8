import { expect, test } from "vitest";
import type { Fault, LoggedRequest } from "../../providers/mmf/simulator/mod.ts";
import { expectPolite, expectSentence, links, WWW } from "./polite.ts";
import { expectAll, expectTruth } from "./truth.ts";
import { pickVictims } from "./victims.ts";
import { openWorld, type World } from "./world.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Requests that were under way already when the site asked for silence. */
const UNDER_WAY_MS = 500;

/** Some more objects than usual: downloads go on when the library is planned. */
const SITE = { objects: 20 };

/** Matches requests for download addresses once all are known that will be wanted. */
function whenPlanned({ profile }: World): (path: string) => boolean {
  return (path) =>
    path.startsWith("/download/") &&
    profile.heard.some(({ event, data }) => event === "plan" && "done" in data && data.done);
}

function refused(requests: readonly LoggedRequest[]): LoggedRequest[] {
  return requests.filter(({ status }) => status === 429 || status === 403);
}

/** Proves that after each refusal nothing was asked for until the pause was over. */
function expectSilence(requests: readonly LoggedRequest[], pause: number, refusals: number): void {
  const silences = refused(requests);
  expect(silences).toHaveLength(refusals);
  for (const { at } of silences) {
    const early = requests.filter((other) =>
      other.at > at + UNDER_WAY_MS && other.at < at + pause - SECOND
    );
    expect(early.map(({ path, at: time }) => `${path} ${time - at} ms later`)).toEqual([]);
  }
}

/** RFC 850 and asctime, which `Date` does not write. */
function oldDates(time: number): { rfc850: string; asctime: string } {
  const [, day = "", date = "", month = "", year = "", clock = ""] =
    /^(\w+), (\d\d) (\w+) (\d+) ([\d:]+) GMT$/.exec(new Date(time).toUTCString()) ?? [];
  const long = { Mon: "Monday", Tue: "Tuesday", Wed: "Wednesday", Thu: "Thursday", Fri: "Friday" };
  const weekday = Object.entries({ ...long, Sat: "Saturday", Sun: "Sunday" })
    .find(([short]) => short === day)?.[1];
  return {
    rfc850: `${weekday}, ${date}-${month}-${year.slice(2)} ${clock} GMT`,
    asctime: `${day} ${month} ${date.replace(/^0/, " ")} ${clock} ${year}`,
  };
}

test.each<[string, (now: number) => string | null, number]>([
  ["seconds", () => "120", 2 * MINUTE],
  ["an IMF-fixdate", (now) => new Date(now + 2 * MINUTE).toUTCString(), 2 * MINUTE],
  ["an RFC 850 date", (now) => oldDates(now + 2 * MINUTE).rfc850, 2 * MINUTE],
  ["an asctime date", (now) => oldDates(now + 2 * MINUTE).asctime, 2 * MINUTE],
  ["garbage", () => "in a while, crocodile", 5 * MINUTE],
  ["a negative number", () => "-10", 5 * MINUTE],
  ["nothing", () => null, 5 * MINUTE],
])(
  "sync() is silent for as long as a 429 with Retry-After as %s asks for",
  async (_, retryAfter, pause) => {
    await using world = await openWorld({ site: SITE });
    const { simulator, profile, clock } = world;
    simulator.faults.add(
      { on: "www", path: whenPlanned(world), times: 1 },
      // The scan takes a moment before it strikes.
      { mode: "throttle429", retryAfter: retryAfter(clock.now() + 2 * SECOND) },
    );
    const summary = await profile.engine.sync();
    expectSilence(simulator.requests.to(WWW), pause, 1);
    expect(profile.heard.filter(({ event }) => event === "waiting")).toContainEqual({
      event: "waiting",
      data: expect.objectContaining({ reason: "throttled", hint: expect.stringMatching(/\.$/) }),
    });
    await expectAll(profile, simulator, summary);
    expectPolite(world);
  },
);

test.each(["0", "Thu, 01 Jan 1970 00:00:00 GMT"])(
  "sync() takes a breath even after a 429 with Retry-After: %s",
  async (retryAfter) => {
    await using world = await openWorld({ site: SITE });
    const { simulator, profile } = world;
    simulator.faults.add({ on: "www", path: whenPlanned(world), times: 1 }, {
      mode: "throttle429",
      retryAfter,
    });
    const summary = await profile.engine.sync();
    expectSilence(simulator.requests.to(WWW), 1.9 * SECOND, 1);
    await expectAll(profile, simulator, summary);
  },
);

test.each<[string, Fault, number]>([
  ["a plain 403", { mode: "throttle403" }, 5 * MINUTE],
  ["a bot check with 403", { mode: "challenge", status: 403 }, 30 * MINUTE],
  ["a bot check with 429", { mode: "challenge", status: 429 }, 30 * MINUTE],
])("sync() asks for no download address for a long while after %s", async (_, fault, pause) => {
  await using world = await openWorld({ site: SITE });
  const { simulator, profile } = world;
  simulator.faults.add({ on: "www", path: whenPlanned(world), times: 1 }, fault);
  const summary = await profile.engine.sync();
  expectSilence(links(world), pause, 1);
  await expectAll(profile, simulator, summary);
  expectPolite(world);
});

test("sync() asks for no download address for half an hour after a bot check in place of one, status 200", async () => {
  await using world = await openWorld({ site: SITE });
  const { simulator, profile } = world;
  simulator.faults.add({ on: "www", path: whenPlanned(world), times: 1 }, {
    mode: "challenge",
    status: 200,
  });
  const summary = await profile.engine.sync();
  const asked = links(world);
  const { at = 0 } = asked.find(({ status }) => status === 200) ?? {};
  expect(at).toBeGreaterThan(0);
  const early = asked.filter((other) =>
    other.at > at + UNDER_WAY_MS && other.at < at + 30 * MINUTE - SECOND
  );
  expect(early).toEqual([]);
  await expectAll(profile, simulator, summary);
  expectPolite(world);
});

test.each<[string, Fault, number]>([
  ["429", { mode: "throttle429", retryAfter: "120" }, 2 * MINUTE],
  ["a bot check", { mode: "challenge" }, 30 * MINUTE],
])("sync() leaves storage alone after %s", async (_, fault, pause) => {
  await using world = await openWorld({ site: SITE });
  const { simulator, profile } = world;
  simulator.faults.add({ on: "storage", times: 1, after: 3 }, fault);
  const summary = await profile.engine.sync();
  expectSilence(simulator.requests.to("https://dl4.myminifactory.com"), pause, 1);
  await expectAll(profile, simulator, summary);
  expectPolite(world);
});

test("sync() gives up on the one file whose address is always refused, and gets the others", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  let refusedPath: string | undefined;
  simulator.faults.add({
    on: "www",
    path: (path) => whenPlanned(world)(path) && (refusedPath ??= path) === path,
  }, { mode: "throttle403" });
  expect(await profile.engine.sync()).toMatchObject({ failed: 1, waiting: 0 });
  // Six times is enough: others that got theirs in between have proved that it is this one.
  expectSilence(links(world), 5 * MINUTE, 6);
  expect(profile.engine.queue.list({ state: "failed", offset: 0, limit: 9 }).rows).toMatchObject([{
    reason: "refused",
  }]);
  expect(await expectTruth(profile, simulator)).toBe([...simulator.reference()].length - 1);
  expectPolite(world);
  simulator.faults.clear();
  await expectAll(profile, simulator, await profile.engine.sync({ full: true }));
});

test.each([4, 12])(
  "sync() brings a library home past a quota of links, window of %i minutes",
  async (minutes) => {
    await using world = await openWorld({
      site: { ...SITE, quota: { links: 6, windowMs: minutes * MINUTE } },
    });
    const { simulator, profile } = world;
    let summary = await profile.engine.sync();
    // The quota may end the planning; what is left is for the next sync.
    if (summary.problems.length > 0) summary = await profile.engine.sync();
    await expectAll(profile, simulator, summary);
    // Rounds of six links, each ended by at most as many refusals as there are downloads at once, twice.
    const rounds = Math.ceil(links(world).filter(({ status }) => status === 302).length / 6);
    expect(refused(links(world)).length).toBeLessThanOrEqual(rounds * 6);
    expectPolite(world);
  },
);

test.each<[string, Fault, number]>([
  ["429", { mode: "throttle429", retryAfter: "600" }, 10 * MINUTE],
  ["a bot check", { mode: "challenge" }, 30 * MINUTE],
])(
  "sync() that meets %s in the list says so, and the next one waits its turn too",
  async (_, fault, pause) => {
    await using world = await openWorld();
    const { simulator, profile, clock } = world;
    simulator.faults.add({ on: "www", path: "/objectPreviews", times: 1 }, fault);
    const first = await profile.engine.sync();
    const [problem] = first.problems;
    expect(problem).toMatchObject({ provider: "mmf", error: { retryAfter: expect.any(Number) } });
    if (problem) expectSentence(problem.error);
    expect(await expectTruth(profile, simulator)).toBe(0);

    const before = simulator.requests.to(WWW).length;
    const second = await profile.engine.sync();
    expect(second.problems).toMatchObject([{ error: { code: problem?.error.code } }]);
    expect(simulator.requests.to(WWW)).toHaveLength(before);

    await profile.reopen();
    await profile.engine.sync();
    expect(simulator.requests.to(WWW)).toHaveLength(before);

    clock.skip(pause);
    await expectAll(profile, simulator, await profile.engine.sync());
    expectPolite(world, { syncs: 4 });
  },
);

test.each<[string, number]>([["www", 4], ["storage", 4]])(
  "sync() waits as long as a 503 of %s with Retry-After says",
  async (role, seconds) => {
    const onTheWayBack = (status: number): Record<string, string> =>
      status === 503 ? { "retry-after": `${seconds}` } : {};
    await using world = await openWorld({ onTheWayBack });
    const { simulator, profile } = world;
    const [victim] = pickVictims(world, ["503"]);
    const isWww = role === "www";
    const path = isWww ? "/objectPreviews" : victim?.path ?? "";
    simulator.faults.add({ on: isWww ? "www" : "storage", path, times: 1 }, {
      mode: "serverError",
      status: 503,
    });
    const summary = await profile.engine.sync();
    const asked = simulator.requests.all().filter((request) =>
      isWww ? request.path.includes("/objectPreviews") : victim?.path(request.path)
    );
    expect(asked).toHaveLength(2);
    const [first, second] = asked;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(seconds * SECOND);
    await expectAll(profile, simulator, summary);
  },
);
