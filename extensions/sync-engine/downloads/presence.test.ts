import { expect, test } from "vitest";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import type { DownloadedFile } from "../store/files.ts";
import { missingFiles } from "./presence.ts";

const file = (path: string): DownloadedFile => ({
  id: path,
  assetId: "mmf:object-1",
  provider: "mmf",
  path,
  size: 1,
  sha256: "00",
});

test("missingFiles() finds what is gone, and what is no file any more", async () => {
  const fs = new MemoryFs();
  await fs.mkdir("/root/a/folder");
  const here = Array.from({ length: 100 }, (_, i) => file(`a/${i}.stl`));
  for (const { path } of here) await fs.writeTextAtomic(`/root/${path}`, "x");
  const asked = [...here, file("a/gone.stl"), file("a/folder"), file("elsewhere/gone.stl")];
  const missing = await missingFiles(fs, "/root", asked);
  expect(missing.map(({ path }) => path).sort()).toEqual([
    "a/folder",
    "a/gone.stl",
    "elsewhere/gone.stl",
  ]);
});

test("missingFiles() does not call a file gone when the disk cannot say", async () => {
  const fs = new MemoryFs({
    onOperation: () => {
      throw new Error("I/O error");
    },
  });
  await expect(missingFiles(fs, "/root", [file("a/b")])).rejects.toThrow("I/O error");
});

test("missingFiles() stops when it is told to", async () => {
  const stop = new AbortController();
  stop.abort(new Error("Stopped"));
  const looked = missingFiles(new MemoryFs(), "/root", [file("a/b")], stop.signal);
  await expect(looked).rejects.toThrow("Stopped");
});
