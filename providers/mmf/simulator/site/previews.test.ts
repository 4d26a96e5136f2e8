import { expect, test } from "vitest";
import { settingsOf } from "../options.ts";
import { previewRows } from "./previews.ts";
import { SiteState } from "./world.ts";

function preview(options: Parameters<typeof settingsOf>[0]) {
  const { rows, listing } = previewRows(new SiteState(settingsOf(options)));
  return { rows: rows.map((row) => JSON.parse(row)), listing };
}

test("previewRows() counts what it lists", () => {
  const { rows, listing } = preview({ objects: 500 });
  const good = rows.filter((row) => /^(object|bundle)-\d+$/.test(row?.id));
  const distinct = new Set(good.map((row) => row.id));
  const objects = [...distinct].filter((id) => id.startsWith("object-")).length;
  expect(listing).toEqual({
    rows: rows.length,
    objects,
    bundles: distinct.size - objects,
    repeated: good.length - distinct.size,
    malformed: rows.length - good.length,
  });
  expect(objects).toBe(500);
  expect(listing.malformed).toBeGreaterThan(0);
  expect(listing.repeated).toBeGreaterThan(50);
  expect(good.some((row) => row.updatedAt === null)).toBe(true);
  expect(good.some((row) => row.creatorName === null)).toBe(true);
});

test("previewRows() holds exact duplicates and bundles with the numbers of objects", () => {
  const { state, rows } = (() => {
    const state = new SiteState(settingsOf({ objects: 500 }));
    return { state, rows: previewRows(state).rows };
  })();
  expect(new Set(rows).size).toBeLessThan(rows.length);
  const bundles = rows.map((row) => /"id":"bundle-(\d+)"/.exec(row)?.[1]).filter((id) => id);
  expect(bundles.length).toBeGreaterThan(0);
  for (const id of bundles) expect(state.find(Number(id))).not.toBeNull();
});

test("previewRows() is all well formed without oddities", () => {
  const { rows, listing } = preview({ objects: 100, oddities: false });
  expect(listing.malformed).toBe(0);
  for (const row of rows) {
    expect(row).toMatchObject({ name: expect.any(String), creatorName: expect.any(String) });
    expect(row.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
  }
});

test("previewRows() follows from the seed alone", () => {
  expect(preview({ objects: 60 })).toEqual(preview({ objects: 60 }));
  expect(preview({ objects: 60 }).rows).not.toEqual(preview({ objects: 60, seed: 2 }).rows);
});

test("previewRows() lists a real library as one was measured, whatever its names", () => {
  for (const seed of [1, 2]) {
    const { rows, listing } = preview({ library: "real", seed });
    expect(listing).toEqual({
      rows: 8_138,
      objects: 4_809,
      bundles: 481,
      repeated: 2_848,
      malformed: 0,
    });
    const counts = new Map<string, number>();
    for (const { id } of rows) counts.set(id, (counts.get(id) ?? 0) + 1);
    expect(counts.size).toBe(5_290);
    expect([...counts.values()].filter((n) => n > 1)).toHaveLength(856);
    expect([...new Set(rows.map(({ source }) => source))].sort()).toEqual([
      "DOWNLOAD",
      "FRONTIER",
      "GIFT",
      "MMFPLUS",
      "PURCHASE",
      "THE_ADVENTURE",
      "TRIBE",
      "USER_GROUP",
    ]);
    expect(rows.some(({ creatorName }) => creatorName === null)).toBe(true);
  }
}, 60_000);
