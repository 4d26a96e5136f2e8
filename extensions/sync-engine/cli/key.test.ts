import { join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { readKey } from "./key.ts";

const fs = createDiskFs();

test("readKey() takes the file before the variable", async () => {
  const cwd = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(join(cwd, "key"), "from the file\n");
    expect(await readKey(fs, { keyFile: "key", key: "other", cwd })).toBe("from the file");
    Deno.writeTextFileSync(join(cwd, "key"), " \n");
    await expect(readKey(fs, { keyFile: "key", key: "other", cwd })).rejects.toThrow(/is empty/);
    await expect(readKey(fs, { keyFile: "no", key: "other", cwd })).rejects.toThrow(/not exist/);
  } finally {
    Deno.removeSync(cwd, { recursive: true });
  }
});

test("readKey() without file and variable leaves it to the keychain", async () => {
  expect(await readKey(fs, { keyFile: undefined, key: "k", cwd: "/" })).toBe("k");
  expect(await readKey(fs, { keyFile: undefined, key: "", cwd: "/" })).toBeNull();
});
