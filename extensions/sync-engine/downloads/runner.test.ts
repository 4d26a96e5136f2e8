import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { createHttp } from "../platform/http.ts";
import { serveRawLoopback } from "../platform/testing/loopback.ts";
import { MARKER_NAME } from "../files/marker.ts";
import { openStore } from "../store/store.ts";
import { MAX_ATTEMPTS } from "./backoff.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import { NotNow } from "./not_now.ts";
import { Runner, type RunnerOptions } from "./runner.ts";
import { content, makeWorld, ROOT, type World } from "./testing/world.ts";

const MINUTE = 60_000;
const RESERVE = 256 * 1024 * 1024;
const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

interface Told {
  readonly failed: { kind: string; retryAt: number | null }[];
  readonly waits: { until: number; reason: string }[];
  readonly done: string[];
}

/** Works the queue off to its end on the fake clock. */
async function runAll(
  world: World,
  options: Partial<RunnerOptions> = {},
): Promise<Told & { blocked: ReadonlyMap<string, SyncError> }> {
  const told: Told = { failed: [], waits: [], done: [] };
  const runner = new Runner(world.ports, { providers: ["mmf"], ...options }, {
    onFailed: (_job, { kind }, retryAt) => void told.failed.push({ kind, retryAt }),
    onWaiting: (until, reason) => void told.waits.push({ until, reason }),
    onDone: ({ fileId }) => void told.done.push(fileId),
  });
  runner.finish();
  const blocked = await world.clock.finish(runner.run(new AbortController().signal));
  expect(world.fs.handles).toBe(0);
  return { ...told, blocked };
}

test("Runner brings the whole queue to disk and records it", async () => {
  using world = makeWorld();
  const files = Array.from({ length: 7 }, (_, i) => ({
    name: `part ${i}.stl`,
    bytes: content(1_000 + i, i),
  }));
  world.list(1, files);
  const { done } = await runAll(world);
  expect(done).toHaveLength(7);
  for (const { name, bytes } of files) {
    const path = `mmf/Somebody/Model 1/files/${name}`;
    expect(world.disk().get(path)).toEqual(bytes);
    const row = world.store.files.byAsset("mmf:object-1").find((file) => file.path === path);
    expect(row).toMatchObject({ sha256: hex(bytes), downloadedRevision: "1" });
  }
  expect(world.store.jobs.counts()).toEqual({ queued: 0, running: 0, paused: 0, failed: 0 });
  expect(world.store.parts.ids()).toEqual([]);
  expect(world.store.history.query().rows.map(({ outcome }) => outcome)).toEqual(
    Array(7).fill("succeeded"),
  );
});

test("Runner tries a file five times with growing pauses, then sets it aside", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  world.site.troubles.set(id, Array(9).fill({ breakAfter: 10 }));
  const { failed, waits } = await runAll(world);
  expect(failed).toHaveLength(MAX_ATTEMPTS);
  // Random is 0.5: three quarters of 2, 4, 8 and 16 seconds.
  const pauses = waits.map(({ until }, i) => until - (waits[i - 1]?.until ?? 1_000));
  expect(pauses).toEqual([1_500, 3_000, 6_000, 12_000]);
  expect(waits.every(({ reason }) => reason === "retryable")).toBe(true);
  expect(failed.at(-1)).toEqual({ kind: "retryable", retryAt: null });
  expect(world.store.jobs.get(id)).toMatchObject({ state: "failed", reason: "retryable" });
  expect(world.store.history.query().rows).toMatchObject([{ outcome: "failed" }]);
  expect(world.site.requests).toHaveLength(MAX_ATTEMPTS);
});

test("Runner gives a file up at once where another try is of no use", async () => {
  using world = makeWorld();
  const [locked = "", fine = ""] = world.list(1, [
    { name: "locked.stl", bytes: content(100) },
    { name: "fine.stl", bytes: content(100) },
  ]);
  world.site.onLease = ({ fileId }) => {
    if (fileId === locked) throw new SyncError("locked", "Not yours");
  };
  const { failed, done } = await runAll(world);
  expect(failed).toEqual([{ kind: "locked", retryAt: null }]);
  expect(done).toEqual([fine]);
});

