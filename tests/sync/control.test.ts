import { existsSync, readdirSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CHUNK_SIZE } from "../../extensions/sync-engine/downloads/chunk.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { type Heard, openTestProfile, type TestProfile } from "../support/profile.ts";

const STORAGE = "https://dl4.myminifactory.com";
const ALL = { offset: 0, limit: 100 } as const;
const ASSETS = { filter: {}, sort: "title", descending: false, ...ALL } as const;

/** Where transfers that stand still do so: in the second chunk. */
const STALL = CHUNK_SIZE + 500_000;

let site: Simulator;
let profile: TestProfile;

/** A library of models of a large file each, of which none is wanted yet. */
beforeEach(async () => {
  site = await startSimulator({
    objects: 10,
    filesPerObject: 1,
    images: 0,
    fileSize: 9_000_000,
    oddities: false,
  });
  profile = await openTestProfile(site);
  profile.engine.changeSettings({ newWanted: false });
  await profile.engine.sync({ fetch: false });
  profile.heard.length = 0;
});

afterEach(async () => {
  await profile[Symbol.asyncDispose]();
  await site.close();
});

/** Ids of models that have one large file, `count` of them. */
function models(count: number): string[] {
  const byObject = Map.groupBy(site.reference(), ({ objectId }) => objectId);
  const ids = [...byObject].filter(([, files]) =>
    files.length === 1 && (files[0]?.size ?? 0) > STALL
  )
    .map(([objectId]) => `mmf:object-${objectId}`);
  expect(ids.length).toBeGreaterThanOrEqual(count);
  return ids.slice(0, count);
}

async function want(assetIds: readonly string[]): Promise<void> {
  await profile.engine.library.setWanted({ which: [...assetIds], wanted: true });
}

