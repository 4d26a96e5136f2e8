import { expect, test } from "vitest";
import { dispatch } from "../../extensions/sync-engine/rpc/dispatcher.ts";
import { MOST_PIECE_BYTES } from "../../extensions/sync-engine/rpc/uploads.ts";
import type { SavedFile } from "../../extensions/sync-engine/library_import.ts";
import { openTestServer, sendRaw, type TestServer } from "./world.ts";

const DONE = {
  rows: 1,
  assets: 1,
  merged: 0,
  quarantined: 0,
  added: 1,
  updated: 0,
  unchanged: 0,
  removed: 0,
  incomplete: null,
};

/** A server whose engine remembers what it was given to import. */
async function openImport(allowedOrigins: readonly string[] = []) {
  const given: { files: readonly SavedFile[]; savedAt: number | null | undefined }[] = [];
  const world = await openTestServer({
    allowedOrigins,
    engine: {
      importing: {
        run: (_provider, files, options) => {
          given.push({ files, savedAt: options?.savedAt });
          return Promise.resolve(DONE);
        },
      },
    },
  });
  return { world, given };
}

async function send(
  { server, mediaBase }: TestServer,
  path: string,
  body: Uint8Array<ArrayBuffer> | string,
  init: RequestInit = {},
) {
  const url = `${server.origin}${mediaBase}import/${path}`;
  const response = await fetch(url, { method: "POST", body, ...init });
  await response.bytes();
  return response;
}

async function call({ server }: TestServer, params: unknown) {
  const frame = JSON.stringify({ id: 1, method: "library.import", params });
  return JSON.parse(await dispatch(server.handlers, frame, () => {}));
}

const document = (upload: string, savedAt: number | null = null) => ({
  upload,
  name: `${upload}.json`,
  savedAt,
});

test("files come in pieces and are imported together, in whole, once", async () => {
  const { world, given } = await openImport();
  await using _ = world;
  // A character that takes two bytes is cut between two pieces.
  const bytes = new TextEncoder().encode("[ü]");
  expect((await send(world, "upload-1/0", bytes.slice(0, 2))).status).toBe(204);
  expect((await send(world, "upload-1/2", bytes.slice(2))).status).toBe(204);
  await send(world, "upload-2/0", "[]");
  const params = {
    provider: "mmf",
    documents: [document("upload-1", 2_000), document("upload-2", 1_000)],
  };
  expect(await call(world, params)).toEqual({ id: 1, result: DONE });
  expect(given).toMatchObject([{
    files: [{ name: "upload-1.json" }, { name: "upload-2.json" }],
    savedAt: 1_000,
  }]);
  expect(given[0]?.files.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual([
    "[ü]",
    "[]",
  ]);
  expect(await call(world, params)).toMatchObject({
    error: { code: "badInput", message: "upload-1.json did not arrive: give it again" },
  });
});

test("a piece that does not fit, is too long or in no place is refused", async () => {
  const { world } = await openImport();
  await using _ = world;
  await send(world, "upload-1/0", "[");
  const status = async (path: string, body: Uint8Array<ArrayBuffer> | string) =>
    (await send(world, path, body)).status;
  expect(await status("upload-1/7", "]")).toBe(409);
  expect(await status("upload-1/1", new Uint8Array(MOST_PIECE_BYTES + 1))).toBe(413);
  expect(await status("upload-1/x", "]")).toBe(404);
  expect(await status("../../etc/0", "]")).toBe(404);
  expect((await send(world, "upload-1/1", "]", { method: "PUT" })).status).toBe(405);
});

test("no more is held than an import may have, and nothing for long", async () => {
  const { world } = await openImport();
  await using _ = world;
  const piece = new Uint8Array(MOST_PIECE_BYTES);
  for (let n = 0; n < 16; n++) {
    expect((await send(world, `upload-1/${n * MOST_PIECE_BYTES}`, piece)).status).toBe(204);
  }
  expect((await send(world, "upload-2/0", "[]")).status).toBe(413);
  await world.clock.advance(11 * 60 * 1000);
  expect((await send(world, "upload-2/0", "[]")).status).toBe(204);
});

test("only who knows the way and is no page of another site may send something", async () => {
  const window = "http://127.0.0.1:9999";
  const { world } = await openImport([window]);
  await using _ = world;
  const post = (path: string, origin: string) =>
    sendRaw(world.port, [
      `POST ${path} HTTP/1.1`,
      `Host: ${world.host}`,
      `Origin: ${origin}`,
      "Content-Length: 2",
    ], "[]");
  const path = `${world.mediaBase}import/upload-1/0`;
  expect((await post(path, "https://evil.example")).status).toBe(403);
  expect((await post("/media/guess/import/upload-1/0", window)).status).not.toBe(204);
  const { status, headers } = await post(path, window);
  expect([status, headers.get("access-control-allow-origin")]).toEqual([204, window]);
});