test("Runner gives the attempts back when one brought the file forward by a chunk", async () => {
  using world = makeWorld();
  const bytes = content(7 * CHUNK_SIZE);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  world.site.troubles.set(id, Array(6).fill({ breakAfter: CHUNK_SIZE + 10 }));
  const { failed, done, waits } = await runAll(world);
  expect(failed).toHaveLength(6);
  expect(done).toEqual([id]);
  const pauses = waits.map(({ until }, i) => until - (waits[i - 1]?.until ?? 1_000));
  expect(pauses).toEqual(Array(6).fill(1_500));
  // Nothing but the pieces of the chunks that broke off came twice.
  const starts = world.site.requests.map(({ headers }) => headers?.["range"]?.split("-")[0]);
  expect(starts).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `bytes=${n * CHUNK_SIZE}`));
  expect(world.store.files.get(id)?.sha256).toBe(hex(bytes));
});

test("Runner does not count what has to be thrown away as progress", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{
    name: "a.stl",
    bytes: content(2 * CHUNK_SIZE),
    expectedSha256: "00".repeat(32),
  }]);
  const { failed } = await runAll(world);
  expect(failed.map(({ kind }) => kind)).toEqual(Array(MAX_ATTEMPTS).fill("integrity"));
  expect(world.store.jobs.get(id)?.state).toBe("failed");
});

test("Runner gives up a long file that always breaks off and cannot be resumed", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(3 * CHUNK_SIZE) }]);
  world.site.hasValidator = false;
  world.site.troubles.set(id, Array(50).fill({ breakAfter: 2 * CHUNK_SIZE + 10 }));
  const { failed } = await runAll(world);
  expect(failed.length).toBeLessThanOrEqual(MAX_ATTEMPTS + 1);
  expect(world.store.jobs.get(id)?.state).toBe("failed");
});

test("Runner leaves the jobs of a provider whose sign-in is dead, and only those", async () => {
  using world = makeWorld();
  const [mine = ""] = world.list(1, [{ name: "a.stl", bytes: content(10) }, {
    name: "b.stl",
    bytes: content(10),
  }]);
  const [other = ""] = world.list(2, [{ name: "c.stl", bytes: content(10) }], "other");
  world.site.onLease = ({ provider }) => {
    if (provider === "mmf") throw new SyncError("needsAuth", "Signed out");
  };
  const { blocked, done } = await runAll(world, { providers: ["mmf", "other"], concurrency: 1 });
  expect([...blocked.keys()]).toEqual(["mmf"]);
  expect(done).toEqual([other]);
  expect(world.site.leases).toEqual([mine, other]);
  expect(world.store.jobs.counts()).toMatchObject({ queued: 2, failed: 0 });
  expect(world.store.jobs.get(mine)).toMatchObject({ attempts: 0 });
});

test("Runner stops for all providers where the disk does not allow writing", async () => {
  using world = makeWorld();
  world.list(1, ["a", "b", "c"].map((name) => ({ name, bytes: content(10) })));
  world.list(2, [{ name: "d", bytes: content(10) }], "other");
  world.fs.onOperation = ({ name }) => {
    if (name === "open") throw new SyncError("permission", "Read-only");
  };
  const { blocked, done } = await runAll(world, { providers: ["mmf", "other"], concurrency: 1 });
  expect([...blocked.keys()]).toEqual(["mmf", "other"]);
  expect(done).toEqual([]);
  expect(world.store.jobs.counts()).toMatchObject({ queued: 4, failed: 0 });
});

