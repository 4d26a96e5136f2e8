import { expect, test } from "vitest";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { removeEmpty } from "./remove_empty.ts";

test("removeEmpty() removes empty folders up to the first that is not", async () => {
  const fs = new MemoryFs();
  await fs.mkdir("/library/Site/Maker/Dragon/files");
  await fs.mkdir("/library/Site/Maker/Drake");
  await removeEmpty(fs, "/library", ["Site/Maker/Dragon/files", "Site/Maker/Dragon/renders"]);
  expect(await fs.list("/library/Site/Maker")).toEqual([{ name: "Drake", kind: "directory" }]);
});

test("removeEmpty() leaves the root and every file", async () => {
  const fs = new MemoryFs();
  await fs.mkdir("/library/Site");
  await removeEmpty(fs, "/library", ["Site"]);
  expect(await fs.stat("/library")).toMatchObject({ kind: "directory" });
  await fs.mkdir("/library/Site/Maker");
  await fs.writeTextAtomic("/library/Site/Maker/mine.txt", "x");
  await removeEmpty(fs, "/library", ["Site/Maker", "Site/Maker/mine.txt"]);
  expect(await fs.readText("/library/Site/Maker/mine.txt")).toBe("x");
});
