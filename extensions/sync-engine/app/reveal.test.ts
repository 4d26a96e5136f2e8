import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { reveal } from "./reveal.ts";
import { fakeRun } from "./testing/fake_run.ts";

const FOLDER = "/lib/Somebody/A, b";
const FILE = `${FOLDER}/x y.stl`;

async function makeFs(): Promise<MemoryFs> {
  const fs = new MemoryFs();
  await fs.mkdir(FOLDER);
  await fs.writeTextAtomic(FILE, "solid");
  return fs;
}

test("reveal() opens a folder", async () => {
  const fs = await makeFs();
  const { run, calls } = fakeRun();
  for (const os of ["linux", "darwin", "windows"] as const) await reveal({ os, run, fs }, FOLDER);
  expect(calls).toEqual([
    ["xdg-open", FOLDER],
    ["open", "-R", FOLDER],
    ["explorer.exe", FOLDER],
  ]);
});

test("reveal() selects a file, and never opens it", async () => {
  const fs = await makeFs();
  const { run, calls } = fakeRun();
  for (const os of ["linux", "darwin", "windows"] as const) await reveal({ os, run, fs }, FILE);
  expect(calls.map(([program]) => program)).toEqual(["dbus-send", "open", "explorer.exe"]);
  expect(calls[0]).toContain("array:string:file:///lib/Somebody/A%2C%20b/x%20y.stl");
  expect(calls[1]).toEqual(["open", "-R", FILE]);
  expect(calls[2]).toEqual(["explorer.exe", "/select,", FILE]);
});

test.each([
  ["does not know it", () => ({ code: 1, stdout: "" })],
  ["is not there", () => new SyncError("permission", "Not installed")],
])("reveal() opens the folder where a file manager %s", async (_what, answer) => {
  const fs = await makeFs();
  const { run, calls } = fakeRun(([program]) =>
    program === "dbus-send" ? answer() : { code: 0, stdout: "" }
  );
  await reveal({ os: "linux", run, fs }, FILE);
  expect(calls.at(-1)).toEqual(["xdg-open", FOLDER]);
});

test("reveal() refuses what is not absolute or not there", async () => {
  const fs = await makeFs();
  const { run, calls } = fakeRun();
  const ports = { os: "linux", run, fs } as const;
  await expect(reveal(ports, "Somebody")).rejects.toMatchObject({ kind: "badInput" });
  await expect(reveal(ports, "--help")).rejects.toMatchObject({ kind: "badInput" });
  await expect(reveal(ports, `${FOLDER}/gone.stl`)).rejects.toMatchObject({ kind: "gone" });
  expect(calls).toEqual([]);
});

test("reveal() says that there is no file manager", async () => {
  const fs = await makeFs();
  const { run } = fakeRun(() => ({ code: 3, stdout: "" }));
  await expect(reveal({ os: "linux", run, fs }, FOLDER)).rejects.toMatchObject({
    kind: "permission",
  });
});
