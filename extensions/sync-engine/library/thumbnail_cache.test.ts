import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { ThumbnailCache } from "./thumbnail_cache.ts";

const DIR = "/app/thumbs";
const key = (n: number) => n.toString(16).padStart(2, "0").repeat(32);
const bytes = (n: number, size = 100) => new Uint8Array(size).fill(n);

function start(capacity = 350) {
  let time = 0;
  const fs = new MemoryFs({ now: () => ++time });
  return {
    fs,
    open: () => new ThumbnailCache(fs, DIR, capacity),
    cache: new ThumbnailCache(fs, DIR, capacity),
  };
}

test("ThumbnailCache gives back what it was given, to a later one too", async () => {
  const { fs, cache, open } = start();
  expect(await cache.get(key(1))).toBeNull();
  await cache.put(key(1), bytes(1));
  await cache.put(key(1), bytes(2, 50));
  expect(await cache.get(key(1))).toEqual(bytes(2, 50));
  expect(await open().get(key(1))).toEqual(bytes(2, 50));
  expect([...fs.files().keys()]).toEqual([`${DIR}/01/${key(1)}`]);
});

test("ThumbnailCache drops what was used longest ago when it is full", async () => {
  const { fs, cache } = start();
  for (const n of [1, 2, 3]) await cache.put(key(n), bytes(n));
  await cache.get(key(1));
  await cache.put(key(4), bytes(4));
  expect(await cache.get(key(2))).toBeNull();
  for (const n of [1, 3, 4]) expect(await cache.get(key(n))).toEqual(bytes(n));
  await cache.put(key(5), bytes(5, 340));
  expect(await cache.get(key(4))).toBeNull();
  expect(await cache.get(key(5))).toHaveLength(340);
  expect(fs.used).toBe(340);
});

test("ThumbnailCache counts what an earlier run left, oldest first, and clears up half pictures", async () => {
  const { fs, cache, open } = start();
  for (const n of [3, 1, 2]) await cache.put(key(n), bytes(n));
  const half = await fs.open(`${DIR}/02/${key(2)}.new`, { write: true });
  await half.write(bytes(9), 0);
  half.close();
  const later = open();
  await later.put(key(4), bytes(4));
  expect(await later.get(key(3))).toBeNull();
  for (const n of [1, 2, 4]) expect(await later.get(key(n))).toEqual(bytes(n));
  expect(fs.used).toBe(300);
});

test("ThumbnailCache does not keep what is larger than all of it", async () => {
  const { fs, cache } = start();
  await cache.put(key(1), bytes(1));
  await cache.put(key(2), bytes(2, 351));
  expect(await cache.get(key(2))).toBeNull();
  expect(await cache.get(key(1))).toEqual(bytes(1));
  expect(fs.used).toBe(100);
});

test("ThumbnailCache leaves nothing half on a full disk, and goes on when there is room", async () => {
  const { fs, cache } = start();
  await cache.put(key(1), bytes(1));
  fs.capacity = 150;
  await expect(cache.put(key(2), bytes(2))).rejects.toMatchObject({ kind: "diskFull" });
  expect([...fs.files().keys()]).toEqual([`${DIR}/01/${key(1)}`]);
  fs.capacity = Infinity;
  await cache.put(key(2), bytes(2));
  expect(await cache.get(key(2))).toEqual(bytes(2));
});

test("ThumbnailCache has nothing where the disk fails, and looks again once it works", async () => {
  const { fs, cache } = start();
  fs.onOperation = () => {
    throw new SyncError("permission", "no");
  };
  expect(await cache.get(key(1))).toBeNull();
  await expect(cache.put(key(1), bytes(1))).rejects.toMatchObject({ kind: "permission" });
  expect(await cache.get(key(1))).toBeNull();
  fs.onOperation = undefined;
  await cache.put(key(1), bytes(1));
  expect(await cache.get(key(1))).toEqual(bytes(1));
});
