import { expect, test } from "vitest";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { logTail } from "./log_tail.ts";

async function makeFs(files: Readonly<Record<string, string>>): Promise<MemoryFs> {
  const fs = new MemoryFs();
  await fs.mkdir("/app/logs");
  for (const [name, text] of Object.entries(files)) {
    await fs.writeTextAtomic(`/app/logs/${name}`, text);
  }
  return fs;
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i} é`);
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

test("logTail() gives the last lines, oldest first", async () => {
  const fs = await makeFs({ "mmfsync.log": text(numbered(1, 10)) });
  expect(await logTail(fs, "/app", 3)).toEqual(numbered(8, 10));
  expect(await logTail(fs, "/app", 100)).toEqual(numbered(1, 10));
});

test("logTail() takes a line that is being written as it is", async () => {
  const fs = await makeFs({ "mmfsync.log": "one\r\ntwo\r\nthr" });
  expect(await logTail(fs, "/app", 2)).toEqual(["two", "thr"]);
});

test("logTail() reads only the end of a large file, across its blocks", async () => {
  const lines = numbered(1, 100_000);
  const fs = await makeFs({ "mmfsync.log": text(lines) });
  let reads = 0;
  fs.onOperation = ({ name }) => void (reads += name === "file.read" ? 1 : 0);
  expect(await logTail(fs, "/app", 10_000)).toEqual(lines.slice(-10_000));
  expect(reads).toBe(3);
});

test("logTail() goes on in older files when the newest has just been begun", async () => {
  const fs = await makeFs({
    "mmfsync.log": text(numbered(21, 22)),
    "mmfsync.log.1": text(numbered(11, 20)),
    "mmfsync.log.2": text(numbered(1, 10)),
    "other.txt": "no log",
  });
  expect(await logTail(fs, "/app", 5)).toEqual(numbered(18, 22));
  expect(await logTail(fs, "/app", 50)).toEqual(numbered(1, 22));
});

test("logTail() has nothing to tell where there is no log", async () => {
  expect(await logTail(new MemoryFs(), "/app", 5)).toEqual([]);
});
