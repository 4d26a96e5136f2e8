import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { CHUNK_SIZE } from "./downloads/chunk.ts";
import { fetchJob } from "./downloads/fetch_job.ts";
import { Publisher } from "./downloads/publish.ts";
import { content, makeWorld, ROOT, type World } from "./downloads/testing/world.ts";
import { readSidecar } from "./files/sidecar.ts";
import { queueBad, rewriteSidecars } from "./mend.ts";

const LARGE = content(3 * CHUNK_SIZE + 1000, 7);
const FOLDER = "mmf/Somebody/Model 1";
const PATH = `${FOLDER}/files/a.stl`;
const NEVER = new AbortController().signal;

const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Fetches and publishes what is queued. Returns the ranges that were asked for. */
async function work(world: World): Promise<(string | undefined)[]> {
  const before = world.site.requests.length;
  const job = world.next();
  const fetched = await fetchJob(world.ports, job, NEVER, () => {});
  await new Publisher(world.ports).publish(fetched);
  return world.site.requests.slice(before).map(({ headers }) => headers?.["range"]);
}

/** A library with one file; returns its id. */
async function filled(world: World, bytes = LARGE): Promise<string> {
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  await work(world);
  await world.clock.advance(60_000);
  return id;
}

/** Changes a byte on disk; the time of the change stays, as it does where a disk forgets. */
async function rot(world: World, at: number): Promise<void> {
  const now = world.clock.now();
  const file = await world.fs.open(`${ROOT}/${PATH}`, { write: true });
  const byte = new Uint8Array(1);
  await file.read(byte, at);
  await file.write(byte.map((value) => value ^ 1), at);
  file.close();
  world.fs.touch(`${ROOT}/${PATH}`, now - 60_000);
}

const mend = (world: World, id: string) => queueBad(world.ports, [id], NEVER);

test("a damaged chunk alone is fetched, and the damaged copy goes", async () => {
  using world = makeWorld();
  const id = await filled(world);
  await rot(world, CHUNK_SIZE + 5);
  const reusedBytes = LARGE.length - CHUNK_SIZE;
  expect(await mend(world, id)).toEqual({ fileIds: [id], reusedBytes, keptAside: 0 });
  expect(hex(world.disk().get(PATH) ?? new Uint8Array())).not.toBe(hex(LARGE));
  expect(await work(world)).toEqual([`bytes=${CHUNK_SIZE}-${2 * CHUNK_SIZE - 1}`]);
  expect([...world.disk().keys()]).toEqual([`${FOLDER}/datapackage.json`, PATH]);
  expect(hex(world.disk().get(PATH) ?? new Uint8Array())).toBe(hex(LARGE));
  expect(world.store.repairs.get(id)).toBeNull();
  expect(world.store.fingerprints.get(id)).not.toBeNull();
});

test("of a file that was cut off, the rest is fetched", async () => {
  using world = makeWorld();
  const id = await filled(world);
  const file = await world.fs.open(`${ROOT}/${PATH}`, { write: true });
  await file.truncate(2 * CHUNK_SIZE + 1);
  file.close();
  world.fs.touch(`${ROOT}/${PATH}`, 0);
  await mend(world, id);
  expect(await work(world)).toEqual([`bytes=${2 * CHUNK_SIZE}-${LARGE.length - 1}`]);
  expect(hex(world.disk().get(PATH) ?? new Uint8Array())).toBe(hex(LARGE));
});

test.each([
  ["another version, by its validator", content(LARGE.length, 8)],
  [
    "other bytes, under one validator",
    LARGE.map((byte, at) => at === CHUNK_SIZE + 1 ? byte ^ 1 : byte),
  ],
])("all of it is fetched where the site has %s by now", async (_, other) => {
  using world = makeWorld();
  const id = await filled(world);
  await rot(world, CHUNK_SIZE + 5);
  await mend(world, id);
  world.site.files.set(id, other);
  const job = world.next();
  await expect(fetchJob(world.ports, job, NEVER, () => {})).rejects
    .toMatchObject({ kind: "integrity" });
  const fetched = await fetchJob(world.ports, job, NEVER, () => {});
  expect(fetched.sha256).toBe(hex(other));
});

test("a copy that was changed after it came is somebody's work: it is kept", async () => {
  using world = makeWorld();
  const id = await filled(world);
  await rot(world, 5);
  world.fs.touch(`${ROOT}/${PATH}`, world.clock.now());
  expect(await mend(world, id)).toEqual({ fileIds: [id], reusedBytes: 0, keptAside: 1 });
  await work(world);
  const kept = [...world.disk().keys()].filter((path) => path.includes("/.versions/"));
  expect(kept).toHaveLength(1);
});

test("a damaged copy that is changed while it is mended is kept too", async () => {
  using world = makeWorld();
  const id = await filled(world);
  await rot(world, 5);
  await mend(world, id);
  world.fs.touch(`${ROOT}/${PATH}`, world.clock.now());
  await work(world);
  expect([...world.disk().keys()].some((path) => path.includes("/.versions/"))).toBe(true);
});

test("a file of one chunk is fetched whole, and so is one that is not there", async () => {
  using world = makeWorld();
  const id = await filled(world, content(500, 3));
  await rot(world, 5);
  expect(await mend(world, id)).toEqual({ fileIds: [id], reusedBytes: 0, keptAside: 0 });
  await work(world);
  await world.fs.remove(`${ROOT}/${PATH}`);
  expect(await mend(world, id)).toEqual({ fileIds: [id], reusedBytes: 0, keptAside: 0 });
  expect(world.store.files.get(id)?.sha256).toBeNull();
  await work(world);
  expect([...world.disk().keys()]).toEqual([`${FOLDER}/datapackage.json`, PATH]);
});

test("without room for a copy, nothing is copied and the file is queued", async () => {
  using world = makeWorld();
  const id = await filled(world);
  await rot(world, 5);
  world.fs.capacity = world.fs.used + 1_000;
  expect(await mend(world, id)).toEqual({ fileIds: [id], reusedBytes: 0, keptAside: 0 });
  expect([...world.disk().keys()]).toEqual([`${FOLDER}/datapackage.json`, PATH]);
});

test("what the site does not give any more stays as it is", async () => {
  using world = makeWorld();
  const id = await filled(world);
  await rot(world, 5);
  world.store.assets.setWanted({ ids: ["mmf:object-1"] }, false);
  expect(await mend(world, id)).toEqual({ fileIds: [], reusedBytes: 0, keptAside: 0 });
  expect(world.store.files.get(id)?.sha256).toBe(hex(LARGE));
});

test("a damaged sidecar is written anew and kept aside", async () => {
  using world = makeWorld();
  await filled(world, content(500, 3));
  const path = `${ROOT}/${FOLDER}/datapackage.json`;
  await world.fs.writeTextAtomic(path, "{ broken");
  expect(await rewriteSidecars(world.ports, ["mmf:object-1"])).toBe(1);
  expect(await readSidecar(world.fs, path)).toMatchObject({ state: "ours" });
  expect([...world.disk().keys()]).toContain(`${FOLDER}/datapackage.json.damaged`);
});
