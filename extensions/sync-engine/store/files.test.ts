import { expect, test } from "vitest";
import { makeAsset, makeFile, makeResult } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";

const id = "mmf:object-1";
const file1 = `${id}/file-1`;
const file2 = `${id}/file-2`;

function filled() {
  const temp = tempStore();
  temp.store.assets.upsertMany([makeAsset(1), makeAsset(2)], 1);
  temp.store.files.upsertForAsset(id, [makeFile(id, 1), makeFile(id, 2)]);
  return temp;
}

test("Files.upsertForAsset() tells added, changed, unchanged and unlisted apart", () => {
  using temp = filled();
  const { files } = temp.store;
  const tally = files.upsertForAsset(id, [makeFile(id, 1, { revision: "2" }), makeFile(id, 3)]);
  expect(tally).toEqual({ added: 1, changed: 1, unchanged: 0, unlisted: 1 });
  expect(files.byAsset(id).map(({ id, listed }) => [id.at(-1), listed])).toEqual([["1", true], [
    "2",
    false,
  ], ["3", true]]);
  expect(files.upsertForAsset(id, [makeFile(id, 1, { revision: "2" }), makeFile(id, 3)]))
    .toEqual({ added: 0, changed: 0, unchanged: 2, unlisted: 0 });
  expect(files.upsertForAsset(id, [2, 3].map((n) => makeFile(id, n))))
    .toEqual({ added: 0, changed: 1, unchanged: 1, unlisted: 1 });
});

test("Files.upsertForAsset() keeps the path and what is on disk, and takes the rest", () => {
  using temp = filled();
  const { files } = temp.store;
  files.markDownloaded(file1, makeResult("1", 777));
  files.upsertForAsset(id, [
    makeFile(id, 1, { path: "else", pathKey: "else", name: "new.stl", size: 5 }),
  ]);
  expect(files.get(file1)).toMatchObject({
    path: makeFile(id, 1).path,
    name: "new.stl",
    size: 777,
    sha256: "ab".repeat(32),
  });
  files.upsertForAsset(id, [makeFile(id, 1, { revision: "2", size: 5 })]);
  expect(files.get(file1)).toMatchObject({ size: 5, revision: "2", downloadedRevision: "1" });
});

test("Files.upsertForAsset() lets no two files share a path", () => {
  using temp = filled();
  const taken = makeFile(id, 1).pathKey;
  expect(temp.store.files.pathTaken(taken)).toBe(file1);
  expect(temp.store.pathTaken(taken)).toBe(true);
  expect(() =>
    temp.store.files.upsertForAsset("mmf:object-2", [
      makeFile("mmf:object-2", 1, { pathKey: taken }),
    ])
  )
    .toThrow(/path_key/);
  temp.store.files.setPath(file1, "moved", "moved");
  expect(temp.store.files.pathTaken(taken)).toBeNull();
  expect(temp.store.files.get(file1)?.path).toBe("moved");
});

test("Files.toFetch() names what is listed, wanted, in reach, not removed, not here and not queued", () => {
  using temp = filled();
  const { assets, files, jobs, removals } = temp.store;
  expect(files.toFetch()).toEqual([file1, file2]);
  expect(files.toFetch({ provider: "cults3d" })).toEqual([]);
  files.markDownloaded(file1, makeResult());
  expect(files.toFetch({ provider: "mmf", assetId: id })).toEqual([file2]);
  files.upsertForAsset(id, [makeFile(id, 1, { revision: "2" }), makeFile(id, 2)]);
  expect(files.toFetch()).toEqual([file1, file2]);
  removals.begin([file1]);
  expect(files.toFetch()).toEqual([file2]);
  jobs.enqueueMany([file2]);
  expect(files.toFetch()).toEqual([]);
  jobs.finish(file2);
  expect(files.toFetch()).toEqual([file2]);
  for (const availability of ["gone", "locked"] as const) {
    assets.setAvailability(id, availability);
    expect(files.toFetch()).toEqual([]);
  }
  assets.setAvailability(id, "withdrawn");
  expect(files.toFetch()).toEqual([file2]);
  assets.setWanted({ ids: [id] }, false);
  expect(files.toFetch()).toEqual([]);
});

