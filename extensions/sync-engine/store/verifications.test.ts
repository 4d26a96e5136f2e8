import { expect, test } from "vitest";
import type { Store } from "./store.ts";
import { makeAsset, makeFile } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";

const ASSET = "mmf:object-1";

/** An asset with three files on disk; returns their ids. */
function fill(store: Store): string[] {
  store.assets.upsertMany([makeAsset(1, { id: ASSET })], 1);
  const files = [1, 2, 3].map((n) => makeFile(ASSET, n));
  store.files.upsertForAsset(ASSET, files);
  for (const { id } of files) download(store, id, 10);
  return files.map(({ id }) => id);
}

function download(store: Store, id: string, at: number): void {
  const sha256 = "ab".repeat(32);
  store.files.markDownloaded(id, { sha256, size: 5, validator: null, revision: "1", at });
}

test("Verifications tells all files on disk, with the last look at each", () => {
  using temp = tempStore();
  const { store: { verifications, files }, store } = temp;
  const [first = "", second = "", third = ""] = fill(store);
  files.markMissing(third);
  verifications.record([{ fileId: first, at: 20, verdict: "HASH" }]);
  verifications.record([{ fileId: first, at: 30, verdict: "OK" }]);
  const known = { assetId: ASSET, size: 5, downloadedAt: 10 };
  const expected = [
    { id: first, ...known, verifiedAt: 30, verdict: "OK" },
    { id: second, ...known, verifiedAt: null, verdict: null },
  ];
  expect([...verifications.all()]).toEqual(expected);
  expect(verifications.ofAsset(ASSET)).toEqual(expected);
});

test("Verifications forgets what it knew of a file that is downloaded again or gone", () => {
  using temp = tempStore();
  const { store: { verifications, repairs, files }, store } = temp;
  const [first = "", second = ""] = fill(store);
  verifications.record([first, second].map((fileId) => ({ fileId, at: 20, verdict: "HASH" })));
  repairs.begin(first, { size: 5, modifiedAt: 3.7 });
  expect(repairs.get(first)).toEqual({ size: 5, modifiedAt: 3 });
  expect(verifications.badCount()).toBe(2);
  files.markStale([first]);
  expect(verifications.get(first)).toEqual({ fileId: first, at: 20, verdict: "HASH" });
  download(store, first, 30);
  files.markMissing(second);
  expect([verifications.bad(), verifications.badCount()]).toEqual([[], 0]);
  expect([verifications.get(first), repairs.get(first)]).toEqual([null, null]);
  verifications.record([{ fileId: "mmf:object-9/none", at: 1, verdict: "OK" }]);
});

test("Findings lists what is wrong by path, all or of one kind", () => {
  using temp = tempStore();
  const { store: { verifications, findings, jobs }, store } = temp;
  const [first = "", second = "", third = ""] = fill(store);
  verifications.record([
    { fileId: first, at: 20, verdict: "MISSING" },
    { fileId: second, at: 20, verdict: "OK" },
    { fileId: third, at: 20, verdict: "HASH" },
  ]);
  jobs.enqueueMany([third]);
  findings.add({ path: "A/mine.txt", verdict: "EXTRA", assetId: null }, 30);
  findings.add({ path: "z/datapackage.json", verdict: "SIDECAR", assetId: ASSET }, 30);
  const all = findings.list({ offset: 0, limit: 10 });
  expect(all.total).toBe(4);
  expect(all.rows.map(({ verdict, fileId, job }) => ({ verdict, fileId, job }))).toEqual([
    { verdict: "EXTRA", fileId: null, job: null },
    { verdict: "MISSING", fileId: first, job: null },
    { verdict: "HASH", fileId: third, job: "queued" },
    { verdict: "SIDECAR", fileId: null, job: null },
  ]);
  expect(findings.list({ verdict: "HASH", offset: 0, limit: 10 })).toMatchObject({
    total: 1,
    rows: [{ fileId: third, assetId: ASSET, size: 5, at: 20 }],
  });
  expect(findings.list({ offset: 1, limit: 1 }).rows).toMatchObject([{ verdict: "MISSING" }]);
  expect(findings.counts()).toEqual({
    MISSING: 1,
    SIZE: 0,
    HASH: 1,
    UNVERIFIED: 0,
    EXTRA: 1,
    SIDECAR: 1,
  });
  expect(findings.sidecars()).toEqual([ASSET]);
});

test("Findings forgets the files of others below a folder, and single paths", () => {
  using temp = tempStore();
  const { findings } = temp.store;
  for (const path of ["a/b/c", "a/bc", "a/b"]) {
    findings.add({ path, verdict: "EXTRA", assetId: null }, 1);
  }
  findings.dropExtras("a/b");
  expect(findings.list({ offset: 0, limit: 9 }).rows.map(({ path }) => path))
    .toEqual(["a/b", "a/bc"]);
  findings.drop("a/b");
  expect(findings.counts().EXTRA).toBe(1);
  findings.dropExtras();
  expect(findings.counts().EXTRA).toBe(0);
});
