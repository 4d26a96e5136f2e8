import { expect, test } from "vitest";
import { makeAsset, makeFile, makeResult } from "./testing/make_assets.ts";
import { tempStore } from "./testing/temp_store.ts";

function filled() {
  const temp = tempStore();
  temp.store.assets.upsertMany([
    makeAsset(1, { creator: "élan Vital" }),
    makeAsset(2, { creator: "Zeta" }),
    makeAsset(3, { creator: "élan Vital" }),
    makeAsset(4, { creator: "" }),
    makeAsset(5, { id: "cults3d:x-5", provider: "cults3d", creator: "Zeta" }),
  ], 1);
  return temp;
}

test("Assets.creators() tells creators by name with their sums, each provider's on its own", () => {
  using temp = filled();
  const { assets, files } = temp.store;
  const id = "mmf:object-1";
  files.upsertForAsset(id, [makeFile(id, 1), makeFile(id, 2)]);
  files.markDownloaded(`${id}/file-1`, makeResult());
  assets.setWanted({ ids: ["mmf:object-3"] }, false);
  const nothing = { filesHere: 0, bytesHere: 0 };
  expect(assets.creators()).toEqual({
    total: 4,
    rows: [
      { provider: "mmf", creator: "", assets: 1, wanted: 1, ...nothing },
      {
        provider: "mmf",
        creator: "élan Vital",
        assets: 2,
        wanted: 1,
        filesHere: 1,
        bytesHere: 1_000,
      },
      { provider: "cults3d", creator: "Zeta", assets: 1, wanted: 1, ...nothing },
      { provider: "mmf", creator: "Zeta", assets: 1, wanted: 1, ...nothing },
    ],
  });
});

test("Assets.creators() finds a part of the name in any case and without accents, and pages", () => {
  using temp = filled();
  const { assets } = temp.store;
  const names = (query: Parameters<typeof assets.creators>[0]) =>
    assets.creators(query).rows.map(({ creator }) => creator);
  expect(names({ search: "ELAN v" })).toEqual(["élan Vital"]);
  expect(names({ search: "zeta", provider: "mmf" })).toEqual(["Zeta"]);
  expect(names({ search: "nobody" })).toEqual([]);
  expect(assets.creators({ offset: 1, limit: 2 })).toMatchObject({
    total: 4,
    rows: [{ creator: "élan Vital" }, { provider: "cults3d" }],
  });
});
