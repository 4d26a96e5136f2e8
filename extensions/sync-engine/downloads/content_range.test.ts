import fc from "fast-check";
import { expect, test } from "vitest";
import { parseContentRange } from "./content_range.ts";

test("parseContentRange() reads the form of RFC 9110", () => {
  expect(parseContentRange("bytes 0-99/100")).toEqual({ start: 0, end: 99, size: 100 });
  expect(parseContentRange("bytes 5-9/*")).toEqual({ start: 5, end: 9, size: null });
});

test.each([
  null,
  "",
  "bytes */100",
  "bytes 9-5/100",
  "bytes 0-100/100",
  "bytes 0-9/",
  "bytes=0-9/100",
  "items 0-9/100",
  "bytes 0-9/100, bytes 20-29/100",
  "bytes -1-9/100",
  "bytes 0x0-9/100",
  "bytes 0-99999999999999999999/99999999999999999999",
])("parseContentRange() refuses %j", (value) => {
  expect(parseContentRange(value)).toBeNull();
});

test("parseContentRange() never throws and never contradicts itself", () => {
  fc.assert(fc.property(fc.string(), (value) => {
    const range = parseContentRange(value);
    if (range) expect(range.end).toBeGreaterThanOrEqual(range.start);
  }));
});