test("Runner gives up a file that the disk refuses, and goes on with the others", async () => {
  using world = makeWorld();
  const ids = world.list(1, ["a", "huge", "c"].map((name) => ({ name, bytes: content(10) })));
  world.fs.onOperation = ({ name, path }) => {
    if (name === "open" && path.includes("huge")) throw new SyncError("permission", "Too large");
  };
  const { blocked, done } = await runAll(world, { concurrency: 1 });
  expect(blocked.size).toBe(0);
  expect(done).toEqual([ids[0], ids[2]]);
  expect(world.store.jobs.get(ids[1] ?? "")).toMatchObject({
    state: "failed",
    reason: "permission",
  });
});

test("Runner makes nothing below a root whose drive went away in the middle", async () => {
  using world = makeWorld();
  world.list(1, ["a", "b", "c"].map((name) => ({ name, bytes: content(10) })));
  world.site.onLease = () => void world.fs.remove(`${ROOT}/${MARKER_NAME}`);
  const { blocked, done } = await runAll(world, { concurrency: 1 });
  expect(blocked.get("mmf")).toMatchObject({ kind: "permission" });
  expect(done).toEqual([]);
  expect([...world.disk().keys()].filter((path) => !path.endsWith(".part"))).toEqual([]);
});

const unplugs: readonly (readonly [how: string, unplug: (world: World) => void])[] = [
  ["is gone", ({ fs }) => void fs.rename(ROOT, "/unplugged")],
  ["fails at everything", ({ fs }) => {
    fs.onOperation = ({ name }) => {
      throw new SyncError("diskFault", `Cannot ${name}: the disk or network drive failed`);
    };
  }],
];

test.each(unplugs)(
  "Runner stops and names the drive when the root %s in the middle of a transfer",
  async (_how, unplug) => {
    using world = makeWorld();
    const ids = world.list(1, ["a", "b", "c"].map((name) => ({ name, bytes: content(10) })));
    world.site.onLease = () => unplug(world);
    const { blocked, failed, waits } = await runAll(world, { concurrency: 1 });
    expect(blocked.get("mmf")).toMatchObject({
      kind: "permission",
      message: expect.stringMatching(/"\/library".*connect its drive/),
    });
    expect([failed.map(({ kind }) => kind), waits]).toEqual([["permission"], []]);
    expect(world.store.jobs.counts()).toMatchObject({ queued: 3, failed: 0 });
    expect(world.store.jobs.get(ids[0] ?? "")).toMatchObject({ attempts: 0, reason: null });
  },
);

test("Runner tries a file again that another program holds, and says that it is the disk", async () => {
  using world = makeWorld();
  const [id] = world.list(1, [{ name: "a", bytes: content(10) }]);
  let heldFor = 2;
  world.fs.onOperation = ({ name, path }) => {
    if (name === "open" && path.includes("/a") && heldFor-- > 0) {
      throw new SyncError("diskFault", "Another program is using the file");
    }
  };
  const { done, failed, waits } = await runAll(world, { concurrency: 1 });
  expect([done, failed.map(({ kind }) => kind)]).toEqual([[id], ["diskFault"]]);
  expect(waits.map(({ reason }) => reason)).toEqual(["diskFault"]);
});

test("Runner ends in order when the database fails, and says so", async () => {
  using world = makeWorld();
  world.list(1, ["a", "b", "c", "d"].map((name) => ({ name, bytes: content(10) })));
  const runner = new Runner(world.ports, { providers: ["mmf"] }, {
    onStart: ({ file }) => {
      if (file.name === "c") throw new SyncError("diskFull", "The database's disk is full");
    },
  });
  runner.finish();
  await expect(runner.run(new AbortController().signal)).rejects.toThrow("database's disk");
  expect(world.store.jobs.counts().failed).toBe(0);
});