function standStill(times: number): void {
  site.faults.add({ on: "storage", times }, { mode: "stall", bytes: STALL });
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

function lastOf<E extends Heard["event"]>(event: E): Extract<Heard, { event: E }> | undefined {
  return profile.heard.findLast((one): one is Extract<Heard, { event: E }> => one.event === event);
}

const running = () => lastOf("progress")?.data.running ?? [];

/** Waits until so many transfers stand still behind their first chunk. */
async function standing(count: number): Promise<void> {
  await until(() => running().filter(({ done }) => done > CHUNK_SIZE).length === count);
}

/** Waits for the end of the run that is under way; says what it fetched. */
async function end(): Promise<{ fetched: string[]; waiting: number }> {
  await until(() => lastOf("syncEnded") !== undefined && profile.engine.status().busy === null);
  const ended = lastOf("syncEnded")?.data;
  const fetched = profile.heard.flatMap(({ event, data }) =>
    event === "fileDone" ? [data.assetId] : []
  );
  profile.heard.length = 0;
  if (!ended || !("summary" in ended)) throw new Error(`The sync failed: ${JSON.stringify(ended)}`);
  return { fetched, waiting: ended.summary.waiting };
}

function ranges(): (string | undefined)[] {
  return site.requests.to(STORAGE).map(({ headers }) => headers["range"]);
}

function partFiles(): string[] {
  if (!existsSync(profile.root)) return [];
  return readdirSync(profile.root, { recursive: true }).map(String)
    .filter((path) => path.endsWith(".part"));
}

test("sync with fetch: false reads the lists, asks for no file and makes no folder", () => {
  expect(profile.engine.status().library).toMatchObject({ wanted: 0 });
  expect(profile.engine.status().library.assets).toBeGreaterThanOrEqual(10);
  expect(existsSync(profile.root)).toBe(false);
  expect(site.requests.to(STORAGE)).toEqual([]);
});

test("sync with scan: false reads no list and fetches what is wanted", async () => {
  const [one = ""] = models(1);
  await want([one]);
  profile.engine.startSync({ scan: false });
  expect(await end()).toEqual({ fetched: [one], waiting: 0 });
  expect(profile.heard.some(({ event }) => event === "scan")).toBe(false);
});

test("a held queue stops within a second, keeps its parts, holds what joins it, and goes on from there", async () => {
  const [one = "", other = ""] = models(2);
  await want([one]);
  standStill(1);
  profile.engine.startSync({ scan: false });
  await standing(1);

  const before = performance.now();
  expect(profile.engine.queue.pause({})).toEqual({ changed: 1 });
  expect(await end()).toEqual({ fetched: [], waiting: 1 });
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(profile.engine.status()).toMatchObject({ paused: true, queue: { queued: 1, running: 0 } });
  expect(partFiles()).toHaveLength(1);

  await want([other]);
  profile.engine.startSync({ scan: false });
  expect(await end()).toEqual({ fetched: [], waiting: 2 });
  expect(ranges()).toHaveLength(1);

  await profile.reopen();
  expect(profile.engine.status().paused).toBe(true);
  expect(profile.engine.queue.resume({})).toEqual({ changed: 2 });
  expect((await end()).fetched.sort()).toEqual([one, other].sort());
  expect(profile.engine.status().paused).toBe(false);
  expect(ranges()).toContainEqual(expect.stringMatching(`^bytes=${CHUNK_SIZE}-`));
  expect(partFiles()).toEqual([]);
});

test("a download that is paused alone lets the others go on, and goes on from its chunk", async () => {
  const [one = "", other = ""] = models(2);
  await want([one]);
  standStill(1);
  profile.engine.startSync({ scan: false });
  await standing(1);
  await want([other]);
  expect(profile.engine.queue.pause({ assetId: one })).toEqual({ changed: 1 });
  expect(await end()).toEqual({ fetched: [other], waiting: 0 });
  expect(profile.engine.queue.list({ ...ALL, state: "paused" })).toMatchObject({
    total: 1,
    rows: [{ assetId: one, hint: null }],
  });
  expect(profile.engine.queue.resume({ assetId: one })).toEqual({ changed: 1 });
  expect((await end()).fetched).toEqual([one]);
  expect(ranges().at(-1)).toMatch(`bytes=${CHUNK_SIZE}-`);
});

test("the last progress of a run shows nothing running", async () => {
  await want(models(1));
  standStill(1);
  profile.engine.startSync({ scan: false });
  await standing(1);
  expect(running()[0]?.speed).toBeGreaterThan(0);
  profile.engine.stop();
  await until(() => lastOf("syncEnded") !== undefined);
  expect(lastOf("progress")?.data).toMatchObject({ running: [], speed: 0 });
});

test("a cancelled download is gone with its parts until a sync is asked for", async () => {
  const [one = "", other = "", third = ""] = models(3);
  await want([one, other]);
  standStill(2);
  profile.engine.startSync({ scan: false });
  await standing(2);
  expect(await profile.engine.queue.cancel({ assetId: one })).toEqual({ changed: 1 });
  expect(partFiles()).toHaveLength(1);
  // The run goes on with what becomes wanted, and with nothing that was cancelled.
  await want([third]);
  await until(() => lastOf("fileDone") !== undefined);
  profile.engine.queue.pause({ assetId: other });
  expect((await end()).fetched).toEqual([third]);
  profile.engine.queue.resume({ assetId: other });
  expect((await end()).fetched).toEqual([other]);
  expect(profile.engine.status().queue).toEqual({ queued: 0, running: 0, paused: 0, failed: 0 });
  expect(profile.engine.library.asset({ id: one })).toMatchObject({ wanted: true, filesHere: 0 });
  profile.engine.startSync({ scan: false });
  expect((await end()).fetched).toEqual([one]);
});

test("all downloads are cancelled at once while no run works on them", async () => {
  await want(models(3));
  profile.engine.queue.pause({});
  profile.engine.startSync({ scan: false });
  expect((await end()).waiting).toBe(3);
  expect(await profile.engine.queue.cancel({})).toEqual({ changed: 3 });
  profile.engine.queue.resume({});
  expect(profile.engine.status()).toMatchObject({ busy: null, queue: { queued: 0 } });
});

test("a small file that was begun leaves nothing behind when it is cancelled later", async () => {
  const [one = ""] = models(1);
  await want([one]);
  site.faults.add({ on: "storage", times: 1 }, { mode: "stall", bytes: 100_000 });
  profile.engine.startSync({ scan: false });
  await until(() => running().some(({ done }) => done > 0));
  profile.engine.queue.pause({});
  await end();
  expect(partFiles()).toHaveLength(1);
  await profile.engine.queue.cancel({ assetId: one });
  expect(partFiles()).toEqual([]);
});

test("retry starts a run for what failed for good, and only for that", async () => {
  const [one = "", other = "", third = ""] = models(3);
  await want([one, other]);
  profile.engine.queue.pause({});
  profile.engine.startSync({ scan: false });
  await end();
  for (const id of [one, other]) site.world.lockObject(Number(id.split("-")[1]));
  profile.engine.queue.resume({});
  await end();
  const { rows, total } = profile.engine.queue.list({ ...ALL, state: "failed" });
  expect(total).toBe(2);
  const hint = expect.stringMatching(/still have access\.$/);
  expect(rows).toContainEqual(expect.objectContaining({ assetId: one, reason: "locked", hint }));
  expect(profile.engine.history.list({ ...ALL, outcome: "failed" }).rows)
    .toContainEqual(expect.objectContaining({ assetId: one, reason: "locked", hint }));

  for (const id of [one, other]) site.world.restoreObject(Number(id.split("-")[1]));
  await want([third]);
  expect(profile.engine.queue.retry({ assetId: one })).toEqual({ changed: 1 });
  expect((await end()).fetched).toEqual([one]);
  expect(profile.engine.status().queue).toMatchObject({ queued: 0, failed: 1 });
  expect(profile.engine.history.clear()).toEqual({ changed: 3 });
  expect(profile.engine.history.list(ALL).total).toBe(0);
});

test("retry does not wait out a back-off, and overrules no site that asked for silence", async () => {
  await want(models(1));
  site.faults.add({ on: "storage", times: 1 }, { mode: "throttle429", retryAfter: "3600" });
  profile.engine.startSync({ scan: false });
  await until(() => lastOf("waiting") !== undefined);
  const { rows: [job] } = profile.engine.queue.list(ALL);
  expect(job?.notBefore).toBeGreaterThan(Date.now() + 3_000_000);
  expect(profile.engine.queue.retry({})).toEqual({ changed: 1 });
  expect(profile.engine.queue.list(ALL).rows).toMatchObject([{ notBefore: 0, state: "queued" }]);
  expect(ranges()).toHaveLength(1);
});

test("the queue is worked off in the order that it was given by hand", async () => {
  profile.engine.changeSettings({ concurrency: 1 });
  await want(models(4));
  profile.engine.queue.pause({});
  profile.engine.startSync({ scan: false });
  await end();
  const order = () => profile.engine.queue.list(ALL).rows.map(({ assetId }) => assetId);
  const [a = "", b = "", c = "", d = ""] = order();
  expect(profile.engine.queue.move({ assetId: d, to: "front" })).toEqual({ changed: 1 });
  expect(profile.engine.queue.move({ assetId: a, to: "back" })).toEqual({ changed: 1 });
  expect(profile.engine.queue.move({ assetId: c, to: "up" })).toEqual({ changed: 1 });
  expect(profile.engine.queue.move({ to: "front" })).toEqual({ changed: 0 });
  expect(order()).toEqual([d, c, b, a]);
  profile.engine.queue.resume({});
  expect((await end()).fetched).toEqual([d, c, b, a]);
});

test("concurrency and bandwidth are heeded at once", async () => {
  const { engine } = profile;
  engine.changeSettings({ concurrency: 1, bandwidth: 10 });
  await want(models(3));
  engine.startSync({ scan: false });
  await until(() => running().length === 1);
  engine.changeSettings({ concurrency: 3 });
  await until(() => running().length === 3);
  expect(lastOf("settingsChanged")?.data).toMatchObject({ concurrency: 3, bandwidth: 10 });
  // At 10 kB/s this would take three quarters of an hour.
  engine.changeSettings({ bandwidth: null });
  expect((await end()).fetched).toHaveLength(3);
  const { samples } = engine.queue.speed();
  expect(samples).toHaveLength(300);
});

test("sync.start that only fetches joins the run that works already", async () => {
  const [one = "", other = ""] = models(2);
  await want([one]);
  standStill(1);
  profile.engine.startSync({ scan: false });
  await standing(1);
  await profile.engine.queue.cancel({ assetId: one });
  expect(profile.engine.startSync({ scan: false })).toEqual({ started: true });
  await want([other]);
  const { fetched } = await end();
  const rest = fetched.length < 2 ? (await end()).fetched : [];
  expect([...fetched, ...rest].sort()).toEqual([one, other].sort());
});

test("sync.start that only fetches follows a verification, and another sync does not", async () => {
  const [one = ""] = models(1);
  await want([one]);
  profile.engine.startVerify({});
  expect(() => profile.engine.startSync({})).toThrow("A verify is running");
  expect(profile.engine.startSync({ scan: false })).toEqual({ started: true });
  expect((await end()).fetched).toEqual([one]);
});

test("views hear in time what has changed, and not at every step", async () => {
  await want(models(3));
  profile.heard.length = 0;
  profile.engine.startSync({ scan: false });
  await until(() => lastOf("statusChanged")?.data.busy === "sync");
  const started = performance.now();
  await until(() => lastOf("syncEnded") !== undefined);
  await until(() => lastOf("statusChanged")?.data.busy === null);
  const seconds = (performance.now() - started) / 1000;
  const times = (event: Heard["event"]) =>
    profile.heard.filter((one) => one.event === event).length;
  expect(times("statusChanged")).toBeLessThanOrEqual(seconds * 4 + 3);
  expect(times("libraryChanged")).toBeLessThanOrEqual(seconds * 2 + 3);
  expect(profile.engine.library.query(ASSETS).rows.filter(({ filesHere }) => filesHere > 0))
    .toHaveLength(3);
});

test("goOn() fetches what an earlier process left, and nothing that was never asked for", async () => {
  const [one = "", other = ""] = models(2);
  await want([one]);
  standStill(1);
  profile.engine.startSync({ scan: false });
  await standing(1);
  await profile.reopen();
  profile.heard.length = 0;
  await want([other]);
  profile.engine.queue.goOn();
  expect((await end()).fetched).toEqual([one]);
  expect(ranges().at(-1)).toMatch(`bytes=${CHUNK_SIZE}-`);
  profile.engine.queue.goOn();
  expect(profile.engine.status().busy).toBeNull();
});

test.each<[string, () => Promise<unknown> | unknown]>([
  ["the queue is held", () => profile.engine.queue.pause({})],
  ["nobody is signed in", () => profile.engine.accounts.logout({ provider: "mmf" })],
])("goOn() starts nothing when %s", async (_, change) => {
  await want(models(1));
  standStill(1);
  profile.engine.startSync({ scan: false });
  await standing(1);
  await profile.reopen();
  await change();
  profile.engine.queue.goOn();
  expect(profile.engine.status()).toMatchObject({ busy: null, queue: { queued: 1 } });
});
