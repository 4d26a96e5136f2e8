import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { requireSpace } from "./space.ts";

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
