import { expect, test } from "vitest";
import type { FailureKind } from "../../extensions/sync-engine/platform/errors.ts";
import type { Fault, FaultScope } from "../../providers/mmf/simulator/mod.ts";
import { expectPolite, expectSentence, WWW } from "./polite.ts";
import { expectAll, expectTruth, fileRows, goneAssets } from "./truth.ts";
import { openWorld } from "./world.ts";

const LIST = "/api/data-library/objectPreviews";

/** Most requests for one answer of the site in one sync: three tries. */
const MOST_TRIES = 3;

interface Mode {
  readonly name: string;
  readonly fault: Fault;
  readonly kind: FailureKind;
  readonly message: RegExp;
  /** Requests for the list. @default {1} */
  readonly requests?: number;
}

const unreadable = {
  kind: "retryable",
  message: /^MyMiniFactory sent an incomplete or unreadable answer for /,
} as const;
const signedOut = { kind: "needsAuth", message: /^MyMiniFactory shows its sign-in page/ } as const;
const tooLarge = { kind: "bug", message: /larger than the 67108864 bytes/ } as const;
const cut = {
  kind: "retryable",
  message: /was cut before the answer was complete/,
  requests: MOST_TRIES,
} as const;

const MODES: readonly Mode[] = [
  { name: "half of the JSON", fault: { mode: "truncatedJson" }, ...unreadable },
  { name: "a login page", fault: { mode: "htmlInstead" }, ...signedOut },
  {
    name: "a 403",
    fault: { mode: "throttle403" },
    kind: "throttled",
    message: /^MyMiniFactory refuses requests for now$/,
  },
  {
    name: "other JSON",
    fault: { mode: "wrongJson" },
    kind: "retryable",
    message: /^MyMiniFactory answered something else than the library list$/,
  },
  { name: "too much", fault: { mode: "oversized", bytes: 65 * 1024 * 1024 }, ...tooLarge },
  { name: "no end", fault: { mode: "endless" }, ...tooLarge },
  { name: "a cut", fault: { mode: "shortBody" }, ...cut },
  { name: "a torn connection", fault: { mode: "reset" }, ...cut },
  { name: "more announced than sent", fault: { mode: "lyingLength", by: 1000 }, ...cut },
  { name: "less announced than sent", fault: { mode: "lyingLength", by: -100 }, ...unreadable },
  {
    name: "silence",
    fault: { mode: "stall" },
    kind: "retryable",
    message: /^The site did not answer within 60000 ms$/,
    requests: MOST_TRIES,
  },
  ...([500, 502, 503, 504] as const).map((status): Mode => ({
    name: `${status}`,
    fault: { mode: "serverError", status },
    kind: "retryable",
    message: new RegExp(`^MyMiniFactory has trouble: it answered ${status}$`),
    requests: MOST_TRIES,
  })),
  {
    name: "a redirect to another site",
    fault: { mode: "redirectElsewhere" },
    kind: "permission",
    message: /evil\.example/,
  },
  {
    name: "a redirect to this machine",
    fault: { mode: "redirectLoopback" },
    kind: "permission",
    message: /127\.0\.0\.1/,
  },
  {
    name: "a redirect to the cloud's metadata",
    fault: { mode: "redirectElsewhere", location: "http://169.254.169.254/latest/" },
    kind: "permission",
    message: /169\.254\.169\.254/,
  },
  {
    name: "a redirect to plain http",
    fault: { mode: "redirectElsewhere", location: "http://www.myminifactory.com/library" },
    kind: "permission",
    message: /myminifactory\.com/,
  },
  {
    name: "a redirect in circles",
    fault: { mode: "redirectLoop" },
    kind: "retryable",
    message: /redirected more than 5 times/,
    requests: 6,
  },
  {
    name: "a bot check with 200",
    fault: { mode: "challenge", status: 200 },
    kind: "challenged",
    message: /^MyMiniFactory shows a bot check instead of an answer$/,
  },
];

