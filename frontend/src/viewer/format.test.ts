import { expect, test } from "vitest";
import { formatLength, formatMegabytes, sidesOf } from "./format.ts";

test("sidesOf() gives width, depth and height", () => {
  expect(sidesOf({ min: [-1, 0, 2], max: [3, 5, 8] })).toEqual([4, 5, 6]);
});

test("formatLength() shows tenths, and more of what is small", () => {
  expect(formatLength(80.54, 120, "en")).toBe("80.5");
  expect(formatLength(1234, 1234, "en")).toBe("1,234.0");
  expect(formatLength(0.5, 5, "en")).toBe("0.50");
  expect(formatLength(0.0123, 0.5, "de")).toBe("0,012");
});

test("formatMegabytes() counts decimally", () => {
  expect(formatMegabytes(123_456_789, "en")).toBe("123 MB");
  expect(formatMegabytes(1_260_000, "en")).toBe("1.3 MB");
});
