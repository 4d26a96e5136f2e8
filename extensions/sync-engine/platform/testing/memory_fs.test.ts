import { expect, test } from "vitest";
import { SyncError } from "../errors.ts";
import { fsContract } from "./fs_contract.ts";
import { type FsOperation, MemoryFs } from "./memory_fs.ts";

fsContract("MemoryFs", async () => {
  const fs = new MemoryFs();
  await fs.mkdir("/root/work");
  return { fs, root: "/root/work", [Symbol.asyncDispose]: () => Promise.resolve() };
});

test("MemoryFs refuses what passes its capacity and keeps what it had", async () => {
  const fs = new MemoryFs({ capacity: 10 });
  const file = await fs.open("/a", { write: true });
  await file.write(new Uint8Array(8).fill(1), 0);
  expect(await fs.freeSpace("/")).toBe(2);
  await expect(file.write(new Uint8Array(3), 8)).rejects.toMatchObject({ kind: "diskFull" });
  await expect(file.truncate(11)).rejects.toMatchObject({ kind: "diskFull" });
  await expect(fs.writeTextAtomic("/b", "abc")).rejects.toMatchObject({ kind: "diskFull" });
  expect(fs.files()).toEqual(new Map([["/a", new Uint8Array(8).fill(1)]]));
  fs.capacity = 100;
  await file.write(new Uint8Array(3), 8);
  expect(fs.used).toBe(11);
});

test("MemoryFs.onOperation sees each call and may break it", async () => {
  const seen: FsOperation[] = [];
  const fs = new MemoryFs({ onOperation: (operation) => void seen.push(operation) });
  const file = await fs.open("/a", { write: true });
  await file.write(new Uint8Array(1), 0);
  await file.sync();
  file.close();
  expect(seen).toEqual([
    { name: "open", path: "/a" },
    { name: "file.write", path: "/a" },
    { name: "file.sync", path: "/a" },
  ]);
  fs.onOperation = () => {
    throw new SyncError("retryable", "broken");
  };
  await expect(fs.stat("/a")).rejects.toThrow("broken");
});

test("MemoryFs.stat() tells the time of the last change", async () => {
  let now = 5;
  const fs = new MemoryFs({ now: () => now });
  const file = await fs.open("/a", { write: true });
  now = 7;
  await file.write(new Uint8Array(1), 0);
  expect(await fs.stat("/a")).toEqual({
    kind: "file",
    size: 1,
    modifiedAt: 7,
    isOnlineOnly: false,
  });
});
