import { join } from "node:path";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { createDiskFs } from "../platform/fs.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { seededRandom } from "../platform/testing/seeded_random.ts";
import { checkRoot, type CheckRootOptions } from "./check_root.ts";
import { MARKER_NAME } from "./marker.ts";

const OPTIONS: CheckRootOptions = {
  current: "/home/me/Library",
  id: "own-id",
  appData: "/home/me/.data/mmfsync",
  home: "/home/me",
  random: seededRandom(1),
};

async function makeFs(files: Readonly<Record<string, string>> = {}): Promise<MemoryFs> {
  const fs = new MemoryFs({ capacity: 1_000_000 });
  for (const folder of [OPTIONS.current, OPTIONS.appData, "/drive"]) await fs.mkdir(folder);
  for (const [path, text] of Object.entries(files)) {
    await fs.mkdir(join(path, ".."));
    await fs.writeTextAtomic(path, text);
  }
  return fs;
}

const marker = (id: string, format = 1) => JSON.stringify({ format, id });

/** Looks, and makes sure that nothing has changed. */
async function check(fs: MemoryFs, path: string, options: Partial<CheckRootOptions> = {}) {
  const before = fs.files();
  const found = await checkRoot(fs, path, { ...OPTIONS, ...options });
  expect(fs.files()).toEqual(before);
  return found;
}

test("checkRoot() finds nothing wrong with a new folder, nor with an empty one", async () => {
  const fs = await makeFs();
  await fs.mkdir("/drive/empty");
  const good = { writable: true, library: null, empty: true, problem: null, free: 1_000_000 };
  expect(await check(fs, "/drive/new/models")).toEqual({
    path: "/drive/new/models",
    exists: false,
    ...good,
  });
  expect(await check(fs, "/drive/empty/")).toEqual({ path: "/drive/empty", exists: true, ...good });
  expect(await fs.stat("/drive/new")).toBe(null);
});

test("checkRoot() takes ~ for the home, and ways around for where they lead", async () => {
  const fs = await makeFs();
  for (const [text, path] of [["~", "/home/me"], ["~/a/../b", "/home/me/b"], ["/x/./y/", "/x/y"]]) {
    expect((await check(fs, text ?? "", { current: "/elsewhere" })).path).toBe(path);
  }
  expect((await check(fs, "~other/x")).problem).toMatch(/no full path/);
});

test.each([
  ["models", /no full path/],
  ["", /no full path/],
  ["/home/me/.data/mmfsync/library", /app's own data/],
  ["/home/me/.data/mmfsync", /app's own data/],
  ["/home/me/Library/sub", /inside the present library/],
  ["/home/me", /contains the present library/],
  ["/drive/file.txt", /is a file/],
  ["/drive/file.txt/below", /"\/drive\/file.txt" is a file/],
])("checkRoot() says what is wrong with %j", async (path, problem) => {
  const fs = await makeFs({ "/drive/file.txt": "x" });
  expect((await check(fs, path)).problem).toMatch(problem);
});

test("checkRoot() is not misled by names that begin alike", async () => {
  const fs = await makeFs();
  for (
    const path of ["/home/me/Library2", "/home/me/..Library", "/home/me/.data/mmfsync-library"]
  ) {
    expect((await check(fs, path)).problem).toBe(null);
  }
});

test("checkRoot() says that other things are in a folder, which is allowed", async () => {
  const fs = await makeFs({ "/drive/a/photo.jpg": "x", "/drive/b/.DS_Store": "x" });
  expect(await check(fs, "/drive/a")).toMatchObject({ empty: false, problem: null });
  expect(await check(fs, "/drive/b")).toMatchObject({ empty: true, problem: null });
});

test("checkRoot() tells this library from another one", async () => {
  const fs = await makeFs({
    [`/drive/own/${MARKER_NAME}`]: marker("own-id"),
    [`/drive/other/${MARKER_NAME}`]: marker("other-id"),
    [`/drive/newer/${MARKER_NAME}`]: marker("own-id", 2),
    [`/drive/damaged/${MARKER_NAME}`]: "{",
  });
  expect(await check(fs, "/drive/own")).toMatchObject({
    library: "own",
    problem: null,
    empty: true,
  });
  for (const name of ["other", "damaged"]) {
    expect(await check(fs, `/drive/${name}`)).toMatchObject({
      library: "other",
      problem: expect.stringContaining("another library"),
    });
  }
  expect((await check(fs, "/drive/newer")).problem).toMatch(/Update the app/);
});

test("checkRoot() lets a profile without a library take over one that lies there", async () => {
  const fs = await makeFs({ [`/drive/old/${MARKER_NAME}`]: marker("other-id") });
  expect(await check(fs, "/drive/old", { id: null })).toMatchObject({
    library: "other",
    problem: null,
  });
});

test("checkRoot() finds the present root in order, even with the app's data in it", async () => {
  const fs = await makeFs();
  const portable = { appData: "/home/me/Library/.mmfsync" };
  expect((await check(fs, "/home/me/Library", portable)).problem).toBe(null);
  expect((await check(fs, "/drive/x", portable)).problem).toMatch(/move that folder as a whole/);
});

test("checkRoot() says that nothing can be written, there or in the folder above", async () => {
  const fs = await makeFs();
  await fs.mkdir("/drive/locked");
  fs.onOperation = ({ name, path }) => {
    if (name === "open" && path.startsWith("/drive/")) throw new SyncError("permission", "No");
  };
  for (const path of ["/drive/locked", "/drive/new"]) {
    expect(await checkRoot(fs, path, OPTIONS)).toMatchObject({
      writable: false,
      problem: expect.stringContaining("Nothing can be written"),
    });
  }
});

test("checkRoot() leaves nothing behind on a real disk", async () => {
  const dir = Deno.makeTempDirSync();
  try {
    const found = await checkRoot(createDiskFs(), join(dir, "a", "b"), OPTIONS);
    expect(found).toMatchObject({ exists: false, writable: true, problem: null });
    expect(found.free).toBeGreaterThan(0);
    expect([...Deno.readDirSync(dir)]).toEqual([]);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});