test("Runner waits while the disk is full and goes on when there is room", async () => {
  using world = makeWorld();
  world.list(1, [{ name: "a.stl", bytes: content(1_000) }, {
    name: "b.stl",
    bytes: content(1_000),
  }]);
  world.fs.capacity = RESERVE;
  const waits: string[] = [];
  const runner = new Runner(world.ports, { providers: ["mmf"] }, {
    onWaiting: (_until, reason) => void waits.push(reason),
  });
  runner.finish();
  const running = runner.run(new AbortController().signal);
  await world.clock.advance(10 * MINUTE);
  expect(waits[0]).toBe("diskFull");
  const asked = world.site.requests.length;
  // While it is full nothing is asked of the site.
  expect(asked).toBeLessThanOrEqual(2);
  expect(world.store.jobs.counts()).toMatchObject({ queued: 2, failed: 0 });
  world.fs.capacity = RESERVE + 64 * 1024 * 1024;
  await world.clock.advance(MINUTE);
  await running;
  expect(world.store.jobs.counts().queued).toBe(0);
  expect(world.disk().get("mmf/Somebody/Model 1/files/b.stl")).toEqual(content(1_000));
});

test("Runner gives up waiting for the disk after longestWaitMs", async () => {
  using world = makeWorld();
  world.list(1, [{ name: "a.stl", bytes: content(1_000) }]);
  world.fs.capacity = RESERVE;
  const { blocked } = await runAll(world, { longestWaitMs: 5 * MINUTE });
  expect(blocked.get("mmf")?.kind).toBe("diskFull");
  expect(world.clock.now()).toBeGreaterThanOrEqual(5 * MINUTE);
  expect(world.clock.now()).toBeLessThan(7 * MINUTE);
});

test("Runner ends instead of waiting longer than longestWaitMs for a back-off", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  world.site.troubles.set(id, [{ status: 429, headers: { "retry-after": "600" } }]);
  const { blocked, waits } = await runAll(world, { longestWaitMs: MINUTE });
  expect(blocked.size).toBe(0);
  expect(waits).toEqual([]);
  expect(world.store.jobs.counts().queued).toBe(1);
});

test("Runner keeps silent towards a site that asked for it, across restarts", async () => {
  using world = makeWorld();
  const [first = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }, {
    name: "b.stl",
    bytes: content(100),
  }]);
  const [other = ""] = world.list(2, [{ name: "c.stl", bytes: content(100) }], "other");
  world.site.troubles.set(first, [{ status: 429, headers: { "retry-after": "600" } }]);
  const { done } = await runAll(world, {
    providers: ["mmf", "other"],
    concurrency: 1,
    longestWaitMs: MINUTE,
  });
  expect(done).toEqual([other]);
  const until = world.clock.now() + 600_000;
  world.store.close();

  const store = openStore({ dir: world.dir, clock: world.clock });
  const waits: { until: number; reason: string }[] = [];
  const runner = new Runner({ ...world.ports, store }, { providers: ["mmf"] }, {
    onWaiting: (until, reason) => void waits.push({ until, reason }),
  });
  runner.finish();
  const asked = world.site.requests.length;
  const running = runner.run(new AbortController().signal);
  await world.clock.advance(9 * MINUTE);
  expect(world.site.requests).toHaveLength(asked);
  expect(waits[0]).toEqual({ until, reason: "throttled" });
  await world.clock.finish(running);
  expect(store.jobs.counts().queued).toBe(0);
  store.close();
});

test("Runner lets no silence last for longer than a day when the clock is set back", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  const until = world.clock.now() + 3 * 365 * 24 * 60 * MINUTE;
  world.store.pauses.set({ provider: "mmf", scope: "downloads", until, reason: "throttled" });
  const before = world.clock.now();
  const { done } = await runAll(world);
  expect(done).toEqual([id]);
  expect(world.clock.now() - before).toBeLessThan(25 * 60 * MINUTE);
});

test("Runner lets no back-off last for longer than a day when the clock is set back", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  const before = world.clock.now();
  world.store.jobs.retryLater(id, before + 7 * 24 * 60 * MINUTE, "retryable", "The line broke");
  const { done } = await runAll(world);
  expect(done).toEqual([id]);
  expect(world.clock.now() - before).toBeLessThan(25 * 60 * MINUTE);
});

