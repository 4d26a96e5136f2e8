import { expect, test } from "vitest";
import { parseByteRange } from "./byte_range.ts";

test.each([
  [null, null],
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=0-", { start: 0, end: 9 }],
  ["bytes=3-5", { start: 3, end: 5 }],
  ["bytes=9-99", { start: 9, end: 9 }],
  ["bytes=-3", { start: 7, end: 9 }],
  ["bytes=-99", { start: 0, end: 9 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-3", null],
  ["bytes=-", null],
  ["bytes=0-1,3-4", null],
  ["bytes=a-b", null],
  ["bytes=1.5-2", null],
  ["bytes=--1", null],
  ["items=0-1", null],
  [`bytes=0-${"9".repeat(16)}`, null],
])("of ten bytes the range %s is %o", (header, range) => {
  expect(parseByteRange(header, 10)).toEqual(range);
});

test("nothing can be had of an empty file", () => {
  expect(parseByteRange("bytes=0-", 0)).toBe("unsatisfiable");
  expect(parseByteRange("bytes=-1", 0)).toBe("unsatisfiable");
});
