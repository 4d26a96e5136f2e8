import { expect, test } from "vitest";
import { makeAsset } from "./testing/make_assets.ts";
import type { ReleaseNews } from "./releases.ts";
import { type TempStore, tempStore } from "./testing/temp_store.ts";

function news(key: string, change: Partial<ReleaseNews> = {}): ReleaseNews {
  const plain = { kind: "release", label: key, isNamed: true, owner: null, month: null } as const;
  return { key, ...plain, ...change };
}

const idsOf = ({ store }: TempStore, filter: { release?: string; bundle?: string }) =>
  store.assets.query(filter).rows.map(({ id }) => id.replace("mmf:object-", "")).join();

test("Releases lists what assets came in, newest month first, with their numbers", () => {
  using temp = tempStore();
  const { assets, releases } = temp.store;
  assets.upsertMany([
    makeAsset(1, { releases: ["may", "bundle-1"] }),
    makeAsset(2, { releases: ["may", "june"] }),
    makeAsset(3, { releases: ["old"] }),
  ], 1);
  releases.learn("mmf", [
    news("may", { label: "05/2026 – Elders", month: "2026-05", owner: "Atelier Épée" }),
    news("june", { label: "06/2026 – Elders", month: "2026-06" }),
    news("bundle-1", { kind: "bundle", label: "Winter Set" }),
    news("nobody's"),
  ]);
  expect(releases.list().rows.map(({ label, assets }) => `${label} ${assets}`))
    .toEqual(["06/2026 – Elders 1", "05/2026 – Elders 2", "old 1"]);
  expect(releases.list({ kind: "bundle" })).toMatchObject({
    rows: [{ key: "bundle-1", label: "Winter Set", assets: 1 }],
    total: 1,
  });
  expect(releases.list({ search: "EPEE eld" }).rows).toMatchObject([{ key: "may" }]);
  expect(releases.list({ search: "05/20" }).rows).toMatchObject([{ key: "may" }]);
  expect(releases.list({ limit: 1, offset: 1 })).toMatchObject({
    rows: [{ key: "may" }],
    total: 3,
  });
});

test("assets are found by key or name of what they came in, and show the names", () => {
  using temp = tempStore();
  const { assets, releases } = temp.store;
  assets.upsertMany([
    makeAsset(1, { releases: ["may", "bundle-1"] }),
    makeAsset(2, { releases: ["may"] }),
    makeAsset(3, { releases: ["bundle-1-too"] }),
  ], 1);
  expect(idsOf(temp, { release: "may" })).toBe("1,2");
  releases.learn("mmf", [news("may", { label: "Elders" }), news("bundle-1", { kind: "bundle" })]);
  expect(idsOf(temp, { release: "Elders" })).toBe("1,2");
  expect(idsOf(temp, { bundle: "bundle-1" })).toBe("1");
  expect(idsOf(temp, { release: "bundle-1" })).toBe("");
  expect(idsOf(temp, { release: "may", bundle: "bundle-1" })).toBe("1");
  expect(assets.row("mmf:object-1")?.releases).toEqual(["bundle-1", "Elders"]);
  expect(assets.get("mmf:object-2")?.releases).toEqual(["Elders"]);
  expect(assets.setWanted({ release: "may" }, false)).toBe(2);
});

test("what an asset came in follows every change of it", () => {
  using temp = tempStore();
  const { assets, releases } = temp.store;
  assets.upsertMany([makeAsset(1, { releases: ["may", "june"] })], 1);
  assets.upsertMany([makeAsset(1, { releases: ["june", "july"] })], 2);
  expect(releases.list().rows.map(({ key }) => key)).toEqual(["july", "june"]);
  expect(idsOf(temp, { release: "may" })).toBe("");
  assets.upsertMany([makeAsset(1, { releases: [] })], 3);
  expect(releases.list().total).toBe(0);
});

test("Releases.learn() never gives up a name of the site for one that was made up", () => {
  using temp = tempStore();
  const { assets, releases } = temp.store;
  assets.upsertMany([makeAsset(1, { releases: ["may"] })], 1);
  releases.learn("mmf", [news("may", { label: "Elders", owner: "Ember", month: "2026-05" })]);
  releases.learn("mmf", [news("may", { label: "tier 7", isNamed: false })]);
  const [row] = releases.list().rows;
  expect(row).toMatchObject({ label: "Elders", owner: "Ember", month: "2026-05" });
  releases.learn("mmf", [news("may", { label: "Elders of the Tribe" })]);
  expect(releases.list().rows).toMatchObject([{ label: "Elders of the Tribe" }]);
});

test("Releases tells which have their names, and whoever knows none does not say whose one is", () => {
  using temp = tempStore();
  const { releases, assets } = temp.store;
  assets.upsertMany([makeAsset(1, { releases: ["may", "june"] })], 1);
  releases.learn("mmf", [news("may", { owner: "Tribe" }), news("june", { isNamed: false })]);
  expect(releases.named("mmf")).toEqual(["may"]);
  expect(releases.named("other")).toEqual([]);
  releases.learn("mmf", [
    news("may", { owner: "Somebody", isNamed: false, label: "made up" }),
    news("june", { owner: "Somebody", isNamed: false }),
  ]);
  expect(releases.list().rows.map(({ key, label, owner }) => [key, label, owner])).toEqual([
    ["june", "june", "Somebody"],
    ["may", "may", "Tribe"],
  ]);
});
