import { expect, test } from "vitest";
import { SyncError } from "../../extensions/sync-engine/platform/errors.ts";
import { openTestServer, sendRaw, type TestServer } from "./world.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);

interface FakeFile {
  readonly name: string;
  readonly mediaType: string | null;
  readonly bytes: Uint8Array;
  /** Bytes that it has lost since it was opened. @default {0} */
  readonly lost?: number;
}

/** A server of some files, and how many of them are open. */
async function openMedia(files: Readonly<Record<string, FakeFile>>) {
  const asked: string[] = [];
  let open = 0;
  const world = await openTestServer({
    engine: {
      thumbnails: {
        get: (id) => {
          asked.push(id);
          const known = id === "mmf:object-1";
          return Promise.resolve(known ? { bytes: PNG, type: "image/png", tag: "abc" } : null);
        },
      },
      files: {
        open: (id) => {
          asked.push(id);
          const found = files[id];
          if (!found) return Promise.reject(new SyncError("gone", "This file is not on the disk"));
          open++;
          return Promise.resolve({
            ...found,
            path: `/library/${found.name}`,
            size: found.bytes.length,
            file: fileOf(found, () => open--),
          });
        },
      },
    },
  });
  return { world, asked, open: () => open };
}

function fileOf({ bytes, lost = 0 }: FakeFile, onClose: () => void) {
  const there = bytes.subarray(0, bytes.length - lost);
  const refuse = () => Promise.reject(new Error("Only read"));
  return {
    read(into: Uint8Array, at: number) {
      const piece = there.subarray(at, at + into.length);
      into.set(piece);
      return Promise.resolve(piece.length);
    },
    write: refuse,
    truncate: refuse,
    size: () => Promise.resolve(bytes.length),
    sync: refuse,
    close: onClose,
  };
}

function get({ port, host, mediaBase }: TestServer, path: string, ...headers: string[]) {
  return sendRaw(port, [`GET ${mediaBase}${path} HTTP/1.1`, `Host: ${host}`, ...headers]);
}

const ABC: FakeFile = {
  name: "dragon.stl",
  mediaType: "model/stl",
  bytes: new TextEncoder().encode("abcdefghij"),
};

