import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import { content } from "./testing/fake_site.ts";
import { WholeHash } from "./whole_hash.ts";

const C = CHUNK_SIZE;
const BYTES = content(3 * C + 5);
const SHA256 = createHash("sha256").update(BYTES).digest("hex");

async function setUp(size: number | null = BYTES.length) {
  const fs = new MemoryFs();
  const file = await fs.open("/part", { write: true });
  await file.write(BYTES, 0);
  const stop = new AbortController();
  return { fs, hash: new WholeHash(file, size, stop.signal), stop };
}

test("WholeHash takes the hash of one stream without reading the file", async () => {
  const { fs, hash } = await setUp(null);
  fs.onOperation = () => expect.unreachable();
  hash.feed(BYTES.subarray(0, C + 7));
  hash.feed(BYTES.subarray(C + 7));
  hash.endFeed();
  expect(await hash.digest(BYTES.length)).toBe(SHA256);
});

test("WholeHash reads what others have written behind the stream, in whatever order it came", async () => {
  const { hash } = await setUp();
  hash.feed(BYTES.subarray(0, C));
  hash.addChunk(0);
  hash.addChunk(3);
  hash.endFeed();
  hash.addChunk(2);
  hash.addChunk(1);
  expect(await hash.digest(BYTES.length)).toBe(SHA256);
});

test.each<[string, (scene: Awaited<ReturnType<typeof setUp>>) => void]>([
  ["something is missing", () => {}],
  ["it was given up", ({ hash }) => void hash.giveUp()],
  ["the caller has stopped", ({ stop }) => stop.abort()],
  ["the disk fails", ({ fs }) => {
    fs.onOperation = () => {
      throw new SyncError("retryable", "I/O error");
    };
  }],
])("WholeHash tells nothing where %s", async (reason, prepare) => {
  const scene = await setUp();
  const { hash } = scene;
  prepare(scene);
  hash.endFeed();
  for (const n of reason === "something is missing" ? [0, 1, 3] : [0, 1, 2, 3]) hash.addChunk(n);
  expect(await hash.digest(BYTES.length)).toBeNull();
});
