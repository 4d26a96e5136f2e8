import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import { makeAsset, makeResult } from "../store/testing/make_assets.ts";
import { type TempStore, tempStore } from "../store/testing/temp_store.ts";
import type { AssetDetail, AssetFile } from "../../../providers/sdk/mod.ts";
import { plan, type PlanOptions } from "./plan.ts";
import { fakeClient } from "./testing/fake_client.ts";

function file(n: number, change: Partial<AssetFile> = {}): AssetFile {
  return {
    id: `file-${n}`,
    kind: "model",
    name: `part ${n}.stl`,
    size: 10,
    revision: "1",
    sha256: null,
    ref: "{}",
    ...change,
  };
}

type Answer = Partial<AssetDetail> | SyncError;

/** A store with some assets and a site that answers for each; `asked` holds the ids in order. */
function makeSite(temp: TempStore, answers: Record<string, Answer>) {
  const asked: string[] = [];
  const log = new MemoryLog();
  const client = fakeClient({
    async fileMeta({ id }) {
      asked.push(id);
      await Promise.resolve();
      const answer = answers[id] ?? {};
      if (answer instanceof SyncError) throw answer;
      return {
        files: [],
        quarantined: [],
        description: null,
        license: null,
        availability: "public",
        ...answer,
      };
    },
  });
  let scans = 0;
  const list = (revision = "1") =>
    temp.store.assets.upsertMany(
      Object.keys(answers).map((id, i) => ({
        ...makeAsset(i, { revision, title: "Dragon" }),
        id: `mmf:${id}`,
      })),
      ++scans,
    );
  list();
  const { store, clock } = temp;
  const run = (options: PlanOptions = {}) => plan({ store, clock, log }, client, options);
  return { asked, log, answers, list, run };
}

test("plan() gives each file of a new asset a place and a job", async () => {
  using temp = tempStore();
  const image = file(2, { kind: "image", name: "front.png" });
  const { run, asked } = makeSite(temp, { "object-1": { files: [file(1), image] } });
  const told: number[] = [];
  const tally = await run({ onAsset: ({ looked }) => void told.push(looked) });
  expect(tally).toEqual({
    looked: 1,
    locked: 0,
    gone: 0,
    failed: 0,
    quarantined: 0,
    enqueued: 2,
  });
  expect(told).toEqual([1]);
  expect(temp.store.files.byAsset("mmf:object-1").map(({ path }) => path)).toEqual([
    "MyMiniFactory/Somebody/Dragon/files/part 1.stl",
    "MyMiniFactory/Somebody/Dragon/renders/front.png",
  ]);
  expect(temp.store.jobs.counts().queued).toBe(2);
  expect((await run()).looked).toBe(0);
  expect(asked).toEqual(["object-1"]);
});

test("plan() lets no two assets and no two files share a place", async () => {
  using temp = tempStore();
  const files = [file(1, { name: "Body.stl" }), file(2, { name: "body.STL" })];
  const { run } = makeSite(temp, { "object-1": { files }, "object-2": { files } });
  await run();
  const { store } = temp;
  const all = ["mmf:object-1", "mmf:object-2"].flatMap((id) => store.files.byAsset(id));
  expect(new Set(all.map(({ path }) => path.toLowerCase())).size).toBe(4);
  expect(store.assets.get("mmf:object-1")?.folder).not.toBe(
    store.assets.get("mmf:object-2")?.folder,
  );
});

for (const kind of ["locked", "gone"] as const) {
  test(`plan() does not ask for a ${kind} asset again until the site changes it`, async () => {
    using temp = tempStore();
    const site = makeSite(temp, { "object-1": new SyncError(kind, "No") });
    expect(await site.run()).toMatchObject({ looked: 1, [kind]: 1, enqueued: 0 });
    expect(temp.store.assets.get("mmf:object-1")?.availability).toBe("locked");
    expect(await site.run()).toMatchObject({ looked: 0 });
    site.list("2");
    site.answers["object-1"] = { files: [file(1)] };
    expect(await site.run()).toMatchObject({ looked: 1, enqueued: 1 });
    expect(temp.store.assets.get("mmf:object-1")?.availability).toBe("public");
  });
}

for (const kind of ["locked", "gone"] as const) {
  test(`plan() notes what the site says of a ${kind} asset, and forgets it when the asset opens`, async () => {
    using temp = tempStore();
    const site = makeSite(temp, { "object-1": new SyncError(kind, "It has a padlock") });
    await site.run();
    expect(temp.store.denials.get("mmf:object-1"))
      .toEqual({ kind, message: "It has a padlock", at: 1_000 });
    expect(temp.store.denials.kinds(["mmf:object-1"])).toEqual(new Map([["mmf:object-1", kind]]));
    site.answers["object-1"] = { files: [file(1)] };
    await site.run({ full: true });
    expect(temp.store.denials.get("mmf:object-1")).toBeNull();
  });
}

test("plan() asks again for a locked asset after a week, and after a new sign-in", async () => {
  using temp = tempStore();
  const site = makeSite(temp, { "object-1": new SyncError("locked", "No") });
  await site.run();
  await temp.clock.advance(7 * 24 * 3_600_000 + 1);
  expect(await site.run()).toMatchObject({ looked: 1, locked: 1 });
  expect(await site.run()).toMatchObject({ looked: 0 });
  await temp.clock.advance(1);
  const account = { provider: "mmf", accountId: "1", name: "Me" };
  temp.store.accounts.set({ ...account, signedInAt: temp.clock.now() });
  site.answers["object-1"] = { files: [file(1)] };
  expect(await site.run()).toMatchObject({ looked: 1, locked: 0, enqueued: 1 });
});

