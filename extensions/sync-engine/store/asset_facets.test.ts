import { expect, test } from "vitest";
import { makeAsset, makeFile } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";

/** What a look at an asset found. */
const DETAIL = {
  revision: "1",
  description: null,
  license: null,
  availability: "public",
} as const;

test("Assets.facets() counts each value, most frequent first, and an asset for each of its sources", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  expect(assets.facets()).toEqual({ providers: [], sources: [], availabilities: [] });
  assets.upsertMany([
    makeAsset(1, { sources: ["tribe", "purchase"] }),
    makeAsset(2, { sources: ["tribe"] }),
    makeAsset(3, { id: "cults3d:x-3", provider: "cults3d", sources: [] }),
  ], 1);
  assets.setWanted({ ids: ["mmf:object-2"] }, false);
  assets.markGone(["mmf:object-1"]);
  expect(assets.facets()).toEqual({
    providers: [{ value: "mmf", assets: 2 }, { value: "cults3d", assets: 1 }],
    sources: [{ value: "tribe", assets: 2 }, { value: "purchase", assets: 1 }],
    availabilities: [{ value: "public", assets: 2 }, { value: "gone", assets: 1 }],
  });
});

test("Assets tell by filter and by number what vanished, what is locked and what has no files", () => {
  using temp = tempStore();
  const { assets, denials, files } = temp.store;
  assets.upsertMany([1, 2, 3, 4, 5].map((n) => makeAsset(n)), 1);
  const id = (n: number) => `mmf:object-${n}`;
  assets.setAvailability(id(1), "locked");
  denials.set(id(1), { kind: "locked", message: "Padlock", at: 1 });
  const found = (): (readonly [string, number])[] =>
    (["public", "withdrawn", "locked", "gone", "vanished", "empty"] as const)
      .map((availability) => [availability, assets.query({ availability }).total] as const)
      .filter(([, total]) => total !== 0);
  expect(found()).toEqual([["public", 4], ["locked", 1]]);
  // Both are remembered until what they were found in changes.
  denials.set(id(1), { kind: "gone", message: "Not there", at: 2 });
  expect(found()).toEqual([["public", 4], ["vanished", 1]]);
  assets.setDetail(id(2), DETAIL);
  assets.setDetail(id(3), DETAIL);
  files.upsertForAsset(id(3), [makeFile(id(3), 1)]);
  assets.setAvailability(id(4), "gone");
  expect(found()).toEqual([["public", 3], ["gone", 1], ["vanished", 1], ["empty", 1]]);
  expect(new Map(assets.facets().availabilities.map(({ value, assets }) => [value, assets])))
    .toEqual(new Map(found()));
});