test("sync() keeps all that it has whatever comes in place of the list, and says what it was", async () => {
  await using world = await openWorld();
  const { simulator, profile, clock } = world;
  const { engine } = profile;
  await expectAll(profile, simulator, await engine.sync());
  const before = engine.library.query({
    filter: {},
    sort: "title",
    descending: false,
    offset: 0,
    limit: 100,
  });

  for (const { name, fault, kind, message, requests = 1 } of MODES) {
    simulator.requests.clear();
    simulator.faults.add({ on: "www", path: LIST }, fault);
    const { problems, ...summary } = await engine.sync();
    simulator.faults.clear();
    expect(problems, name).toMatchObject([
      { provider: "mmf", error: { code: kind, message: expect.stringMatching(message) } },
    ]);
    for (const { error } of problems) expectSentence(error);
    expect(summary, name).toMatchObject({ fetched: 0, failed: 0, waiting: 0, missing: 0 });
    expect(simulator.requests.all().map(({ path }) => path), name)
      .toEqual(Array(requests).fill(LIST));
    const after = engine.library.query({
      filter: {},
      sort: "title",
      descending: false,
      offset: 0,
      limit: 100,
    });
    expect(after, name).toEqual(before);
    // Past any pause that was asked for.
    clock.skip(60 * 60_000);
  }
  simulator.requests.clear();
  simulator.world.addObject();
  await expectAll(profile, simulator, await engine.sync());
  expectPolite(world, { syncs: MODES.length });
});

test.each<[string, Fault, RegExp]>([
  ["empty", { mode: "emptyList" }, /^The site listed nothing at all$/],
  ["less than half", { mode: "shortList" }, /^\d+ of \d+ models are no longer listed\. Check the/],
])("sync() does not believe a list that is suddenly %s", async (_, fault, message) => {
  // Without repeated entries half of the rows is half of the models.
  await using world = await openWorld({ site: { objects: 21 } });
  const { simulator, profile } = world;
  const { engine } = profile;
  await expectAll(profile, simulator, await engine.sync());
  // The list lost models before; together it is more than half.
  const [first = 0, second = 0, third = 0] = simulator.world.objectIds();
  for (const id of [first, second, third]) simulator.world.revokeObject(id);
  simulator.faults.add({ on: "www", path: LIST }, fault);
  for (let again = 0; again < 2; again++) {
    const { scans, problems } = await engine.sync();
    expect(problems).toEqual([]);
    expect(scans).toMatchObject([{ removed: 0, incomplete: expect.stringMatching(message) }]);
    expect(goneAssets(profile)).toEqual([]);
  }
  for (const id of [first, second, third]) simulator.world.restoreObject(id);
  simulator.faults.clear();
  await expectAll(profile, simulator, await engine.sync());
});

test("sync() takes an empty list of a new account for what it is", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  simulator.faults.add({ on: "www", path: LIST }, { mode: "emptyList" });
  const { scans, problems } = await profile.engine.sync();
  expect(problems).toEqual([]);
  expect(scans).toMatchObject([{ seen: 0, kept: 0, removed: 0, incomplete: null }]);
  simulator.faults.clear();
  await expectAll(profile, simulator, await profile.engine.sync());
});

