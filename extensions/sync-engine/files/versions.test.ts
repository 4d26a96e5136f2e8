import { expect, test } from "vitest";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { keepOldVersion } from "./replace.ts";
import { listVersions, nameOfVersion } from "./versions.ts";

test.each(["dragon.stl", "Dragon v1.5.stl", "body", "a.b.zip", "supports.tar.gz", ".stl"])(
  "listVersions() finds %s again, and nameOfVersion() tells what it was",
  async (name) => {
    const fs = new MemoryFs({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
    await fs.mkdir("/root/P/C/M/files");
    await fs.writeTextAtomic(`/root/P/C/M/files/${name}`, "12345");
    const path = await keepOldVersion(fs, "/root", `P/C/M/files/${name}`);
    const found = await listVersions(fs, "/root", "P/C/M");
    expect(found).toMatchObject([{ path, size: 5, at: Date.UTC(2026, 0, 2, 3, 4, 5) }]);
    // A name that is none becomes one on its way.
    if (name !== ".stl") expect(nameOfVersion(found[0]?.name ?? "")).toBe(name);
  },
);

test("listVersions() finds none where there are none", async () => {
  const fs = new MemoryFs();
  await fs.mkdir("/root/P/C/M");
  expect(await listVersions(fs, "/root", "P/C/M")).toEqual([]);
  expect(await listVersions(fs, "/root", "P/C/None")).toEqual([]);
});
