import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { copyFile } from "./copy_file.ts";

const signal = new AbortController().signal;

async function makeFs(length: number, target?: string) {
  const fs = new MemoryFs();
  const bytes = new Uint8Array(length).map((_, i) => (i * 7919) % 251);
  const file = await fs.open("/from", { write: true });
  await file.write(bytes, 0);
  file.close();
  if (target !== undefined) await fs.writeTextAtomic("/to", target);
  return { fs, bytes };
}

test.each([0, 1, 1024 * 1024, 2_500_000])("copyFile() copies %i bytes, flushed", async (length) => {
  const { fs, bytes } = await makeFs(length);
  const operations: string[] = [];
  fs.onOperation = ({ name }) => void operations.push(name);
  let told = 0;
  const sha256 = await copyFile(fs, "/from", "/to", { signal, onBytes: (n) => void (told += n) });
  expect(fs.files().get("/to")).toEqual(bytes);
  expect([sha256, told]).toEqual([createHash("sha256").update(bytes).digest("hex"), length]);
  expect(operations).toContain("file.sync");
});

test("copyFile() leaves nothing of a longer file that was there", async () => {
  const { fs, bytes } = await makeFs(3, "something longer");
  await copyFile(fs, "/from", "/to", { signal });
  expect(fs.files().get("/to")).toEqual(bytes);
});

test("copyFile() does not take a copy for good that reads back otherwise", async () => {
  const { fs } = await makeFs(1_000);
  const { open } = fs;
  fs.open = async (path, options) => {
    const file = await open.call(fs, path, options);
    if (path !== "/to" || options?.write) return file;
    return { ...file, read: async (into, at) => await file.read(into, at === 0 ? 1 : at) };
  };
  const copying = copyFile(fs, "/from", "/to", { signal });
  await expect(copying).rejects.toMatchObject({ kind: "integrity" });
});

test("copyFile() stops between two pieces", async () => {
  const { fs } = await makeFs(3_000_000);
  const stop = new AbortController();
  const copying = copyFile(fs, "/from", "/to", {
    signal: stop.signal,
    onBytes: () => stop.abort(),
  });
  await expect(copying).rejects.toMatchObject({ kind: "cancelled" });
});
