import { expect, test } from "vitest";
import { makeAsset } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";

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
