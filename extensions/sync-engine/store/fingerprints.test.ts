import { expect, test } from "vitest";
import { makeAsset, makeFile, makeResult } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";

const id = "mmf:object-1";
const file = `${id}/file-1`;
const fingerprint = { chunkSize: 4, hashes: new Uint8Array(24).fill(7) };

function filled() {
  const temp = tempStore();
  temp.store.assets.upsertMany([makeAsset(1)], 1);
  temp.store.files.upsertForAsset(id, [makeFile(id, 1)]);
  temp.store.files.markDownloaded(file, makeResult());
  return temp;
}

test("Fingerprints keeps the chunk hashes of a file", () => {
  using temp = filled();
  const { fingerprints } = temp.store;
  expect(fingerprints.get(file)).toBeNull();
  fingerprints.set(file, { ...fingerprint, chunkSize: 8 });
  fingerprints.set(file, fingerprint);
  expect(fingerprints.get(file)).toEqual(fingerprint);
  fingerprints.drop(file);
  expect(fingerprints.get(file)).toBeNull();
  expect(() => fingerprints.set("mmf:object-1/file-9", fingerprint)).toThrow(/FOREIGN KEY/);
});

test("Fingerprints forgets those of a version that is not on disk any more", () => {
  using temp = filled();
  const { files, fingerprints, removals } = temp.store;
  fingerprints.set(file, fingerprint);
  files.markDownloaded(file, makeResult());
  expect(fingerprints.get(file)).toEqual(fingerprint);
  files.markDownloaded(file, { ...makeResult("2"), sha256: "cd".repeat(32) });
  expect(fingerprints.get(file)).toBeNull();
  fingerprints.set(file, fingerprint);
  removals.begin([file]);
  removals.end(file);
  expect(fingerprints.get(file)).toBeNull();
});