test("plan() takes many assets that stay locked for no sign of a site that refuses everything", async () => {
  using temp = tempStore();
  const names = Array.from({ length: 40 }, (_, i) => `object-${i}`);
  const site = makeSite(temp, Object.fromEntries(names.map((name) => [name, {}])));
  for (const [i, name] of names.entries()) {
    if (i % 20 !== 0) site.answers[name] = new SyncError("locked", "No");
  }
  expect(await site.run()).toMatchObject({ looked: 40, locked: 38 });
  temp.store.assets.setWanted({ ids: ["mmf:object-0", "mmf:object-20"] }, false);
  expect(await site.run({ full: true })).toMatchObject({ looked: 38, locked: 38 });
});

for (const kind of ["retryable", "bug"] as const) {
  test(`plan() goes on after a "${kind}" failure and asks again the next time`, async () => {
    using temp = tempStore();
    const site = makeSite(temp, {
      "object-1": new SyncError(kind, "Hm"),
      "object-2": { files: [file(1)] },
    });
    expect(await site.run()).toMatchObject({ looked: 2, failed: 1, enqueued: 1 });
    expect(site.log.messages("warn")).toHaveLength(1);
    site.answers["object-1"] = { files: [file(1)] };
    expect(await site.run()).toMatchObject({ looked: 1, failed: 0, enqueued: 1 });
  });
}

for (const kind of ["needsAuth", "throttled", "challenged", "cancelled"] as const) {
  test(`plan() stops at "${kind}" and leaves the other assets alone`, async () => {
    using temp = tempStore();
    const names = Array.from({ length: 40 }, (_, i) => `object-${i}`);
    const site = makeSite(temp, Object.fromEntries(names.map((name) => [name, {}])));
    site.answers["object-5"] = new SyncError(kind, "Stop");
    await expect(site.run()).rejects.toMatchObject({ kind });
    const asked = site.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(site.asked).toHaveLength(asked);
    expect(asked).toBeLessThan(12);
    site.answers["object-5"] = {};
    await site.run();
    expect(temp.store.assets.get("mmf:object-39")?.detailRevision).toBe("1");
  });
}

test("plan() stops when it is told to", async () => {
  using temp = tempStore();
  const { run, asked } = makeSite(temp, { "object-1": {} });
  const stop = new AbortController();
  stop.abort(new SyncError("cancelled", "Stopped"));
  await expect(run({ signal: stop.signal })).rejects.toMatchObject({ kind: "cancelled" });
  expect(asked).toEqual([]);
});

test("plan() leaves a renamed file where it is", async () => {
  using temp = tempStore();
  const site = makeSite(temp, { "object-1": { files: [file(1, { name: "old.stl" })] } });
  await site.run();
  const before = temp.store.files.get("mmf:object-1/file-1")?.path;
  site.list("2");
  site.answers["object-1"] = { files: [file(1, { name: "new.stl" })] };
  await site.run();
  const after = temp.store.files.get("mmf:object-1/file-1");
  expect(after).toMatchObject({ path: before, name: "new.stl" });
});

test("plan() enqueues what changed, not what stayed and not what the user removed", async () => {
  using temp = tempStore();
  const { store } = temp;
  const site = makeSite(temp, { "object-1": { files: [file(1), file(2), file(3)] } });
  await site.run();
  for (const n of [1, 2, 3]) {
    store.files.markDownloaded(`mmf:object-1/file-${n}`, makeResult("1", 10));
    store.jobs.finish(`mmf:object-1/file-${n}`);
  }
  store.removals.begin(["mmf:object-1/file-3"]);
  site.list("2");
  const files = [file(1), file(2, { revision: "2" }), file(3, { revision: "2" })];
  site.answers["object-1"] = { files };
  expect(await site.run()).toMatchObject({ looked: 1, enqueued: 1 });
  expect(store.jobs.list().rows.map(({ fileId }) => fileId)).toEqual(["mmf:object-1/file-2"]);
});

test("plan() gives a file that failed for good another chance when the site replaces it", async () => {
  using temp = tempStore();
  const id = "mmf:object-1/file-1";
  const site = makeSite(temp, { "object-1": { files: [file(1)] } });
  await site.run();
  temp.store.jobs.fail(id, "locked", "No");
  site.list("2");
  await site.run();
  expect(temp.store.jobs.get(id)?.state).toBe("failed");
  site.list("3");
  site.answers["object-1"] = { files: [file(1, { revision: "2" })] };
  await site.run();
  expect(temp.store.jobs.get(id)).toMatchObject({ state: "queued", attempts: 0 });
});

test("plan() asks for every wanted asset in a full look", async () => {
  using temp = tempStore();
  const site = makeSite(temp, { "object-1": {}, "object-2": {}, "object-3": {} });
  await site.run();
  temp.store.assets.setWanted({ ids: ["mmf:object-2"] }, false);
  expect(await site.run({ full: true })).toMatchObject({ looked: 2 });
  expect(site.asked.slice(3).toSorted()).toEqual(["object-1", "object-3"]);
});

test("plan() enqueues again what vanished from disk, without asking the site", async () => {
  using temp = tempStore();
  const site = makeSite(temp, { "object-1": { files: [file(1)] } });
  await site.run();
  temp.store.files.markDownloaded("mmf:object-1/file-1", makeResult("1", 10));
  temp.store.jobs.finish("mmf:object-1/file-1");
  temp.store.files.markMissing("mmf:object-1/file-1");
  expect(await site.run()).toMatchObject({ looked: 0, enqueued: 1 });
});

test("plan() counts files that could not be understood", async () => {
  using temp = tempStore();
  const quarantined = [{ item: "file-2", reason: "It has no name" }];
  const { run } = makeSite(temp, { "object-1": { files: [file(1)], quarantined } });
  expect(await run()).toMatchObject({ quarantined: 1, enqueued: 1 });
});
