import { expect, test } from "vitest";
import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";
import { openStore } from "./store.ts";
import { makeAsset, makeFile } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";

const id = "mmf:object-1";

test("Store.transaction() keeps all or nothing, and joins an outer one", () => {
  using temp = tempStore();
  const { store } = temp;
  const stop = new Error("stop");
  expect(() =>
    store.transaction(() => {
      store.assets.upsertMany([makeAsset(1)], 1);
      store.transaction(() => store.assets.upsertMany([makeAsset(2)], 1));
      throw stop;
    })
  ).toThrow(stop);
  expect(store.assets.query().total).toBe(0);
  expect(store.transaction(() => store.assets.upsertMany([makeAsset(1)], 1).added)).toBe(1);
  expect(store.assets.query().total).toBe(1);
});

test("Store.transaction() undoes only an inner part whose failure is caught", () => {
  using temp = tempStore();
  const { store } = temp;
  store.transaction(() => {
    store.assets.upsertMany([makeAsset(1)], 1);
    expect(() =>
      store.transaction(() => {
        store.assets.upsertMany([makeAsset(2)], 1);
        throw new Error("inner");
      })
    ).toThrow("inner");
    store.assets.upsertMany([makeAsset(3)], 1);
  });
  expect(store.assets.query().rows.map((row) => row.id)).toEqual([id, "mmf:object-3"]);
  expect(store.assets.query({ search: "model" }).total).toBe(2);
});

test("Store.transaction() refuses asynchronous work", () => {
  using temp = tempStore();
  expect(() => temp.store.transaction(() => Promise.resolve())).toThrow(SyncError);
});

test("Store survives being closed twice, and says so when it is used after that", () => {
  using temp = tempStore();
  temp.store.close();
  expect(() => temp.store.assets.get(id)).toThrow(SyncError);
});

test("Store.copyTo() copies everything to a file that opens by itself, and check() finds no damage", () => {
  using temp = tempStore();
  const { store, dir, clock } = temp;
  store.assets.upsertMany([makeAsset(1), makeAsset(2)], 1);
  Deno.mkdirSync(`${dir}/copy`);
  store.copyTo(`${dir}/copy/sync.db`);
  expect(store.check()).toBeNull();
  const copy = openStore({ dir: `${dir}/copy`, clock });
  expect(copy.assets.query({ search: "model" })).toEqual(store.assets.query({ search: "model" }));
  copy.close();
});

test("Parts remembers chunks by number until the part begins anew or is dropped", () => {
  using temp = tempStore();
  const { assets, files, parts } = temp.store;
  assets.upsertMany([makeAsset(1)], 1);
  files.upsertForAsset(id, [makeFile(id, 1)]);
  const file = `${id}/file-1`;
  expect(parts.get(file)).toBeNull();
  const part = { revision: "1", validator: '"a"', size: 9_000_000, chunkSize: 4_000_000 };
  parts.begin(file, part);
  const hash = new Uint8Array(32).fill(7);
  for (const n of [2, 0, 1]) parts.addChunk(file, n, hash);
  parts.addChunk(file, 1, new Uint8Array(32).fill(8));
  parts.dropChunk(file, 0);
  const verified = { ...part, sha256: "ab".repeat(32) };
  parts.setVerified(file, verified);
  expect(parts.get(file)).toEqual({
    fileId: file,
    ...verified,
    chunks: new Map([[1, new Uint8Array(32).fill(8)], [2, hash]]),
  });
  expect(parts.ids()).toEqual([file]);
  parts.begin(file, { ...part, revision: "2", validator: null, size: null });
  expect(parts.get(file)).toMatchObject({ revision: "2", sha256: null, chunks: new Map() });
  parts.drop(file);
  expect(parts.get(file)).toBeNull();
  expect(() => parts.addChunk(file, 0, hash)).toThrow(/FOREIGN KEY/);
  parts.setVerified(file, verified);
  expect(parts.get(file)).toEqual({ fileId: file, ...verified, chunks: new Map() });
});

