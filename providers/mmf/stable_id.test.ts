import fc from "fast-check";
import { expect, test } from "vitest";

import { hashText, stableId } from "./stable_id.ts";

test("hashText() stays the same from version to version", () => {
  expect([hashText(""), hashText("a"), hashText("竜")]).toMatchInlineSnapshot(`
    [
      "ztntfpgrnhiq",
      "1r9wi7gevzdnt",
      "y3yq6p1nu2qvk",
    ]
  `);
});

test("hashText() tells texts apart", () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `part ${index}.stl`);
  expect(new Set(texts.map(hashText)).size).toBe(texts.length);
});

test("stableId() prefers the number and never lets odd characters in", () => {
  expect(stableId("file", "12", "a.stl")).toBe("file-12");
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    expect(stableId("image", null, text)).toMatch(/^image-x[a-z0-9]+$/);
  }));
});
