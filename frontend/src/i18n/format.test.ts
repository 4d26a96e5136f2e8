import { expect, test } from "vitest";
import { createFormat } from "./format.ts";
import { pluralsOf } from "./plural.ts";

const format = createFormat("en");

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [12_345, "12.3 kB"],
  [999_999, "1,000 kB"],
  [1_500_000, "1.5 MB"],
  [84e9, "84.0 GB"],
  [1.234e9, "1.23 GB"],
  [3.2e12, "3.20 TB"],
  [1e15, "1,000 TB"],
])("%d bytes read %s", (bytes, text) => {
  expect(format.bytes(bytes)).toBe(text);
});

test.each([
  [0, "0s"],
  [59_400, "59s"],
  [61_000, "1m 1s"],
  [3_600_000, "1h 0m"],
  [90_000_000, "1d 1h"],
])("%d ms read %s", (ms, text) => {
  expect(format.duration(ms)).toBe(text);
});

test("times are told from now", () => {
  expect(format.relative(0, 0)).toBe("now");
  expect(format.relative(0, 180_000)).toBe("3 minutes ago");
  expect(format.relative(7_200_000, 0)).toBe("in 2 hours");
});

test("minutes since midnight read as a time of day", () => {
  expect(createFormat("de").timeOfDay(22 * 60 + 5)).toBe("22:05");
});

test("numbers take the form of their language", () => {
  const files = pluralsOf("en")({ one: "# file", other: "# files" });
  expect([files(1), files(2), files(1204)]).toEqual(["1 file", "2 files", "1,204 files"]);
});