test("History.query() pages newest first, by outcome and provider", () => {
  using temp = tempStore();
  const { history } = temp.store;
  for (let n = 0; n < 20; n++) {
    history.append({
      at: n,
      provider: n % 2 ? "mmf" : "cults3d",
      fileId: `f${n}`,
      title: "t",
      name: "n",
      outcome: n % 5 ? "succeeded" : "failed",
      bytes: n,
      reason: n % 5 ? null : "gone",
      message: null,
    });
  }
  const page = history.query({ limit: 3, offset: 1 });
  expect(page.total).toBe(20);
  expect(page.rows.map((row) => row.at)).toEqual([18, 17, 16]);
  expect(history.query({ outcome: "failed" }).rows.map((row) => row.at)).toEqual([15, 10, 5, 0]);
  expect(history.query({ outcome: "failed", provider: "mmf" }).rows.map((row) => row.at)).toEqual([
    15,
    5,
  ]);
  expect(history.query({ provider: "mmf" }).total).toBe(10);
  expect(history.clear()).toBe(20);
});

test("Scans.lastComplete() passes over scans that did not complete", () => {
  using temp = tempStore();
  const { scans } = temp.store;
  const Tally = v.object({ kept: v.number() });
  expect(scans.lastComplete("mmf", Tally)).toBeNull();
  const first = scans.start("mmf");
  temp.store.transaction(() => scans.finish(first, { complete: true, tally: { kept: 5 } }));
  const second = scans.start("mmf");
  scans.finish(second, { complete: false, tally: { kept: 1 } });
  scans.start("mmf");
  expect(scans.lastComplete("mmf", Tally)).toMatchObject({
    id: first,
    complete: true,
    tally: { kept: 5 },
    finishedAt: 1_000,
  });
  expect(scans.last("mmf", Tally)?.id).toBe(second);
  expect(() => scans.last("mmf", v.object({ other: v.string() }))).toThrow(/tally/);
});

test("Scans.replaceQuarantine() replaces what the provider had there, and no other's", () => {
  using temp = tempStore();
  const { scans } = temp.store;
  const scan = scans.start("mmf");
  scans.replaceQuarantine(scan, "cults3d", [{ item: "x", reason: "other" }]);
  scans.replaceQuarantine(scan, "mmf", [{ item: "1", reason: "no id" }, {
    item: "2",
    reason: "no title",
  }]);
  scans.replaceQuarantine(scan, "mmf", [{ item: "2", reason: "no name" }]);
  expect(scans.quarantine("mmf")).toEqual([{ item: "2", reason: "no name" }]);
  expect(scans.quarantine("cults3d")).toHaveLength(1);
});

test("Accounts keeps one for each provider", () => {
  using temp = tempStore();
  const { accounts } = temp.store;
  const account = { provider: "mmf", accountId: "1", name: "Ann", signedInAt: 5 };
  accounts.set(account);
  accounts.set({ ...account, name: "Anna" });
  expect(accounts.get("mmf")).toEqual({ ...account, name: "Anna" });
  expect(accounts.list()).toHaveLength(1);
  accounts.remove("mmf");
  expect(accounts.get("mmf")).toBeNull();
});

test("Pauses survive a restart, are never shortened, and end by themselves", () => {
  using temp = tempStore();
  const pause = { provider: "mmf", scope: "api", until: 500, reason: "throttled" } as const;
  temp.store.pauses.set(pause);
  temp.store.pauses.set({ ...pause, until: 300 });
  temp.store.close();
  const store = openStore({ dir: temp.dir, clock: temp.clock });
  expect(store.pauses.get("mmf", "api", 499)).toEqual(pause);
  expect(store.pauses.get("mmf", "downloads", 499)).toBeNull();
  expect(store.pauses.get("mmf", "api", 500)).toBeNull();
  expect(store.pauses.list(0)).toEqual([pause]);
  store.pauses.clear("mmf", "api");
  expect(store.pauses.list(0)).toEqual([]);
  store.close();
});

test("Settings.get() falls back when there is nothing, or nothing that fits", () => {
  using temp = tempStore();
  const { settings } = temp.store;
  const Concurrency = v.pipe(v.number(), v.integer(), v.maxValue(16));
  expect(settings.get("concurrency", Concurrency, 3)).toBe(3);
  settings.set("concurrency", Concurrency, 8);
  expect(settings.get("concurrency", Concurrency, 3)).toBe(8);
  expect(settings.get("concurrency", v.string(), "none")).toBe("none");
  expect(() => settings.set("concurrency", Concurrency, 99)).toThrow();
  settings.remove("concurrency");
  expect(settings.get("concurrency", Concurrency, 3)).toBe(3);
});
