import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { SyncError } from "../platform/errors.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { type Expected, verifyFile } from "./verify.ts";

const MIB = 1024 * 1024;
const PATH = "/a.stl";

function pattern(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size).map((_, at) => (at * 31) ^ (at >>> 12));
}

function expectedOf(bytes: Uint8Array): Expected {
  return { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function withBytes(bytes: Uint8Array): Promise<MemoryFs> {
  const fs = new MemoryFs();
  const file = await fs.open(PATH, { write: true });
  await file.write(bytes, 0);
  file.close();
  return fs;
}

test.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 7])(
  "verifyFile() knows a whole file of %i bytes from a changed one",
  async (size) => {
    const bytes = pattern(size);
    const expected = expectedOf(bytes);
    const fs = await withBytes(bytes);
    expect(await verifyFile(fs, PATH, expected)).toBe("OK");
    expect(await verifyFile(fs, PATH, { ...expected, size: size + 1 })).toBe("SIZE");
    expect(await verifyFile(fs, PATH, { ...expected, sha256: "0".repeat(64) })).toBe("HASH");
  },
);

test("verifyFile() reads nothing of what a cloud drive keeps elsewhere, and does not miss it", async () => {
  const bytes = pattern(10);
  const fs = await withBytes(bytes);
  fs.putOnline(PATH);
  fs.onOperation = ({ name }) => expect(name).not.toBe("open");
  expect(await verifyFile(fs, PATH, expectedOf(bytes))).toBe("UNVERIFIED");
  expect(await verifyFile(fs, PATH, { ...expectedOf(bytes), size: 11 })).toBe("SIZE");
});

test("verifyFile() sees one flipped bit in the last byte, on a real disk", async () => {
  const path = join(Deno.makeTempDirSync(), "a.bin");
  try {
    const bytes = pattern(2 * MIB + 3);
    const expected = expectedOf(bytes);
    Deno.writeFileSync(path, bytes);
    expect(await verifyFile(createDiskFs(), path, expected)).toBe("OK");
    const last = bytes.length - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    Deno.writeFileSync(path, bytes);
    expect(await verifyFile(createDiskFs(), path, expected)).toBe("HASH");
  } finally {
    Deno.removeSync(join(path, ".."), { recursive: true });
  }
});

test("verifyFile() finds nothing, a folder or a link MISSING", async () => {
  const root = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(join(root, "a"), "x");
    Deno.symlinkSync(join(root, "a"), join(root, "link"));
    const fs = createDiskFs();
    expect(await verifyFile(fs, join(root, "none"), null)).toBe("MISSING");
    expect(await verifyFile(fs, root, null)).toBe("MISSING");
    expect(await verifyFile(fs, join(root, "link"), null)).toBe("MISSING");
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

test("verifyFile() cannot verify what it has nothing to compare with", async () => {
  expect(await verifyFile(await withBytes(pattern(5)), PATH, null)).toBe("UNVERIFIED");
});

test("verifyFile() finds a file that shrinks meanwhile of wrong SIZE", async () => {
  const bytes = pattern(2 * MIB);
  const fs = await withBytes(bytes);
  let reads = 0;
  const writer = await fs.open(PATH, { write: true });
  fs.onOperation = ({ name }) => {
    if (name === "file.read" && ++reads === 2) void writer.truncate(MIB);
  };
  expect(await verifyFile(fs, PATH, expectedOf(bytes))).toBe("SIZE");
});

test("verifyFile() reports the bytes that it reads", async () => {
  const bytes = pattern(2 * MIB + 1);
  const seen: number[] = [];
  const onBytes = (count: number) => void seen.push(count);
  await verifyFile(await withBytes(bytes), PATH, expectedOf(bytes), { onBytes });
  expect(seen).toEqual([MIB, MIB, 1]);
});

test("verifyFile() stops between two pieces when the signal aborts", async () => {
  const bytes = pattern(4 * MIB);
  const stop = new AbortController();
  const seen: number[] = [];
  const onBytes = (count: number) => {
    seen.push(count);
    stop.abort();
  };
  const fs = await withBytes(bytes);
  const options = { signal: stop.signal, onBytes };
  await expect(verifyFile(fs, PATH, expectedOf(bytes), options)).rejects
    .toMatchObject({ kind: "cancelled" });
  expect(seen).toEqual([MIB]);
  await expect(verifyFile(fs, PATH, null, options)).rejects.toMatchObject({ kind: "cancelled" });
});

test("verifyFile() passes on what the disk fails with and closes the file", async () => {
  const bytes = pattern(2 * MIB);
  const fs = await withBytes(bytes);
  let reads = 0;
  fs.onOperation = ({ name }) => {
    if (name === "file.read" && ++reads === 2) throw new SyncError("retryable", "Bad sector");
  };
  const handles: string[] = [];
  const open = fs.open.bind(fs);
  fs.open = async (path, options) => {
    const file = await open(path, options);
    return { ...file, close: () => void handles.push("closed") };
  };
  await expect(verifyFile(fs, PATH, expectedOf(bytes))).rejects.toThrow("Bad sector");
  expect(handles).toEqual(["closed"]);
});
