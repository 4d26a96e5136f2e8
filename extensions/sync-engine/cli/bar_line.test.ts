import { expect, test } from "vitest";
import { totalLine, transferLine } from "./bar_line.ts";

const TRANSFER = { fileId: "1", title: "Dragon", name: "a.zip", done: 250, size: 1000, speed: 0 };

test("transferLine() shows name, bar, share and size", () => {
  expect(transferLine(TRANSFER, 60)).toBe(
    `${"a.zip · Dragon".padEnd(22)} ${"━".repeat(6)}${"┄".repeat(18)}  25% of 1 kB`,
  );
});

test.each([12, 20, 30, 44, 79, 200])("transferLine() fits into %i columns", (columns) => {
  const long = { ...TRANSFER, title: "龍".repeat(300), done: 10, size: null };
  expect([...transferLine(long, columns)].length).toBeLessThanOrEqual(columns);
  expect([...transferLine(TRANSFER, columns)].length).toBeLessThanOrEqual(columns);
});

test("transferLine() takes sizes that do not add up", () => {
  expect(transferLine({ ...TRANSFER, done: 2000 }, 80)).toContain("100% of 1 kB");
  expect(transferLine({ ...TRANSFER, done: 0, size: 0 }, 80)).toContain("100% of 0 B");
});

test("totalLine() counts all files of the run", () => {
  const data = {
    running: [TRANSFER],
    fetched: 2,
    fetchedBytes: 5000,
    failed: 1,
    waiting: 6,
    speed: 1235,
  };
  expect(totalLine(data, 80)).toBe("2 of 10 files · 5 kB · 1.24 kB/s · 1 failed");
  expect(totalLine({ ...data, failed: 0, speed: 0 }, 80)).toBe("2 of 9 files · 5 kB");
});
