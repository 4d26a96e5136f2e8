import { expect, test } from "vitest";
import { onlineOnlyTest } from "./placeholder.ts";

test("onlineOnlyTest() knows files without a block on macOS, where even an empty file has none", () => {
  const isOnlineOnly = onlineOnlyTest("darwin");
  expect(isOnlineOnly("/a", { size: 10, blocks: 0 })).toBe(true);
  expect(isOnlineOnly("/a", { size: 10, blocks: 8 })).toBe(false);
  expect(isOnlineOnly("/a", { size: 0, blocks: 0 })).toBe(false);
});

test.each([
  ["archive", 0x20, false],
  ["offline", 0x1020, true],
  ["recall on open", 0x40020, true],
  ["recall on data access", 0x400020, true],
  ["pinned, which is here", 0x80020, false],
  ["a failed look", 0xffffffff, false],
])("onlineOnlyTest() reads the attributes of Windows: %s", (_, attributes, expected) => {
  const isOnlineOnly = onlineOnlyTest("windows", () => attributes);
  expect(isOnlineOnly("C:\\a", { size: 10, blocks: null })).toBe(expected);
});

test("onlineOnlyTest() takes sparse files elsewhere for what they are", () => {
  expect(onlineOnlyTest("linux")("/a", { size: 10, blocks: 0 })).toBe(false);
});
