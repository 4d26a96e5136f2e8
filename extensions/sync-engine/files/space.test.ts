import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { requireSpace, SpaceWatch } from "./space.ts";

const MIB = 1024 * 1024;

test("requireSpace() resolves while the reserve stays free", async () => {
  const fs = new MemoryFs({ capacity: 300 * MIB });
  await requireSpace(fs, "/library", 44 * MIB);
  await expect(requireSpace(fs, "/library", 44 * MIB + 1)).rejects.toMatchObject({
    kind: "diskFull",
  });
});

test("requireSpace() says how much is missing, for people", async () => {
  const fs = new MemoryFs({ capacity: 1_000_000_000 });
  await expect(requireSpace(fs, "/library", 3_500_000_000, { reserve: 500_000_000 })).rejects
    .toThrow(
      'Cannot write to "/library": 3.5 GB are needed and 500 MB stay in reserve, ' +
        "but only 1 GB are free. Free 3 GB on that disk",
    );
});

test("requireSpace() asks for the reserve alone when the size is not known", async () => {
  const fs = new MemoryFs({ capacity: 10 });
  await requireSpace(fs, "/library", 0, { reserve: 10 });
  await expect(requireSpace(fs, "/library", 0, { reserve: 11 })).rejects.toThrow("0 B are needed");
});

test("requireSpace() measures a real disk, also before the folder is there", async () => {
  await requireSpace(createDiskFs(), "/tmp/not/there/yet", 1, { reserve: 0 });
  await expect(requireSpace(createDiskFs(), "/tmp/not/there/yet", 2 ** 60)).rejects
    .toMatchObject({ kind: "diskFull" });
});

test("SpaceWatch looks once a second where there is plenty, and each time where there is not", async () => {
  const fs = new MemoryFs({ capacity: 8 * 1024 * MIB });
  const clock = new FakeClock();
  let looks = 0;
  fs.onOperation = ({ name }) => void (looks += name === "freeSpace" ? 1 : 0);
  const space = new SpaceWatch({ fs, clock });
  for (let i = 0; i < 5; i++) await space.require("/library", MIB);
  expect(looks).toBe(1);
  await clock.advance(1_000);
  await space.require("/library", MIB);
  expect(looks).toBe(2);
  await space.require("/library", 6 * 1024 * MIB);
  expect(looks).toBe(3);
  await expect(space.require("/library", 8 * 1024 * MIB)).rejects.toMatchObject({
    kind: "diskFull",
  });
});

test("SpaceWatch never trusts an earlier look on a disk that is nearly full", async () => {
  const fs = new MemoryFs({ capacity: 300 * MIB });
  const space = new SpaceWatch({ fs, clock: new FakeClock() });
  await space.require("/library", 40 * MIB);
  const file = await fs.open("/other", { write: true });
  await file.truncate(40 * MIB);
  await expect(space.require("/library", 40 * MIB)).rejects.toMatchObject({ kind: "diskFull" });
});
