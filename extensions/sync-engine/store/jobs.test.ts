import { expect, test } from "vitest";
import { makeAsset, makeFile } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";
import type { Store } from "./store.ts";

const a = "mmf:object-1";
const b = "cults3d:x-2";
const key = (n: number, asset = a) => `${asset}/file-${n}`;

function filled() {
  const temp = tempStore();
  const { assets, files } = temp.store;
  assets.upsertMany([makeAsset(1), makeAsset(2, { id: b, provider: "cults3d" })], 1);
  for (const id of [a, b]) files.upsertForAsset(id, [1, 2, 3].map((n) => makeFile(id, n)));
  return temp;
}

function order(store: Store): string[] {
  return store.jobs.list().rows.map((job) => job.fileId);
}

test("Jobs.next() hands out due jobs in their order, with what the download needs", () => {
  using temp = filled();
  const { jobs } = temp.store;
  expect(jobs.next(0)).toBeNull();
  expect(jobs.enqueueMany([key(2), key(1), "nothing"])).toBe(2);
  expect(jobs.enqueueMany([key(1), key(3)])).toBe(1);
  const first = jobs.next(0);
  expect(first).toMatchObject({
    state: "running",
    file: { id: key(2), name: "part-2.stl" },
    asset: { id: a, ref: '{"n":1}' },
  });
  expect([jobs.next(0)?.fileId, jobs.next(0)?.fileId, jobs.next(0)]).toEqual([
    key(1),
    key(3),
    null,
  ]);
  expect(jobs.counts()).toEqual({ queued: 0, running: 3, paused: 0, failed: 0 });
  jobs.finish(key(2));
  expect(jobs.get(key(2))).toBeNull();
});

test("Jobs.next() and nextDue() heed providers and back-off", () => {
  using temp = filled();
  const { jobs } = temp.store;
  jobs.enqueueMany([key(1), key(1, b), key(2, b)]);
  expect(jobs.next(10, { providers: ["cults3d"] })?.fileId).toBe(key(1, b));
  jobs.retryLater(key(1, b), 500, "retryable", "A hiccup");
  expect(jobs.get(key(1, b))).toMatchObject({
    state: "queued",
    attempts: 1,
    notBefore: 500,
    reason: "retryable",
  });
  expect(jobs.next(499, { providers: ["cults3d"] })?.fileId).toBe(key(2, b));
  expect(jobs.next(499, { providers: ["cults3d"] })).toBeNull();
  expect(jobs.next(499, { providers: [] })).toBeNull();
  expect(jobs.nextDue(20, { providers: ["cults3d"] })).toEqual({ at: 500, reason: "retryable" });
  expect(jobs.nextDue(20)).toEqual({ at: 20, reason: null });
  expect(jobs.nextDue(20, { providers: ["other"] })).toBeNull();
  expect(jobs.next(500, { providers: ["cults3d"] })?.fileId).toBe(key(1, b));
});

test("Jobs.release() and requeueRunning() put jobs back without counting an attempt", () => {
  using temp = filled();
  const { jobs } = temp.store;
  jobs.enqueueMany([key(1), key(2)]);
  jobs.next(0);
  jobs.release(key(1), 50);
  expect(jobs.get(key(1))).toMatchObject({ state: "queued", attempts: 0, notBefore: 50 });
  jobs.next(100);
  jobs.next(100);
  expect(jobs.requeueRunning()).toBe(2);
  expect(jobs.counts().queued).toBe(2);
});

test("Jobs.fail() keeps a job until requeueFailed() gives it all its attempts again", () => {
  using temp = filled();
  const { jobs } = temp.store;
  jobs.enqueueMany([key(1), key(1, b)]);
  jobs.next(0);
  jobs.fail(key(1), "locked", "Not yours");
  jobs.fail(key(1, b), "gone", "Not there");
  expect(jobs.get(key(1))).toMatchObject({
    state: "failed",
    reason: "locked",
    message: "Not yours",
    attempts: 1,
  });
  expect(jobs.next(1e9)).toBeNull();
  expect(jobs.pause()).toBe(0);
  expect(jobs.requeueFailed({ provider: "cults3d" })).toBe(1);
  expect(jobs.get(key(1, b))).toMatchObject({
    state: "queued",
    attempts: 0,
    reason: null,
    message: null,
  });
  expect(jobs.requeueFailed()).toBe(1);
});

