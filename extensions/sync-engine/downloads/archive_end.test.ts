import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { hasArchiveEnd } from "./archive_end.ts";

const archive = zipSync({ "dragon.stl": new Uint8Array(100_000).fill(7) }, { level: 0 });

async function check(bytes: Uint8Array, name = "dragon.zip"): Promise<boolean> {
  const fs = new MemoryFs();
  const file = await fs.open("/part", { write: true });
  await file.write(bytes, 0);
  file.close();
  return await hasArchiveEnd(fs, "/part", name);
}

test("hasArchiveEnd() knows a whole archive, with a comment too", async () => {
  expect(await check(archive)).toBe(true);
  expect(await check(new Uint8Array([...archive, ...new Uint8Array(60_000)]))).toBe(true);
  expect(await check(archive, "Dragon.3MF")).toBe(true);
});

test("hasArchiveEnd() notices one that was cut short, wherever it was cut", async () => {
  for (const length of [0, 4, 1_000, archive.length - 23, archive.length - 1]) {
    expect(await check(archive.subarray(0, length)), String(length)).toBe(false);
  }
});

test("hasArchiveEnd() judges archives only", async () => {
  expect(await check(new Uint8Array(10), "dragon.stl")).toBe(true);
  expect(await check(new Uint8Array(0), "dragon")).toBe(true);
});
