import { strToU8, zipSync } from "fflate";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDiskFs } from "../../platform/fs.ts";
import { unpackedFrom } from "./unpacked_marker.ts";
import { unpackZip } from "./unpack_zip.ts";

let home: string;
const fs = createDiskFs();

beforeEach(async () => {
  home = await Deno.makeTempDir({ prefix: "mmfsync-unpack-" });
});
afterEach(async () => {
  await Deno.remove(home, { recursive: true });
});

function unpack(bytes: Uint8Array, signal = new AbortController().signal) {
  Deno.writeFileSync(join(home, "a.zip"), bytes);
  const request = { archive: join(home, "a.zip"), sha256: "abc", folder: join(home, "a"), signal };
  return unpackZip(fs, request);
}

/** Names below the home, sorted. */
function names(folder = home): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

test("unpackZip() puts everything into the folder, and marks it as whole", async () => {
  const stl = crypto.getRandomValues(new Uint8Array(60_000));
  const zip = zipSync({
    "parts/body.stl": stl,
    "read me.txt": strToU8("hello"),
    "empty": new Uint8Array(),
  });
  expect(await unpack(zip)).toEqual({ files: 3, bytes: 60_005, skipped: [] });
  expect(Deno.readFileSync(join(home, "a/parts/body.stl"))).toEqual(stl);
  expect(Deno.readTextFileSync(join(home, "a/read me.txt"))).toBe("hello");
  expect(await unpackedFrom(fs, join(home, "a"))).toBe("abc");
  expect(names()).toEqual(["a", "a.zip"]);
});

test("unpackZip() writes nothing outside of the folder", async () => {
  const zip = zipSync({ "../evil.txt": strToU8("x"), "good.txt": strToU8("y") });
  expect(await unpack(zip)).toMatchObject({
    files: 1,
    skipped: [{ name: "../evil.txt", reason: "leadsOut" }],
  });
  expect(names()).toEqual(["a", "a.zip"]);
});

test("unpackZip() leaves nothing of an archive that is damaged", async () => {
  const content = crypto.getRandomValues(new Uint8Array(50_000));
  const zip = zipSync({ "a.stl": [content, { level: 0 }] });
  zip[30_000] = (zip[30_000] ?? 0) ^ 1;
  await expect(unpack(zip)).rejects.toMatchObject({
    kind: "integrity",
    message: expect.stringContaining("a.stl"),
  });
  expect(names()).toEqual(["a.zip"]);
});

test.each([
  ["no archive", strToU8("this is no zip archive, however long it is".repeat(10))],
  ["the first half of one", zipSync({ "a": new Uint8Array(10_000) }).subarray(0, 60)],
])("unpackZip() says of %s that it is none", async (_, bytes) => {
  await expect(unpack(bytes)).rejects.toMatchObject({ kind: "badInput" });
  expect(names()).toEqual(["a.zip"]);
});

test("unpackZip() does not unpack what was made to fill disks", async () => {
  const zip = zipSync({ "zeros": [new Uint8Array(110 * 1024 * 1024), { level: 9 }] });
  await expect(unpack(zip)).rejects.toMatchObject({
    kind: "badInput",
    message: expect.stringContaining("beyond reason"),
  });
  expect(names()).toEqual(["a.zip"]);
});

test("unpackZip() believes no entry that says to be smaller than it is", async () => {
  const zip = zipSync({ "a.txt": [strToU8("x".repeat(5000)), { level: 9 }] });
  // The size in the central directory: 24 bytes behind its signature.
  const view = new DataView(zip.buffer, zip.byteOffset);
  for (let at = 0; at < zip.length - 4; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
  }
  await expect(unpack(zip)).rejects.toMatchObject({ kind: "integrity" });
  expect(names()).toEqual(["a.zip"]);
});

test("unpackZip() stops at the user's wish and leaves nothing", async () => {
  await expect(unpack(zipSync({ a: strToU8("x") }), AbortSignal.abort())).rejects.toMatchObject({
    kind: "cancelled",
  });
  expect(names()).toEqual(["a.zip"]);
});