test("Runner looks at a full disk as soon as before when the clock is set back", async () => {
  using world = makeWorld();
  await world.clock.advance(30 * 24 * 60 * MINUTE);
  world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  world.fs.capacity = RESERVE;
  const runner = new Runner(world.ports, { providers: ["mmf"] });
  runner.finish();
  const running = runner.run(new AbortController().signal);
  await world.clock.advance(2 * MINUTE);
  world.clock.set(-7 * 24 * 60 * MINUTE);
  world.fs.capacity = RESERVE + 64 * 1024 * 1024;
  await world.clock.advance(30 * MINUTE);
  expect(world.store.jobs.counts().queued).toBe(0);
  await world.clock.finish(running);
});

test("Runner starts a job when its turn has come, those of other providers before, and says what it waits for", async () => {
  using world = makeWorld();
  const [first = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  const [other = ""] = world.list(2, [{ name: "b.stl", bytes: content(100) }], "other");
  const at = world.clock.now() + MINUTE;
  world.site.onAdmit = ({ provider }) =>
    provider === "mmf" && world.clock.now() < at
      ? { ms: at - world.clock.now(), reason: "paced" }
      : null;
  const { done, waits } = await runAll(world, { providers: ["mmf", "other"] });
  expect(done).toEqual([other, first]);
  expect(waits).toEqual([{ until: at, reason: "paced" }]);
});

test("Runner takes no try from a job that has to wait through no fault of its own", async () => {
  using world = makeWorld();
  const [first = "", second = ""] = world.list(1, [
    { name: "a.stl", bytes: content(100) },
    { name: "b.stl", bytes: content(100) },
  ]);
  let refusals = 0;
  world.site.onLease = ({ fileId, attempts }) => {
    expect(attempts).toBe(0);
    if (fileId !== first || ++refusals > 7) return;
    const refusal = new SyncError("retryable", "Not now");
    throw new NotNow(refusal, { until: world.clock.now() + MINUTE, isLast: true });
  };
  const { done, failed } = await runAll(world, { concurrency: 1 });
  expect(done).toEqual([second, first]);
  expect(failed).toEqual([]);
});

test("Runner leaves a provider alone for the rest of its run when another try is of no use before", async () => {
  using world = makeWorld();
  world.list(1, [
    { name: "a.stl", bytes: content(100) },
    { name: "b.stl", bytes: content(100) },
  ]);
  world.site.onLease = () => {
    throw new NotNow(new SyncError("throttled", "Not now"), { until: null });
  };
  const { blocked, failed } = await runAll(world, { concurrency: 1 });
  expect([...blocked]).toMatchObject([["mmf", { kind: "throttled" }]]);
  expect(failed).toEqual([]);
  expect(world.site.leases).toHaveLength(1);
  expect(world.store.jobs.counts()).toMatchObject({ queued: 2, failed: 0 });
});

test("Runner.setConcurrency() starts more transfers while running", async () => {
  using world = makeWorld();
  const files = Array.from({ length: 6 }, (_, i) => ({ name: `${i}.stl`, bytes: content(100, i) }));
  for (const id of world.list(1, files)) world.site.troubles.set(id, [{ hangAfter: 10 }]);
  const runner = new Runner(world.ports, { providers: ["mmf"], concurrency: 1 });
  const stop = new AbortController();
  const running = runner.run(stop.signal);
  await world.clock.advance(1);
  expect(world.site.requests).toHaveLength(1);
  runner.setConcurrency(4);
  await world.clock.advance(1);
  expect(world.site.requests).toHaveLength(4);
  stop.abort();
  await expect(running).rejects.toMatchObject({ kind: "cancelled" });
});

test("Runner stops at an abort, keeps its chunks and gives the jobs back uncounted", async () => {
  using world = makeWorld();
  const bytes = content(2 * CHUNK_SIZE);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  world.site.troubles.set(id, [{ hangAfter: CHUNK_SIZE + 100 }]);
  const runner = new Runner(world.ports, { providers: ["mmf"] });
  const stop = new AbortController();
  const running = runner.run(stop.signal);
  await world.clock.advance(1);
  stop.abort(new SyncError("cancelled", "Stopped"));
  await expect(running).rejects.toMatchObject({ kind: "cancelled" });
  expect(world.store.jobs.get(id)).toMatchObject({ state: "queued", attempts: 0, notBefore: 0 });
  expect(world.store.parts.get(id)?.chunks.size).toBe(1);
  const { done } = await runAll(world);
  expect(done).toEqual([id]);
  expect(world.site.requests.at(-1)?.headers?.["range"]).toBe(
    `bytes=${CHUNK_SIZE}-${2 * CHUNK_SIZE - 1}`,
  );
});

test("Runner finishes what is being published when it is aborted", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  const stop = new AbortController();
  world.fs.onOperation = ({ name }) => {
    if (name === "rename") stop.abort();
  };
  const runner = new Runner(world.ports, { providers: ["mmf"] });
  await expect(world.clock.finish(runner.run(stop.signal))).rejects.toMatchObject({
    kind: "cancelled",
  });
  expect(world.store.jobs.get(id)).toBe(null);
  expect(world.store.files.get(id)?.sha256).toBe(hex(content(100)));
});

