import { expect, test } from "vitest";
import { parsePeriod, parseSubset } from "./verify_options.ts";

test.each([
  ["5%", { kind: "share", percent: 5 }],
  ["0.5%", { kind: "share", percent: 0.5 }],
  ["100%", { kind: "share", percent: 100 }],
  ["1/5", { kind: "part", n: 1, of: 5 }],
  ["5/5", { kind: "part", n: 5, of: 5 }],
  ["10G", { kind: "size", bytes: 10e9 }],
  ["1.5tb", { kind: "size", bytes: 1.5e12 }],
  ["500m", { kind: "size", bytes: 500e6 }],
])("parseSubset() reads %s", (text, subset) => {
  expect(parseSubset(text)).toEqual(subset);
});

test.each(["", "5", "0%", "101%", "0/5", "6/5", "1/0", "1/20000", "0G", "G", "-1G", "10 G", "all"])(
  "parseSubset() refuses %o",
  (text) => {
    expect(() => parseSubset(text)).toThrow("Give a share (5%)");
  },
);

test("parsePeriod() reads hours, days and weeks", () => {
  expect(["12h", "30d", "2w"].map(parsePeriod)).toEqual([43_200_000, 2_592_000_000, 1_209_600_000]);
  for (const text of ["", "30", "1y", "-1d"]) expect(() => parsePeriod(text)).toThrow("12h, 30d");
});
