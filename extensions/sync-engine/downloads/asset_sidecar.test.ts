import { expect, test } from "vitest";
import { readSidecar } from "../files/sidecar.ts";
import { makeAsset } from "../store/testing/make_assets.ts";
import { writeAssetSidecar } from "./asset_sidecar.ts";
import { content, makeWorld, ROOT, type World } from "./testing/world.ts";

const SIDECAR = `${ROOT}/mmf/Somebody/Model 1/datapackage.json`;

async function write(world: World, arrived = new Map()) {
  const { fs, store } = world;
  await writeAssetSidecar({ fs, store, root: ROOT, assetId: "mmf:object-1", arrived, at: 7_000 });
  const sidecar = await readSidecar(fs, SIDECAR);
  return sidecar?.state === "ours" ? sidecar.sidecar : null;
}

test("writeAssetSidecar() lists what is here, what just arrived and what is still to come", async () => {
  using world = makeWorld();
  const [first = "", second = ""] = world.list(1, [
    { name: "a.stl", bytes: content(10) },
    { name: "b.png", bytes: content(20), kind: "image" },
    { name: "c.stl", bytes: content(30) },
  ]);
  const here = { sha256: "aa".repeat(32), size: 10, validator: '"a"', revision: "1", at: 5_000 };
  world.store.files.markDownloaded(first, here);
  const arrival = { sha256: "bb".repeat(32), size: 21, validator: null };
  const job = { file: { revision: "1" } };
  const sidecar = await write(world, new Map([[second, { ...arrival, job }]]));
  expect(sidecar).toMatchObject({
    provider: "mmf",
    assetId: "object-1",
    title: "Model 1",
    creator: "Somebody",
    image: "renders/b.png",
  });
  expect(sidecar?.files).toMatchObject([
    {
      id: "file-1",
      path: "files/a.stl",
      sha256: here.sha256,
      validator: '"a"',
      downloadedAt: 5_000,
    },
    { id: "file-2", path: "renders/b.png", sha256: arrival.sha256, size: 21, downloadedAt: 7_000 },
    { id: "file-3", path: "files/c.stl", sha256: null, revision: null, downloadedAt: null },
  ]);
});

test("writeAssetSidecar() names no picture that is not here", async () => {
  using world = makeWorld();
  world.list(1, [{ name: "b.png", bytes: content(20), kind: "image" }]);
  expect((await write(world))?.image).toBe(null);
});

test("writeAssetSidecar() writes nothing for what has no folder or is not known", async () => {
  using world = makeWorld();
  expect(await write(world)).toBe(null);
  world.store.assets.upsertMany([makeAsset(1)], 1);
  expect(await write(world)).toBe(null);
  expect(world.disk().size).toBe(0);
});
