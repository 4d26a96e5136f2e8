import { expect, test } from "vitest";
import { count, cut, duration, printable, size, time } from "./wording.ts";

test("printable() takes the power over the terminal out of a name", () => {
  expect(printable("a\x1b[2Jb\r\nc\u202Ed\x9bm")).toBe("a [2Jb  c d m");
});

test("printable() leaves names in any script as they are", () => {
  expect(printable("Дракон 龍 🐉 café")).toBe("Дракон 龍 🐉 café");
});

test("count() knows one from many", () => {
  expect([count(1, "file"), count(1234, "file"), count(0, "entry", "entries")])
    .toEqual(["1 file", "1,234 files", "0 entries"]);
});

test("size() uses the units that people know", () => {
  expect([size(0), size(1_340_000)]).toEqual(["0 B", "1.34 MB"]);
});

test.each([[0, "0 s"], [59_400, "59 s"], [60_000, "1 min 0 s"], [7_380_000, "2 h 3 min"]])(
  "duration() of %i ms is %s",
  (ms, text) => expect(duration(ms)).toBe(text),
);

test("time() shows the date only on another day", () => {
  const noon = new Date(2026, 0, 2, 12, 5).getTime();
  expect(time(noon, noon + 60_000)).toBe("12:05");
  expect(time(noon, noon + 86_400_000)).toBe("2026-01-02 12:05");
});

test("cut() counts characters, not their halves", () => {
  expect(cut("🐉🐉🐉", 3)).toBe("🐉🐉🐉");
  expect(cut("🐉🐉🐉", 2)).toBe("🐉…");
  expect(cut("abc", 0)).toBe("");
});
