import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { content, makeWorld, ROOT, type World } from "./downloads/testing/world.ts";
import { MARKER_NAME } from "./files/marker.ts";
import { Handover } from "./handover.ts";
import { parseManifest } from "./plugins/manifest.ts";
import type { EngineStatus, EventName } from "./protocol.ts";
import { writeRootId } from "./root_id.ts";

const ID = "1".repeat(32);
const DOWNLOADS = "/home/me/Downloads";
const PAGE = { offset: 0, limit: 100 };
const MINUTE = 60_000;

const MANIFEST = parseManifest(`
id = "mmf"
name = "A site"
version = "1.0.0"
api_version = 1
entry = "provider.js"
hosts = ["www.example.com"]
`);

async function open(world: World) {
  const { store, fs, clock, log, ports } = world;
  await fs.writeTextAtomic(`${ROOT}/${MARKER_NAME}`, JSON.stringify({ format: 1, id: ID }));
  writeRootId(store, ID);
  await fs.mkdir(DOWNLOADS);
  const heard: EventName[] = [];
  const self = {
    busy: null as EngineStatus["busy"],
    folder: null as string | null,
    move: false,
    heard,
    put: async (name: string, bytes: Uint8Array) => {
      const file = await fs.open(`${DOWNLOADS}/${name}`, { write: true });
      await file.write(bytes, 0);
      file.close();
    },
    rows: () => handover.list(PAGE).rows.map(({ name, cause }) => `${name}: ${cause}`),
  };
  const handover = new Handover({
    store,
    fs,
    clock,
    random: ports.random,
    log,
    emit: (event) => void heard.push(event),
    news: { library() {}, queue() {}, status() {} },
    settings: () => ({ root: ROOT, watchFolder: self.folder, watchMove: self.move }),
    home: "/home/me",
    manifests: () => [MANIFEST],
    busy: () => self.busy,
    alone: (work) => work(),
    drop: (fileIds) => {
      store.jobs.remove({ fileIds });
      return Promise.resolve();
    },
    exclusive: (signal, work) => work(signal ?? new AbortController().signal),
  });
  return { ...world, self, handover };
}

/** A model file that the site refuses to the program. */
function refuse(world: World, n: number, name: string, bytes: Uint8Array<ArrayBuffer>, more = {}) {
  const [id = ""] = world.list(n, [{ name, bytes, ...more }]);
  world.store.jobs.fail(id, "refused", "Not this one");
  return id;
}

test("handover.list() names what was refused, and all of a site only when it is silent for long", async () => {
  using world = makeWorld();
  const { self, store, clock } = await open(world);
  refuse(world, 1, "one.stl", content(100, 1));
  world.list(2, [{ name: "two.stl", bytes: content(100, 2) }, {
    name: "picture.png",
    bytes: content(10, 3),
    kind: "image",
  }]);
  expect(self.rows()).toEqual(["one.stl: refused"]);
  const pause = { provider: "mmf", scope: "downloads", until: clock.now() + MINUTE } as const;
  store.pauses.set({ ...pause, reason: "throttled" });
  expect(self.rows()).toEqual(["one.stl: refused"]);
  store.paces.set("mmf", { intervalMs: 1, silences: 2 });
  expect(self.rows()).toEqual(["one.stl: refused", "two.stl: throttled"]);
  store.pauses.set({ ...pause, until: pause.until + 1, reason: "challenged" });
  expect(self.rows()).toEqual(["one.stl: refused", "two.stl: challenged"]);
  await clock.advance(MINUTE + 1);
  expect(self.rows()).toEqual(["one.stl: refused"]);
});

test("handover.list() gives an address only where it is one of the site's own", async () => {
  using world = makeWorld();
  const { handover } = await open(world);
  refuse(world, 1, "a.stl", content(100, 1), { ref: "https://www.example.com/download/1" });
  refuse(world, 2, "b.stl", content(100, 2), { ref: "https://elsewhere.example.org/1" });
  refuse(world, 3, "c.stl", content(100, 3), { ref: "{}" });
  expect(handover.list(PAGE).rows.map(({ address }) => address))
    .toEqual(["https://www.example.com/download/1", null, null]);
});