test("Jobs.pause() holds queued and running jobs until resume(), even when their attempt ends", () => {
  using temp = filled();
  const { jobs } = temp.store;
  jobs.enqueueMany([1, 2, 3].map((n) => key(n)).concat(key(1, b)));
  jobs.next(0);
  expect(jobs.pause({ assetId: a })).toBe(3);
  jobs.retryLater(key(1), 5, "retryable", "Cut");
  jobs.release(key(1));
  expect(jobs.counts()).toEqual({ queued: 1, running: 0, paused: 3, failed: 0 });
  expect(jobs.next(10)?.fileId).toBe(key(1, b));
  expect(jobs.resume({ fileIds: [key(2)] })).toBe(1);
  expect(jobs.resume()).toBe(2);
  expect(jobs.next(10)?.fileId).toBe(key(1));
});

test("Jobs.moveToFront() keeps the order among what is moved, and remove() takes away", () => {
  using temp = filled();
  const { store } = temp;
  store.jobs.enqueueMany([key(1), key(2), key(3), key(1, b), key(2, b)]);
  expect(store.jobs.moveToFront({ fileIds: [key(2, b), key(3)] })).toBe(2);
  expect(order(store)).toEqual([key(3), key(2, b), key(1), key(2), key(1, b)]);
  store.jobs.moveToFront({ fileIds: [key(2)] });
  expect(order(store)[0]).toBe(key(2));
  expect(store.jobs.remove({ provider: "cults3d" })).toBe(2);
  expect(order(store)).toEqual([key(2), key(3), key(1)]);
  expect(store.jobs.remove({})).toBe(3);
});

test("Jobs.list() pages with running jobs first, and filters", () => {
  using temp = filled();
  const { jobs } = temp.store;
  jobs.enqueueMany([key(1), key(1, b), key(2, b)]);
  jobs.next(0, { providers: ["cults3d"] });
  const page = jobs.list({ limit: 2 });
  expect(page.total).toBe(3);
  expect(page.rows.map((row) => [row.fileId, row.state, row.title, row.name, row.size])).toEqual([
    [key(1, b), "running", "Model 2", "part-1.stl", 1_000],
    [key(1), "queued", "Model 1", "part-1.stl", 1_000],
  ]);
  expect(jobs.list({ offset: 2 }).rows.map((row) => row.fileId)).toEqual([key(2, b)]);
  expect(jobs.list({ state: "queued", provider: "cults3d" }).total).toBe(1);
});

test("Jobs.requeueFailedExcept() revives all but what failed for these reasons, forgetAttempts() any job", () => {
  using temp = filled();
  const { jobs } = temp.store;
  jobs.enqueueMany([key(1), key(2), key(3)]);
  jobs.fail(key(1), "diskFull", "Full");
  jobs.fail(key(2), "gone", "Gone");
  expect(jobs.requeueFailedExcept(["gone", "locked"])).toBe(1);
  expect(jobs.get(key(1))).toMatchObject({ state: "queued", attempts: 0 });
  expect(jobs.get(key(2))?.state).toBe("failed");
  jobs.retryLater(key(3), 5, "retryable", "Cut");
  jobs.forgetAttempts(key(3));
  expect(jobs.get(key(3))).toMatchObject({ attempts: 0, notBefore: 5 });
  expect(jobs.startBefore(3)).toBe(1);
  expect(jobs.get(key(3))).toMatchObject({ notBefore: 3 });
});

