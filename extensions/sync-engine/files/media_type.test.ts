import { expect, test } from "vitest";
import { mediaType } from "./media_type.ts";

test("mediaType() goes by the extension, whatever its case", () => {
  expect(mediaType("files/Body.v2.STL")).toBe("model/stl");
  expect(mediaType("a.lys")).toBe(null);
  expect(mediaType("README")).toBe(null);
  expect(mediaType("")).toBe(null);
});
