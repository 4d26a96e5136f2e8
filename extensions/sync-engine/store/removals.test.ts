import { expect, test } from "vitest";
import { makeAsset, makeFile, makeResult } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";

const id = "mmf:object-1";
const [file1, file2] = [`${id}/file-1`, `${id}/file-2`];

function filled() {
  const temp = tempStore();
  temp.store.assets.upsertMany([makeAsset(1)], 1);
  temp.store.files.upsertForAsset(id, [makeFile(id, 1), makeFile(id, 2)]);
  return temp;
}

test("Removals.begin() takes files off the queue, out of the sums and out of what is on disk", () => {
  using temp = filled();
  const { assets, files, jobs, removals } = temp.store;
  files.markDownloaded(file1, makeResult());
  jobs.enqueueMany([file1, file2]);
  expect(removals.begin([file1, file2, "mmf:object-9/file-9"])).toBe(2);
  expect(removals.begin([file1])).toBe(0);
  expect(jobs.counts().queued).toBe(0);
  expect(files.toFetch()).toEqual([]);
  expect(assets.row(id)).toMatchObject({ files: 0, filesHere: 0, bytesHere: 0 });
  expect([...files.downloaded()]).toEqual([]);
});

test("Removals keep what is known of a file until they end", () => {
  using temp = filled();
  const { files, removals } = temp.store;
  files.markDownloaded(file1, makeResult());
  removals.begin([file1, file2]);
  expect(removals.underWay()).toMatchObject([{ id: file1, downloadedSize: 1_000 }, { id: file2 }]);
  removals.end(file1);
  expect(removals.underWay()).toMatchObject([{ id: file2 }]);
  expect(files.get(file1)).toMatchObject({ removed: true, sha256: null, downloadedSize: null });
  expect(removals.begin([file1])).toBe(0);
  expect(removals.underWay()).toMatchObject([{ id: file2 }]);
});

test("Removals.takeBack() has files fetched again, or counted as here where they still are", () => {
  using temp = filled();
  const { assets, files, removals } = temp.store;
  for (const file of [file1, file2]) files.markDownloaded(file, makeResult());
  removals.begin([file1, file2]);
  removals.end(file1);
  expect(removals.takeBack([file1, file2])).toBe(2);
  expect(removals.takeBack([file1, file2])).toBe(0);
  expect(removals.underWay()).toEqual([]);
  expect(files.toFetch()).toEqual([file1]);
  expect(assets.row(id)).toMatchObject({ files: 2, filesHere: 1 });
});

test("Removals.end() leaves alone what was taken back meanwhile", () => {
  using temp = filled();
  const { files, removals } = temp.store;
  files.markDownloaded(file1, makeResult());
  removals.begin([file1]);
  removals.takeBack([file1]);
  removals.end(file1);
  expect(files.get(file1)).toMatchObject({ removed: false, downloadedSize: 1_000 });
});