test("Files.markDownloaded() makes the asset synced with its last file", () => {
  using temp = filled();
  const { assets, files } = temp.store;
  files.markDownloaded(file1, makeResult());
  expect(assets.get(id)?.syncedAt).toBeNull();
  files.markDownloaded(file2, { ...makeResult(), at: 6_000 });
  expect(assets.get(id)?.syncedAt).toBe(6_000);
  expect(assets.get("mmf:object-2")?.syncedAt).toBeNull();
});

test("Files.markMissing() has the file fetched again", () => {
  using temp = filled();
  temp.store.files.markDownloaded(file1, makeResult());
  temp.store.files.markMissing(file1);
  expect(temp.store.files.get(file1)).toMatchObject({
    sha256: null,
    downloadedAt: null,
    validator: null,
  });
  expect(temp.store.files.toFetch()).toContain(file1);
});

test("Files.markStale() has what can be fetched fetched anew, and keeps its record until then", () => {
  using temp = filled();
  const { files, assets } = temp.store;
  files.markDownloaded(file1, makeResult());
  expect(files.toFetch()).toEqual([file2]);
  expect(files.markStale([file1, file2, "mmf:object-9/file-9"])).toEqual([file1, file2]);
  expect(files.toFetch()).toEqual([file1, file2]);
  expect(files.get(file1)).toMatchObject({ sha256: "ab".repeat(32), downloadedSize: 1_000 });
  expect(assets.row(id)).toMatchObject({ filesHere: 1, hasUpdates: true });
  files.markDownloaded(file1, makeResult());
  expect(assets.row(id)).toMatchObject({ filesHere: 1, hasUpdates: false });
  assets.markGone([id]);
  expect(files.markStale([file1])).toEqual([]);
});

test("Files.downloaded() walks what is here, while it changes", () => {
  using temp = tempStore();
  const { assets, files } = temp.store;
  assets.upsertMany([makeAsset(1), makeAsset(2, { id: "cults3d:x-2", provider: "cults3d" })], 1);
  files.upsertForAsset(id, Array.from({ length: 1_100 }, (_, n) => makeFile(id, n)));
  files.upsertForAsset("cults3d:x-2", [makeFile("cults3d:x-2", 1)]);
  for (const { id: one } of files.byAsset(id).slice(1)) files.markDownloaded(one, makeResult());
  files.markDownloaded("cults3d:x-2/file-1", makeResult());
  const seen: string[] = [];
  for (const file of files.downloaded("mmf")) {
    expect(file).toMatchObject({ assetId: id, size: 1_000, sha256: "ab".repeat(32) });
    seen.push(file.id);
    files.markMissing(file.id);
  }
  expect(new Set(seen).size).toBe(1_099);
  expect([...files.downloaded()].map((file) => file.provider)).toEqual(["cults3d"]);
});

test("Files.downloaded() tells the measured size, whatever the site lists by now", () => {
  using temp = filled();
  const { files } = temp.store;
  files.markDownloaded(file1, makeResult("1", 777));
  files.upsertForAsset(id, [makeFile(id, 1, { revision: "2", size: 900 }), makeFile(id, 2)]);
  expect(files.get(file1)).toMatchObject({ size: 900, downloadedSize: 777 });
  expect([...files.downloaded()]).toMatchObject([{ id: file1, size: 777 }]);
  expect(files.downloadedOf(id)).toEqual([...files.downloaded()]);
  expect(files.downloadedOf("mmf:object-2")).toEqual([]);
  files.markMissing(file1);
  expect(files.get(file1)).toMatchObject({ size: 900, downloadedSize: null });
});

test("Files.canBeFetched() is true of what is listed, wanted, in reach and not removed", () => {
  using temp = filled();
  const { files, assets, removals } = temp.store;
  expect(files.canBeFetched(file1)).toBe(true);
  removals.begin([file1]);
  expect(files.canBeFetched(file1)).toBe(false);
  assets.markGone([id]);
  expect(files.canBeFetched(file2)).toBe(false);
  expect(files.canBeFetched("mmf:object-9/file-9")).toBe(false);
});
