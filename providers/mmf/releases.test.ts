import { expect, test } from "vitest";

import type { Release } from "../sdk/mod.ts";
import { parseRow } from "./library_row.ts";
import { noNames, takeNames } from "./names.ts";
import { releasesOf } from "./releases.ts";

const TRIBE = "type:tribes-tier;owner:1448840;tribe:772;tier:1845;yearmonth:202606";

function releases(fields: object, names = noNames()): Release[] {
  const row = parseRow({ id: "object-1", creatorName: "Ember", ...fields }, 1);
  return "reason" in row ? [] : releasesOf(row, names);
}

test("releasesOf() makes known forms readable without any names", () => {
  expect(releases({ release: TRIBE })).toEqual([{
    id: TRIBE,
    kind: "release",
    label: "06/2026 – tier 1845",
    isNamed: false,
    owner: "Ember",
    month: "2026-06",
  }]);
  expect(releases({ release: "type:campaign-tier;orderId:9;tierId:12" }))
    .toMatchObject([{ id: "pledge-12", label: "Campaign pledge 12", isNamed: false }]);
  expect(releases({ release: "2024-05" })).toMatchObject([{ label: "05/2024", month: "2024-05" }]);
});

test("releasesOf() calls releases as the site does, where it tells", () => {
  const names = noNames();
  takeNames(names, "tribes_metadata", [{ id: 1448840, name: "Ember Tribe", source: "TRIBE" }]);
  takeNames(names, "tribe_releases_metadata", [{ id: TRIBE, label: "06/2026 - tier: Elders" }]);
  takeNames(names, "frontiers_metadata", [{ id: 77, name: "Dragon War" }]);
  takeNames(names, "frontier_releases_metadata", { pledges: [{ id: 12, name: "Hero" }] });
  takeNames(names, "userGroups_metadata", [{ id: 4411, name: "Friends" }]);
  expect(releases({ release: TRIBE }, names)).toMatchObject([
    { label: "06/2026 – Elders", owner: "Ember Tribe", isNamed: true, month: "2026-06" },
  ]);
  const pledge = { release: "type:campaign-tier;orderId:9;tierId:12", campaignId: 77 };
  expect(releases(pledge, names)).toMatchObject([{ label: "Hero", owner: "Dragon War" }]);
  expect(releases({ release: 4411, source: "USER_GROUP" }, names))
    .toMatchObject([{ label: "Friends", isNamed: true }]);
});

test("releasesOf() tells bundles apart from models of the same number", () => {
  const names = noNames();
  takeNames(names, "bundles_metadata", [{ id: "bundle-500", originalId: 500, name: "Winter Set" }]);
  const bought = { release: "type:store-bundle;orderId:9;bundleId:500" };
  const named = { id: "bundle-500", kind: "bundle", label: "Winter Set", isNamed: true };
  expect(releases(bought, names)).toMatchObject([named]);
  expect(releases({ id: "object-500", bundleId: "500" }, names)).toMatchObject([named]);
  expect(releases({ id: "bundle-500" }, names)).toMatchObject([named]);
  expect(releases({ id: "object-500" }, names)).toEqual([]);
  expect(releases({ bundleId: 501 }, names))
    .toMatchObject([{ label: "Bundle 501", isNamed: false }]);
});

test("releasesOf() keeps what it does not know", () => {
  for (const release of ["4711", "spring-sale", "type:tribes-tier;tribe:1", "type:new;x:1"]) {
    expect(releases({ release })).toMatchObject([{ id: release, label: release }]);
  }
});

test("takeNames() takes nothing from answers that make no sense", () => {
  const names = noNames();
  const kinds = ["objects", "tribes_metadata", "frontier_releases_metadata"] as const;
  for (const kind of kinds) {
    for (const value of [null, 3, "x", [null, { id: null }, { id: { a: 1 } }], { pledges: 7 }]) {
      takeNames(names, kind, value);
    }
  }
  expect(names).toEqual(noNames());
});
