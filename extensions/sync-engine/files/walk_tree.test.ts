import { join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { walkTree } from "./walk_tree.ts";

test("walkTree() tells each folder after what is in it, and passes links over", async () => {
  const dir = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(join(dir, "a", "empty"), { recursive: true });
    Deno.writeTextFileSync(join(dir, "a", "x.txt"), "four");
    Deno.symlinkSync("/", join(dir, "a", "link"));
    const told = [];
    for await (const { path, kind, size } of walkTree(createDiskFs(), dir)) {
      told.push([path, kind, size]);
    }
    expect(told.slice(0, -2).sort()).toEqual([
      [join("a", "empty"), "directory", 0],
      [join("a", "x.txt"), "file", 4],
    ]);
    expect(told.slice(-2)).toEqual([["a", "directory", 0], ["", "directory", 0]]);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});

test("walkTree() stops when its signal does", async () => {
  const dir = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(join(dir, "a"));
    const walk = walkTree(createDiskFs(), dir, AbortSignal.abort("enough"));
    await expect(walk.next()).rejects.toMatchObject({ kind: "cancelled" });
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});
