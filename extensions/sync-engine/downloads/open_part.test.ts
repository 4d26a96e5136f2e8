import { expect, test } from "vitest";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { openPart } from "./open_part.ts";
import { MemoryPart } from "./testing/memory_part.ts";

const PART = "/root/model/dragon.stl.part";
const part = new MemoryPart();

test("openPart() makes the folder where there is none", async () => {
  const fs = new MemoryFs();
  const file = await openPart(fs, {
    partPath: PART,
    part,
    makeFolder: () => fs.mkdir("/root/model"),
  });
  file.close();
  expect([...fs.files().keys()]).toEqual([PART]);
});

test("openPart() opens the file where another one made the folder while this one looked for it", async () => {
  const fs = new MemoryFs();
  fs.onOperation = ({ name }) => {
    if (name === "open") queueMicrotask(() => void fs.mkdir("/root/model"));
  };
  const file = await openPart(fs, { partPath: PART, part, makeFolder: () => Promise.resolve() });
  file.close();
  expect([...fs.files().keys()]).toEqual([PART]);
});

test("openPart() says why a file cannot be opened", async () => {
  const fs = new MemoryFs();
  await fs.mkdir(PART);
  await expect(openPart(fs, { partPath: PART, part, makeFolder: () => Promise.resolve() }))
    .rejects.toMatchObject({ kind: "permission" });
});
