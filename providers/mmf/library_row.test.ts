import { expect, test } from "vitest";

import { parseRow } from "./library_row.ts";

test("parseRow() reads odd values as absent", () => {
  expect(
    parseRow({ id: "object-1", name: 5, tags: "x", updatedAt: {}, release: 7, source: "GIFT" }, 1),
  ).toEqual({
    id: "object-1",
    kind: "object",
    number: "1",
    originalId: null,
    title: "5",
    creator: null,
    creatorId: null,
    preview: null,
    updatedAt: null,
    publishedAt: null,
    tags: [],
    source: "gift",
    release: "7",
    bundleId: null,
    campaignId: null,
  });
});

test("parseRow() reads a bare number with its type", () => {
  expect(parseRow({ id: 12, type: "bundle" }, 1)).toMatchObject({ id: "bundle-12" });
});

test("parseRow() says what it sets aside and why", () => {
  expect(parseRow({ id: "collection-31" }, 4)).toEqual({
    item: "collection-31",
    reason: 'MyMiniFactory lists "collection-31", which is neither a model nor a bundle',
  });
  expect(parseRow({ name: "x" }, 4)).toMatchObject({ item: "row 4" });
  for (const value of [null, 5, "x", [], [1]]) {
    expect(parseRow(value, 9)).toMatchObject({ item: "row 9" });
  }
});
