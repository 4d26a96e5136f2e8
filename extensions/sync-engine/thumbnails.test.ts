import { dirname } from "node:path";
import { expect, test } from "vitest";
import type { HttpRequest } from "./platform/ports.ts";
import { MemoryFs } from "./platform/testing/memory_fs.ts";
import { MemoryLog } from "./platform/testing/memory_log.ts";
import { PICTURE_MANIFEST, pngOf } from "./library/testing/pictures.ts";
import { makeAsset, makeFile, makeResult } from "./store/testing/make_assets.ts";
import { tempStore } from "./store/testing/temp_store.ts";
import { Thumbnails } from "./thumbnails.ts";

const ID = "mmf:object-1";
const THUMB = "https://www.example.com/1.png";

/** A library of one asset, on a site whose pictures are 64 bytes. */
function start(
  { thumbUrl = THUMB, enabled = true }: { thumbUrl?: string | null; enabled?: boolean } = {},
) {
  const temp = tempStore();
  const { store, clock } = temp;
  store.assets.upsertMany([makeAsset(1, { thumbUrl })], 1);
  const fs = new MemoryFs();
  const sent: HttpRequest[] = [];
  const world = { answer: () => Promise.resolve(new Response(pngOf(64))) };
  const http = {
    async send(request: HttpRequest) {
      sent.push(request);
      const { status, headers, body } = await world.answer();
      return { status, headers, body };
    },
  };
  const plugin = {
    id: "mmf",
    name: "A site",
    version: "1.0.0",
    state: "built-in",
    reason: null,
  } as const;
  const registry = {
    list: () => [{ ...plugin, enabled, hosts: PICTURE_MANIFEST.hosts, permissions: [] }],
    get: () => ({ manifest: PICTURE_MANIFEST, source: "", windowScript: null }),
  };
  const open = () =>
    new Thumbnails({ fs, http, clock, log: new MemoryLog() }, {
      store,
      registry,
      cacheDir: "/app/thumbs",
      root: () => "/library",
    });
  return { ...temp, fs, sent, world, open, thumbnails: open() };
}

/** Puts an image of the asset on disk. */
async function download({ store, fs }: ReturnType<typeof start>, n: number, bytes: Uint8Array) {
  const files = store.files.byAsset(ID);
  const file = makeFile(ID, n, {
    kind: "image",
    name: `${n}.png`,
    path: `A/${n}.png`,
    pathKey: `a/${n}.png`,
  });
  store.files.upsertForAsset(ID, [...files, file]);
  store.files.markDownloaded(file.id, { ...makeResult(), sha256: `${n}`.repeat(64).slice(0, 64) });
  await fs.mkdir(dirname(`/library/${file.path}`));
  const handle = await fs.open(`/library/${file.path}`, { write: true });
  await handle.write(bytes, 0);
  handle.close();
}

test("Thumbnails.get() fetches a picture once, and has it from the disk later and offline", async () => {
  using world = start();
  const thumbnail = await world.thumbnails.get(ID);
  expect(thumbnail).toMatchObject({ bytes: pngOf(64), type: "image/png" });
  expect(world.sent).toHaveLength(1);
  world.world.answer = () => Promise.reject(new Error("offline"));
  expect(await world.thumbnails.get(ID)).toEqual(thumbnail);
  expect(await world.open().get(ID)).toEqual(thumbnail);
  expect(world.sent).toHaveLength(1);
  expect([...world.fs.files().keys()]).toEqual([
    expect.stringMatching(/^\/app\/thumbs\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/),
  ]);
});

test("Thumbnails.get() takes a picture of the library before it asks the site", async () => {
  using world = start();
  await download(world, 1, pngOf(99, 1));
  expect(await world.thumbnails.get(ID)).toMatchObject({
    bytes: pngOf(99, 1),
    tag: "1".repeat(64),
  });
  expect(world.sent).toHaveLength(0);
});

test("Thumbnails.get() passes over pictures that are damaged or too large to show", async () => {
  using world = start({ thumbUrl: null });
  await download(world, 1, new TextEncoder().encode("<svg/>"));
  await download(world, 2, pngOf(4 * 1024 * 1024 + 1));
  expect(await world.thumbnails.get(ID)).toBeNull();
  await download(world, 3, pngOf(70, 3));
  expect((await world.thumbnails.get(ID))?.bytes).toEqual(pngOf(70, 3));
});

test("Thumbnails.get() asks anew when the site gives another address", async () => {
  using world = start();
  await world.thumbnails.get(ID);
  world.store.assets.upsertMany([makeAsset(1, { thumbUrl: "https://www.example.com/2.png" })], 2);
  world.world.answer = () => Promise.resolve(new Response(pngOf(65)));
  expect((await world.thumbnails.get(ID))?.bytes).toHaveLength(65);
});

test("Thumbnails.get() asks once for all who want the same picture at once", async () => {
  using world = start();
  const all = await Promise.all([1, 2, 3].map(() => world.thumbnails.get(ID)));
  expect(all.map((one) => one?.bytes.length)).toEqual([64, 64, 64]);
  expect(world.sent).toHaveLength(1);
});

test("Thumbnails.get() ends the request when nobody wants the picture any more", async () => {
  using world = start();
  world.world.answer = () => new Promise(() => {});
  const stop = new AbortController();
  const gone = world.thumbnails.get(ID, stop.signal);
  await world.clock.advance(1);
  stop.abort();
  await expect(gone).rejects.toMatchObject({ kind: "cancelled" });
  expect(world.sent[0]?.signal?.aborted).toBe(true);
});

test("Thumbnails.get() has none for what is unknown, has no address, or was refused", async () => {
  using world = start({ thumbUrl: null });
  expect(await world.thumbnails.get("mmf:object-2")).toBeNull();
  expect(await world.thumbnails.get(ID)).toBeNull();
  using refused = start({ thumbUrl: "https://elsewhere.example/1.png" });
  expect(await refused.thumbnails.get(ID)).toBeNull();
  expect(refused.sent).toHaveLength(0);
});

test("Thumbnails.get() leaves a site in peace that asked for silence or is switched off", async () => {
  using paused = start();
  paused.store.pauses.set({
    provider: "mmf",
    scope: "downloads",
    until: paused.clock.now() + 1_000,
    reason: "throttled",
  });
  expect(await paused.thumbnails.get(ID)).toBeNull();
  expect(paused.sent).toHaveLength(0);
  await paused.clock.advance(1_000);
  expect(await paused.thumbnails.get(ID)).not.toBeNull();
  using off = start({ enabled: false });
  expect(await off.thumbnails.get(ID)).toBeNull();
  expect(off.sent).toHaveLength(0);
});

test("Thumbnails.get() shows what it fetched though the disk is full", async () => {
  using world = start();
  world.fs.capacity = 10;
  expect((await world.thumbnails.get(ID))?.bytes).toHaveLength(64);
  expect(world.fs.used).toBe(0);
});
