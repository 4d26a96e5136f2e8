import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";

import { bytes, date, id, list, names, read, text, verbatim } from "./lenient.ts";

test("bytes reads numbers and digits, and nothing else", () => {
  expect([3, "3", "3951369913", null, "3 MB", -1, 1.5, "", {}].map((size) => v.parse(bytes, size)))
    .toEqual([3, 3, 3951369913, null, null, null, null, null, null]);
});

test("id reads numbers and digits without leading zeros", () => {
  expect([7, "0007", "0", "a7", null, 1.5].map((value) => v.parse(id, value)))
    .toEqual(["7", "7", "0", null, null, null]);
});

test("verbatim keeps blanks that belong to a name", () => {
  expect([" a.stl ", "  ", 5, null].map((value) => v.parse(verbatim, value)))
    .toEqual([" a.stl ", null, "5", null]);
});

test("date gives the same moment for every way to write it", () => {
  const written = [
    "2026-01-02T00:00:00+00:00",
    "2026-01-02T01:00:00+0100",
    "2026-01-02 00:00:00",
    "2026-01-02",
    1767312000000,
    "1767312000000",
  ];
  for (const value of written) expect(v.parse(date, value)).toBe("2026-01-02T00:00:00.000Z");
  for (const value of ["soon", "2026-13-40", {}, null, 1e300, "9999999999999999", 8e15]) {
    expect(v.parse(date, value)).toBeNull();
  }
});

test("names reads strings and named objects", () => {
  expect(v.parse(names, ["a", { name: " b " }, {}, null, "", 3])).toEqual(["a", "b", "3"]);
  expect(v.parse(names, "a")).toEqual([]);
});

test("list reads bare and wrapped lists", () => {
  expect(v.parse(list, [1])).toEqual([1]);
  expect(v.parse(list, { total_count: 1, items: [1] })).toEqual([1]);
  expect(v.parse(list, null)).toEqual([]);
});

test("read() of a lenient schema never fails", () => {
  for (const schema of [bytes, date, id, list, names, text, verbatim]) {
    fc.assert(fc.property(fc.jsonValue(), (value) => v.is(schema, value)));
  }
  expect(read(v.object({ a: text }), 5)).toBeNull();
});