test.each<[string, FaultScope, Fault]>([
  ["500", { on: "www", path: "/api/v2/objects" }, { mode: "serverError" }],
  ["half of the JSON", { on: "www", path: "/api/v2/objects" }, { mode: "truncatedJson" }],
  ["other JSON", { on: "www", path: "/api/v2/objects" }, { mode: "wrongJson" }],
  ["a login page", { on: "www", path: "/api/v2/objects" }, { mode: "htmlInstead" }],
  ["a login page everywhere", { on: "www", path: /myObjects|v2/ }, { mode: "htmlInstead" }],
  ["a plain 403", { on: "www", path: "/api/v2/objects" }, { mode: "throttle403" }],
  ["a plain 403 everywhere", { on: "www", path: /myObjects|v2/ }, { mode: "throttle403" }],
  ["a redirect elsewhere", { on: "www", path: "/api/v2/objects" }, { mode: "redirectElsewhere" }],
  ["no end", { on: "www", path: "/api/v2/objects", times: 1 }, { mode: "endless" }],
  ["silence", { on: "www", path: "/api/v2/objects", times: 6 }, { mode: "stall" }],
])("sync() makes up later for models that were answered with %s", async (_, scope, fault) => {
  await using world = await openWorld();
  const { simulator, profile, clock } = world;
  simulator.faults.add(scope, fault);
  const summary = await profile.engine.sync();
  for (const { error } of summary.problems) expectSentence(error);
  await expectTruth(profile, simulator);
  const asked = Map.groupBy(
    simulator.requests.to(WWW).filter(({ path }) => path.startsWith("/api/")),
    ({ path }) => path,
  );
  for (const [path, requests] of asked) {
    // The site's own word for the account settles some doubts, for each file that raises them.
    if (path === "/api/v2/user") continue;
    expect(requests.length, path).toBeLessThanOrEqual(MOST_TRIES);
  }
  expectPolite(world);

  simulator.faults.clear();
  clock.skip(60 * 60_000);
  await expectAll(profile, simulator, await profile.engine.sync());
});

test.each<[string, Fault]>([
  ["empty", { mode: "emptyList" }],
  ["short", { mode: "shortList" }],
])(
  "sync() cannot notice that a model's list of pictures is %s, but a full one makes up for it",
  async (_, fault) => {
    await using world = await openWorld();
    const { simulator, profile } = world;
    simulator.faults.add({ on: "www", path: "/api/v2/objects" }, fault);
    await profile.engine.sync();
    await expectTruth(profile, simulator);
    // The files themselves are asked for a second time elsewhere.
    const models = [...simulator.reference()].filter(({ kind }) => kind === "model");
    expect(fileRows(profile).filter(({ kind }) => kind === "model")).toHaveLength(models.length);
    simulator.faults.clear();
    await expectAll(profile, simulator, await profile.engine.sync({ full: true }));
  },
);

test("sync() waits for a site that dies during the scan, and makes up for it when it is back", async () => {
  await using world = await openWorld();
  const { simulator, profile, sent } = world;
  profile.engine.changeSettings({ concurrency: 16 });
  let here: number | null = null;
  const dies = setInterval(() => {
    if (here !== null) return;
    if (sent.filter(({ url }) => url.includes("/objects/")).length >= 3) {
      world.setNetwork("refusing");
    }
    const waits = profile.heard.some((one) =>
      one.event === "waiting" && one.data.reason === "offline"
    );
    if (!waits) return;
    here = profile.engine.status().library.filesHere;
    world.setNetwork("there");
  }, 1);
  const summary = await profile.engine.sync();
  clearInterval(dies);
  expect(summary.scans).toMatchObject([{ kept: expect.any(Number), incomplete: null }]);
  expect(here).not.toBeNull();
  expect(here).toBeLessThan([...simulator.reference()].length);
  for (const { error } of summary.problems) expectSentence(error);
  await expectTruth(profile, simulator);
  await expectAll(profile, simulator, await profile.engine.sync());
});

test("sync() ends cleanly where nobody can be reached from the beginning", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  world.setNetwork("refusing");
  const { problems } = await profile.engine.sync();
  expect(problems).toMatchObject([
    { error: { code: "retryable", message: expect.stringMatching(/^The site refused/) } },
  ]);
  expectPolite(world, { syncs: 1 });
  world.setNetwork("there");
  await expectAll(profile, simulator, await profile.engine.sync());
});

test("sync() makes up for all that a site kept back that cut every connection", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  for (const on of ["www", "storage", "images"] as const) {
    simulator.faults.add({ on, after: 4 }, { mode: "reset", bytes: 0 });
  }
  profile.engine.changeSettings({ concurrency: 16 });
  await profile.engine.sync();
  await expectTruth(profile, simulator);
  expectPolite(world);
  simulator.faults.clear();
  await expectAll(profile, simulator, await profile.engine.sync());
});