test("a picture comes with its type, and is not sent again to who still has it", async () => {
  const { world } = await openMedia({});
  await using _ = world;
  const { status, headers } = await get(world, "thumb/mmf%3Aobject-1");
  expect([status, headers.get("content-type"), headers.get("etag")])
    .toEqual([200, "image/png", '"abc"']);
  expect(headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
  const again = await get(world, "thumb/mmf%3Aobject-1", 'If-None-Match: "abc"');
  expect([again.status, again.body]).toEqual([304, ""]);
  expect((await get(world, "thumb/mmf%3Aobject-2")).status).toBe(404);
});

test("a file comes as bytes without a meaning, under its name", async () => {
  const name = 'Drache "groß".stl';
  const { world, open } = await openMedia({ "mmf:f-1": { ...ABC, name } });
  await using _ = world;
  const { status, headers, body } = await get(world, "file/mmf%3Af-1");
  expect([status, body, headers.get("content-length")]).toEqual([200, "abcdefghij", "10"]);
  expect(headers.get("content-type")).toBe("application/octet-stream");
  expect(headers.get("content-disposition")).toBe(
    `attachment; filename="Drache _gro__.stl"; filename*=UTF-8''Drache%20%22gro%C3%9F%22.stl`,
  );
  expect(headers.get("content-security-policy")).toMatch(/^sandbox/);
  expect(open()).toBe(0);
});

test.each([
  ["image/png", "image/png"],
  ["image/svg+xml", "application/octet-stream"],
  ["text/html", "application/octet-stream"],
  ["application/pdf", "application/octet-stream"],
  [null, "application/octet-stream"],
])("a file of type %s is served as %s", async (mediaType, served) => {
  const { world } = await openMedia({ a: { ...ABC, mediaType } });
  await using _ = world;
  expect((await get(world, "file/a")).headers.get("content-type")).toBe(served);
});

test.each([
  ["bytes=2-4", 206, "cde", "bytes 2-4/10"],
  ["bytes=8-", 206, "ij", "bytes 8-9/10"],
  ["bytes=-2", 206, "ij", "bytes 8-9/10"],
  ["bytes=0-1,4-5", 200, "abcdefghij", null],
  ["nonsense", 200, "abcdefghij", null],
])("the range %s is answered with %i", async (range, status, body, contentRange) => {
  const { world, open } = await openMedia({ a: ABC });
  await using _ = world;
  const answer = await get(world, "file/a", `Range: ${range}`);
  expect([answer.status, answer.body]).toEqual([status, body]);
  expect(answer.headers.get("content-range")).toBe(contentRange);
  expect(answer.headers.get("accept-ranges")).toBe("bytes");
  expect(open()).toBe(0);
});

test("a range behind the end is refused", async () => {
  const { world, open } = await openMedia({ a: ABC });
  await using _ = world;
  const { status, headers } = await get(world, "file/a", "Range: bytes=10-");
  expect([status, headers.get("content-range"), open()]).toEqual([416, "bytes */10", 0]);
});

test("an empty file is served", async () => {
  const { world, open } = await openMedia({ a: { ...ABC, bytes: new Uint8Array() } });
  await using _ = world;
  expect(await get(world, "file/a")).toMatchObject({ status: 200, body: "" });
  expect(open()).toBe(0);
});

test("HEAD tells of a file and leaves none open", async () => {
  const { world, open } = await openMedia({ a: ABC });
  await using _ = world;
  const lines = [`HEAD ${world.mediaBase}file/a HTTP/1.1`, `Host: ${world.host}`];
  const { status, headers, body } = await sendRaw(world.port, lines);
  expect([status, headers.get("content-length"), body, open()]).toEqual([200, "10", "", 0]);
});

test("a file that became shorter is not taken for whole", async () => {
  const { world, open } = await openMedia({ a: { ...ABC, lost: 3 } });
  await using _ = world;
  const fetched = fetch(`${world.server.origin}${world.mediaBase}file/a`);
  await expect(fetched.then((response) => response.bytes())).rejects.toThrow();
  expect(open()).toBe(0);
});

test("a file is closed when its reader leaves", async () => {
  const bytes = new Uint8Array(64 * 1024 * 1024);
  const { world, open } = await openMedia({ a: { ...ABC, bytes } });
  await using _ = world;
  const response = await fetch(`${world.server.origin}${world.mediaBase}file/a`);
  expect(open()).toBe(1);
  await response.body?.cancel();
  await expect.poll(open).toBe(0);
});

test("an id is only ever looked up", async () => {
  const { world, asked } = await openMedia({});
  await using _ = world;
  for (const id of ["..%2f..%2fetc%2fpasswd", "%2Fetc%2Fpasswd", "..", "%00", "C:%5Cwin.ini"]) {
    const { status } = await get(world, `file/${id}`);
    expect([id, status]).toEqual([id, 404]);
  }
  expect(asked).toEqual(["../../etc/passwd", "/etc/passwd", "..", "\0", "C:\\win.ini"]);
});

test.each(["", "file", "file/", "file/%", "file/%zz", "file/a/b", "thumb/", "other/a", "../a"])(
  "%s leads nowhere",
  async (path) => {
    const { world, asked } = await openMedia({ a: ABC });
    await using _ = world;
    expect((await get(world, path)).status).toBe(404);
    expect(asked).toEqual([]);
  },
);

test("without the key there is nothing", async () => {
  const { world, asked } = await openMedia({ a: ABC });
  await using _ = world;
  const cookie = await world.enter();
  for (const base of ["/media/", `/media/${"x".repeat(43)}/`, "/"]) {
    const lines = [`GET ${base}file/a HTTP/1.1`, `Host: ${world.host}`, `Cookie: ${cookie}`];
    expect((await sendRaw(world.port, lines)).status).toBe(404);
  }
  expect(asked).toEqual([]);
});

test("only reading is allowed", async () => {
  const { world } = await openMedia({ a: ABC });
  await using _ = world;
  const lines = [
    `DELETE ${world.mediaBase}file/a HTTP/1.1`,
    `Host: ${world.host}`,
    "Content-Length: 0",
  ];
  expect((await sendRaw(world.port, lines)).status).toBe(405);
});