test("Runner waits for jobs to come until finish() is called", async () => {
  using world = makeWorld();
  const runner = new Runner(world.ports, { providers: ["mmf"] });
  let ended = false;
  const running = runner.run(new AbortController().signal).then(() => ended = true);
  await world.clock.advance(MINUTE);
  world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  runner.wake();
  await world.clock.advance(MINUTE);
  expect(world.store.jobs.counts().queued).toBe(0);
  expect(ended).toBe(false);
  runner.finish();
  await running;
});

test("Runner abandons a transfer that stands still and tries it anew", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  world.site.troubles.set(id, [{ hangAfter: 10 }]);
  const { failed, done } = await runAll(world);
  expect(failed).toMatchObject([{ kind: "retryable" }]);
  expect(done).toEqual([id]);
});

/** A queue of large files of which each stands still after its first chunk, and its runner at work. */
async function hanging(world: World, count: number, options: Partial<RunnerOptions> = {}) {
  const bytes = content(2 * CHUNK_SIZE);
  const ids = world.list(1, Array.from({ length: count }, (_, i) => ({ name: `${i}.stl`, bytes })));
  for (const id of ids) world.site.troubles.set(id, [{ hangAfter: CHUNK_SIZE + 100 }]);
  const failed: string[] = [];
  const runner = new Runner(world.ports, { providers: ["mmf"], ...options }, {
    onFailed: (_job, { kind }) => void failed.push(kind),
  });
  const stop = new AbortController();
  const running = runner.run(stop.signal);
  await world.clock.advance(1);
  return { ids, runner, running, stop, failed };
}

const partsOf = (world: World) => [...world.disk().keys()].filter((path) => path.endsWith(".part"));

test("Runner.review() stops a paused transfer alone, keeps its parts and goes on from them", async () => {
  using world = makeWorld();
  const { ids: [one = "", other = ""], runner, running, failed } = await hanging(world, 2);
  world.store.jobs.pause({ fileIds: [one] });
  runner.review();
  await world.clock.advance(1);
  expect(failed).toEqual(["cancelled"]);
  expect(world.store.jobs.get(one)).toMatchObject({ state: "paused", attempts: 0 });
  expect(world.store.jobs.get(other)?.state).toBe("running");
  expect(world.store.parts.get(one)?.chunks.size).toBe(1);

  world.store.jobs.resume({ fileIds: [one] });
  runner.review();
  runner.finish();
  await world.clock.finish(running);
  const ranges = world.site.requests.filter(({ url }) => url.includes(encodeURIComponent(one)))
    .map(({ headers }) => headers?.["range"]);
  expect(ranges.at(-1)).toBe(`bytes=${CHUNK_SIZE}-${2 * CHUNK_SIZE - 1}`);
  expect(world.store.files.get(one)?.sha256).toBe(hex(content(2 * CHUNK_SIZE)));
});

