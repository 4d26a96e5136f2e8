import { expect, test } from "vitest";
import { parseRetryAfter } from "./retry_after.ts";

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);
const DAY = 24 * 60 * 60_000;

test.each<[string | null, number | null]>([
  ["0", 0],
  ["7", 7000],
  [" 120 ", 120_000],
  ["86400", DAY],
  ["86401", DAY],
  ["99999999999999999999999", DAY],
  ["Thu, 01 Jan 2026 12:00:30 GMT", 30_000],
  ["thu, 01 jan 2026 12:00:30 gmt", 30_000],
  ["Thursday, 01-Jan-26 12:01:00 GMT", 60_000],
  ["Thu Jan  1 12:00:05 2026", 5000],
  ["Thu, 01 Jan 2026 11:59:59 GMT", 0],
  ["Friday, 01-Jan-99 12:01:00 GMT", 0],
  ["Tue, 01 Jan 2036 12:00:00 GMT", DAY],
  [null, null],
  ["", null],
  ["-5", null],
  ["+5", null],
  ["1.5", null],
  ["1e3", null],
  ["0x10", null],
  ["soon", null],
  ["NaN", null],
  ["Infinity", null],
  ["2026-01-01T12:00:30Z", null],
  ["Thu, 01 Foo 2026 12:00:30 GMT", null],
  ["Thu, 31 Feb 2026 12:00:30 GMT", null],
  ["Thu, 01 Jan 2026 25:00:30 GMT", null],
  ["Thu, 01 Jan 2026 12:00:30 CET", null],
])("parseRetryAfter() reads %j as %j", (value, expected) => {
  expect(parseRetryAfter(value, NOW)).toBe(expected);
});
