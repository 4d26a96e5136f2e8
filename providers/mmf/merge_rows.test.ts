import fc from "fast-check";
import { expect, test } from "vitest";

import { type LibraryRow, parseRow } from "./library_row.ts";
import { mergeRows } from "./merge_rows.ts";
import { fixture } from "./testing/fake_host.ts";

function rowsOf(values: readonly unknown[]): LibraryRow[] {
  return values.map((value, index) => parseRow(value, index + 1)).filter((row) => "kind" in row);
}

function fixtureRows(): LibraryRow[] {
  const values = fixture("object_previews");
  return Array.isArray(values) ? rowsOf(values) : [];
}

test("mergeRows() unites the grants of one model", () => {
  const drake = mergeRows(fixtureRows()).find((entry) => entry.asset.id === "object-200");
  expect(drake).toMatchObject({
    rows: 2,
    asset: {
      title: "Ember Drake",
      creator: "Forge & Flame",
      updatedAt: "2026-07-02T08:00:00.000Z",
      thumbUrl: null,
      url: "https://www.myminifactory.com/object/3d-print-ember-drake-200",
      tags: ["dragon", "tribe-reward"],
      sources: ["purchase", "tribe"],
      releases: ["4711", "type:tribes-tier;owner:1448840;tribe:772;tier:1845;yearmonth:202606"],
    },
  });
});

test("mergeRows() keeps a bundle and a model of the same number apart", () => {
  const assets = mergeRows(fixtureRows()).map((entry) => entry.asset);
  expect(assets.map((asset) => asset.id))
    .toEqual(["bundle-500", "object-200", "object-500", "object-7"]);
  expect(assets[0]).toMatchObject({ url: null, releases: ["bundle-500"] });
  expect(assets[2]).toMatchObject({ title: "Ice Wolf", releases: ["bundle-500"] });
});

test("mergeRows() names what has no title and leaves a missing creator null", () => {
  expect(mergeRows(fixtureRows()).at(-1)?.asset)
    .toMatchObject({ title: "Untitled object-7", creator: null, releases: ["2024-05"] });
});

test("mergeRows() takes a preview of the site for the thumbnail, never the avatar", () => {
  const thumb = (row: object) => mergeRows(rowsOf([{ id: "object-1", ...row }]))[0]?.asset.thumbUrl;
  expect(thumb({ previewUrl: "https://dl.myminifactory.com/a b.jpg" }))
    .toBe("https://dl.myminifactory.com/a%20b.jpg");
  expect(thumb({ previewUrl: "https://elsewhere.example/a.jpg" })).toBeNull();
  expect(thumb({ creatorAvatar: "https://dl.myminifactory.com/a.jpg" })).toBeNull();
});

test("mergeRows() shows a bundle by a model in it, whatever the order of the rows", () => {
  const picture = (n: number) => `https://dl.myminifactory.com/${n}.jpg`;
  const rows = [
    { id: "bundle-9", bundleId: 9, name: "Set" },
    { id: "object-3", bundleId: 9, previewUrl: picture(3) },
    { id: "object-2", bundleId: 9, previewUrl: picture(2) },
    { id: "object-1", bundleId: 9 },
    { id: "object-0", bundleId: 8, previewUrl: picture(8) },
    { id: "bundle-7", name: "Empty" },
  ];
  for (const order of [rows, rows.toReversed()]) {
    const thumbs = Object.fromEntries(
      mergeRows(rowsOf(order)).map(({ asset }) => [asset.id, asset.thumbUrl]),
    );
    expect(thumbs).toMatchObject({ "bundle-9": picture(2), "object-1": null, "bundle-7": null });
  }
});

test("mergeRows() changes the revision with the content only", () => {
  const base = { id: "object-1", name: "A", updatedAt: "2026-01-01T00:00:00Z", source: "TRIBE" };
  const revision = (change: object) =>
    mergeRows(rowsOf([{ ...base, ...change }]))[0]?.asset.revision;
  expect(revision({ source: "GIFT", release: "x", libraryAddedAt: "2026-02-01", tags: ["t"] }))
    .toBe(revision({}));
  expect(revision({ updatedAt: "2026-01-02T00:00:00Z" })).not.toBe(revision({}));
  expect(revision({ name: "B" })).not.toBe(revision({}));
});

const row = fc.record({
  id: fc.constantFrom("object-1", "object-2", "bundle-1", "bundle-2"),
  originalId: fc.constantFrom(1, "2", null),
  name: fc.constantFrom("A", "B", "", null),
  creatorName: fc.constantFrom("C", null),
  creatorUsername: fc.constantFrom("d", null),
  updatedAt: fc.constantFrom("2026-01-01T00:00:00Z", 1767312000000, "2026-01-03", null),
  publishedAt: fc.constantFrom("2026-01-01T00:00:00Z", null),
  tags: fc.array(fc.constantFrom("x", "y")),
  source: fc.constantFrom("TRIBE", "GIFT", null),
  release: fc.constantFrom("a", 1, null),
  bundleId: fc.constantFrom(1, 2, "3", null),
}, { requiredKeys: ["id"] });

test("mergeRows() gives the same assets for any order and repetition of rows", () => {
  const shuffled = fc.array(row, { maxLength: 12 }).chain((rows) =>
    fc.tuple(
      fc.constant(rows),
      fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 }),
    )
  );
  fc.assert(fc.property(shuffled, ([rows, other]) => {
    const assets = (list: readonly unknown[]) => mergeRows(rowsOf(list)).map(({ asset }) => asset);
    expect(assets(other)).toEqual(assets(rows));
  }));
});