test("watching takes over what arrives, under the name that the browser made, and keeps the original", async () => {
  using world = makeWorld();
  const { self, handover, store, clock, fs } = await open(world);
  const bytes = content(5_000, 1);
  const id = refuse(world, 1, "dragon.stl", bytes);
  self.folder = DOWNLOADS;
  handover.start();
  await self.put("dragon (1).stl.crdownload", bytes.slice(0, 100));
  await clock.advance(MINUTE);
  expect(self.heard).toEqual([]);
  await fs.rename(`${DOWNLOADS}/dragon (1).stl.crdownload`, `${DOWNLOADS}/dragon (1).stl`);
  await self.put("dragon (1).stl", bytes);
  await clock.advance(MINUTE);
  expect(self.heard).toEqual(["adopted"]);
  expect(store.files.get(id)?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(store.jobs.get(id)).toBeNull();
  expect(world.disk().get("mmf/Somebody/Model 1/files/dragon.stl")).toEqual(bytes);
  expect(fs.files().has(`${DOWNLOADS}/dragon (1).stl`)).toBe(true);
  await handover.close();
});

test("watching moves what arrives where that is wished", async () => {
  using world = makeWorld();
  const { self, handover, clock, fs } = await open(world);
  refuse(world, 1, "dragon.stl", content(500, 1));
  self.folder = "~/Downloads";
  self.move = true;
  handover.start();
  await self.put("dragon.stl", content(500, 1));
  await clock.advance(MINUTE);
  expect(self.heard).toEqual(["adopted"]);
  expect(fs.files().has(`${DOWNLOADS}/dragon.stl`)).toBe(false);
  await handover.close();
});

test("watching shows what could be several files, or has only the size of one, and takes none of it", async () => {
  using world = makeWorld();
  const { self, handover, clock } = await open(world);
  const ids = [1, 2].map((n) => refuse(world, n, "model.zip", content(500, n)));
  const third = refuse(world, 3, "castle.zip", content(700, 3));
  self.folder = DOWNLOADS;
  handover.start();
  await self.put("model.zip", content(500, 1));
  await self.put("download.zip", content(700, 3));
  await self.put("mine.zip", content(333, 4));
  await clock.advance(MINUTE);
  expect(self.heard).toEqual(["adoptAmbiguous", "adoptAmbiguous"]);
  expect(handover.list(PAGE)).toMatchObject({
    total: 3,
    unclear: [
      { paths: [`${DOWNLOADS}/model.zip`], files: ids.map((fileId) => ({ fileId })) },
      { paths: [`${DOWNLOADS}/download.zip`], files: [{ fileId: third }] },
    ],
  });
  await handover.close();
});

test("watching looks at no folder while nothing is handed over, the library moves, or it is the library's own", async () => {
  using world = makeWorld();
  const { self, handover, clock, fs } = await open(world);
  const looked: string[] = [];
  fs.onOperation = ({ name, path }) => void (name === "list" && looked.push(path));
  self.folder = DOWNLOADS;
  handover.start();
  await clock.advance(MINUTE);
  expect(looked).toEqual([]);
  refuse(world, 1, "dragon.stl", content(500, 1));
  self.busy = "move";
  await clock.advance(MINUTE);
  expect(looked).toEqual([]);
  self.busy = "sync";
  await clock.advance(MINUTE);
  expect(looked).toContain(DOWNLOADS);
  self.folder = `${ROOT}/mmf`;
  handover.review();
  await clock.advance(MINUTE);
  expect(handover.list(PAGE).problem).toBe("inLibrary");
  expect(looked).not.toContain(self.folder);
  self.folder = "/nowhere";
  handover.review();
  await clock.advance(MINUTE);
  expect(handover.list(PAGE).problem).toBe("missing");
  await handover.close();
});

test("a file that cannot be taken over stays as refused as it was", async () => {
  using world = makeWorld();
  const { self, handover, store, clock } = await open(world);
  const bytes = content(500, 1);
  const id = refuse(world, 1, "dragon.stl", bytes);
  self.folder = DOWNLOADS;
  handover.start();
  await world.fs.remove(`${ROOT}/${MARKER_NAME}`);
  await self.put("dragon.stl", bytes);
  await clock.advance(10_000);
  expect(self.heard).toContain("adoptFailed");
  expect(store.jobs.get(id)).toMatchObject({ state: "failed", reason: "refused" });
  await handover.close();
});

test("watch() ends when nothing is handed over any more", async () => {
  using world = makeWorld();
  const { self, handover, clock } = await open(world);
  refuse(world, 1, "dragon.stl", content(500, 1));
  await self.put("dragon.stl", content(500, 1));
  expect(await clock.finish(handover.watch({ folder: DOWNLOADS })))
    .toEqual({ filed: 1, bytes: 500, unclear: 0 });
  refuse(world, 2, "castle.stl", content(500, 2));
  await expect(handover.watch({ folder: "/nowhere" })).rejects.toMatchObject({ kind: "badInput" });
});