test("Jobs.removeObsolete() drops what is no longer to be fetched, and nothing else", () => {
  using temp = filled();
  const { assets, files, jobs } = temp.store;
  jobs.enqueueMany([key(1), key(2), key(1, b)]);
  expect(jobs.removeObsolete()).toBe(0);
  files.upsertForAsset(a, [makeFile(a, 1)]);
  expect(jobs.removeObsolete()).toBe(1);
  assets.setWanted({ ids: [b] }, false);
  expect(jobs.removeObsolete()).toBe(1);
  expect(order(temp.store)).toEqual([key(1)]);
  assets.markGone([a]);
  expect(jobs.removeObsolete()).toBe(1);
});

test("Jobs.moveToBack() keeps the order among what is moved", () => {
  using temp = filled();
  const { store } = temp;
  store.jobs.enqueueMany([key(1), key(2), key(3), key(1, b), key(2, b)]);
  expect(store.jobs.moveToBack({ assetId: a, fileIds: [key(3), key(1)] })).toBe(2);
  expect(order(store)).toEqual([key(2), key(1, b), key(2, b), key(1), key(3)]);
});

test("Jobs.moveByOne() exchanges with the neighbour, moves neighbours together and stops at the end", () => {
  using temp = filled();
  const { store } = temp;
  const ids = [key(1), key(2), key(3), key(1, b), key(2, b)];
  store.jobs.enqueueMany(ids);
  expect(store.jobs.moveByOne({ fileIds: [key(3)] }, "up")).toBe(1);
  expect(order(store)).toEqual([key(1), key(3), key(2), key(1, b), key(2, b)]);
  expect(store.jobs.moveByOne({ fileIds: [key(1), key(3), key(2, b)] }, "up")).toBe(1);
  expect(order(store)).toEqual([key(1), key(3), key(2), key(2, b), key(1, b)]);
  expect(store.jobs.moveByOne({ fileIds: [key(1), key(3)] }, "down")).toBe(2);
  expect(order(store)).toEqual([key(2), key(1), key(3), key(2, b), key(1, b)]);
  expect(store.jobs.moveByOne({ provider: "cults3d" }, "down")).toBe(0);
});

test("Jobs.moveByOne() passes over what runs or has failed", () => {
  using temp = filled();
  const { store } = temp;
  store.jobs.enqueueMany([key(1), key(2), key(3), key(1, b)]);
  store.jobs.next(0);
  store.jobs.fail(key(3), "gone", "Gone");
  expect(store.jobs.moveByOne({ fileIds: [key(1), key(3)] }, "down")).toBe(0);
  expect(store.jobs.moveByOne({ fileIds: [key(1, b)] }, "up")).toBe(1);
  expect(order(store)).toEqual([key(1), key(1, b), key(3), key(2)]);
});

test("Jobs.retry() revives what failed and what waits after a failure, and touches nothing else", () => {
  using temp = filled();
  const { jobs } = temp.store;
  jobs.enqueueMany([key(1), key(2), key(3), key(1, b)]);
  jobs.fail(key(1), "gone", "Gone");
  jobs.retryLater(key(2), 500, "retryable", "Cut");
  jobs.pause({ fileIds: [key(3)] });
  expect(jobs.retry({ assetId: a }, 100)).toBe(2);
  expect(jobs.get(key(1))).toMatchObject({ state: "queued", attempts: 0 });
  expect(jobs.get(key(2))).toMatchObject({ state: "queued", attempts: 0, notBefore: 0 });
  expect(jobs.get(key(3))?.state).toBe("paused");
  expect(jobs.ids({ assetId: a })).toEqual([key(1), key(2), key(3)]);
});

test("Jobs.countNeedingLinks() leaves out pictures where they cost nothing, and what does not wait", () => {
  using temp = filled();
  const { jobs, files } = temp.store;
  files.upsertForAsset(
    a,
    [1, 2, 3, 4].map((n) => makeFile(a, n, { kind: n === 3 ? "image" : "model" })),
  );
  jobs.enqueueMany([key(1), key(2), key(3), key(4), key(1, b)]);
  jobs.pause({ fileIds: [key(4)] });
  expect(jobs.countNeedingLinks("mmf", { images: false })).toBe(2);
  expect(jobs.countNeedingLinks("mmf", { images: true })).toBe(3);
  expect(jobs.countNeedingLinks("elsewhere", { images: true })).toBe(0);
});