test("Runner.review() stops a transfer whose job was taken away, and removes its parts", async () => {
  using world = makeWorld();
  const { ids: [one = "", other = ""], runner, stop, running } = await hanging(world, 2);
  world.store.jobs.remove({ fileIds: [one] });
  expect(runner.review()).toBe(true);
  await runner.ended([one]);
  expect(world.store.parts.ids()).toEqual([other]);
  expect(partsOf(world)).toHaveLength(1);
  stop.abort();
  await expect(running).rejects.toMatchObject({ kind: "cancelled" });
  expect(world.store.history.query().total).toBe(0);
});

test("Runner starts nothing while it is held, gives back what ran, and ends when nothing is to come", async () => {
  using world = makeWorld();
  let held = false;
  const { runner, running } = await hanging(world, 5, { isHeld: () => held });
  held = true;
  runner.review();
  await world.clock.advance(1);
  expect(world.store.jobs.counts()).toMatchObject({ queued: 5, running: 0 });
  const asked = world.site.requests.length;
  await world.clock.advance(MINUTE);
  expect(world.site.requests).toHaveLength(asked);
  runner.finish();
  await running;
  expect(runner.review()).toBe(false);
  expect(runner.expectMore()).toBe(false);
});

test("Runner goes on after finish() when more is expected after all", async () => {
  using world = makeWorld();
  const { runner, running, stop } = await hanging(world, 1);
  runner.finish();
  expect(runner.expectMore()).toBe(true);
  let ended = false;
  void running.finally(() => ended = true).catch(() => {});
  await world.clock.advance(10 * MINUTE);
  expect(world.store.jobs.counts().queued + world.store.jobs.counts().running).toBe(0);
  expect(ended).toBe(false);
  stop.abort();
  await expect(running).rejects.toMatchObject({ kind: "cancelled" });
});

test("Runner never lets two transfers write to one partial file, however fast a job comes and goes", async () => {
  using world = makeWorld();
  const { ids: [one = ""], runner, running } = await hanging(world, 1);
  for (let i = 0; i < 5; i++) {
    world.store.jobs.pause({ fileIds: [one] });
    runner.review();
    world.store.jobs.resume({ fileIds: [one] });
    runner.review();
  }
  runner.finish();
  await world.clock.finish(running);
  expect(world.store.files.get(one)?.sha256).toBe(hex(content(2 * CHUNK_SIZE)));
  expect(world.store.jobs.counts()).toEqual({ queued: 0, running: 0, paused: 0, failed: 0 });
  // One broken attempt and one that goes on from its chunk; no third.
  expect(world.site.requests).toHaveLength(2);
});

test("Runner stops a transfer within a second although its socket hangs", async () => {
  using world = makeWorld();
  const bytes = content(2 * CHUNK_SIZE);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  await using server = serveRawLoopback(async (connection) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\netag: "1"\r\n\r\n`;
    await connection.write(new TextEncoder().encode(head));
    await connection.write(bytes.subarray(0, 60_000));
    await new Promise(() => {});
  });
  using http = createHttp({
    userAgent: "test",
    connectTo: { "https://dl.example.com": server.origin },
  });
  const arrived = Promise.withResolvers<void>();
  const runner = new Runner({ ...world.ports, http }, { providers: ["mmf"] }, {
    onProgress: (_job, done) => done > 0 && arrived.resolve(),
  });
  runner.finish();
  const running = runner.run(new AbortController().signal);
  await arrived.promise;
  world.store.jobs.remove({ fileIds: [id] });
  const before = performance.now();
  runner.review();
  await running;
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(partsOf(world)).toEqual([]);
});
