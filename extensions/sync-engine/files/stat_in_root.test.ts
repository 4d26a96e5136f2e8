import { join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { statInRoot } from "./stat_in_root.ts";

test("statInRoot() sees what is below the root, and follows no link there", async () => {
  const base = Deno.makeTempDirSync();
  try {
    const root = join(base, "library");
    Deno.mkdirSync(join(root, "Site", "files"), { recursive: true });
    Deno.mkdirSync(join(base, "elsewhere"));
    Deno.writeTextFileSync(join(root, "Site", "files", "a.stl"), "solid");
    Deno.writeTextFileSync(join(base, "elsewhere", "a.stl"), "solid");
    Deno.symlinkSync(join(base, "elsewhere"), join(root, "Link"));
    Deno.symlinkSync(join(base, "elsewhere", "a.stl"), join(root, "Site", "b.stl"));
    const stat = (path: string) => statInRoot(createDiskFs(), root, path);
    expect(await stat("Site/files/a.stl")).toMatchObject({ kind: "file", size: 5 });
    expect(await stat("Site/b.stl")).toMatchObject({ kind: "other" });
    expect(await stat("Site/none/a.stl")).toBeNull();
    expect(await stat("Site/files/a.stl/below")).toBeNull();
    await expect(stat("Link/a.stl")).rejects.toMatchObject({ kind: "permission" });
    await expect(stat("../elsewhere/a.stl")).rejects.toMatchObject({ kind: "badInput" });
  } finally {
    Deno.removeSync(base, { recursive: true });
  }
});
