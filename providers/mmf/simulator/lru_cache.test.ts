import { expect, test } from "vitest";
import { LruCache } from "./lru_cache.ts";

test("LruCache drops what was not used for the longest time", () => {
  const cache = new LruCache<string>(10);
  cache.set("a", "A", 4);
  cache.set("b", "B", 4);
  cache.get("a");
  cache.set("c", "C", 4);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual(["A", undefined, "C"]);
});

test("LruCache counts a replaced entry once and refuses what can never fit", () => {
  const cache = new LruCache<string>(10);
  cache.set("a", "A", 6);
  cache.set("a", "B", 6);
  expect(cache.hasRoom(4)).toBe(true);
  cache.set("big", "C", 11);
  expect([cache.get("a"), cache.get("big")]).toEqual(["B", undefined]);
});
