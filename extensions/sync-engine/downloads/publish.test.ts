import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import type { FsOperation } from "../platform/testing/memory_fs.ts";
import { readSidecar } from "../files/sidecar.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import { partPath } from "./part_path.ts";
import { Publisher, type Verified } from "./publish.ts";
import { content, makeWorld, ROOT, type World } from "./testing/world.ts";

const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Takes the next job and puts its whole partial file on disk. */
async function verified(world: World): Promise<Verified> {
  const job = world.next();
  const bytes = world.site.files.get(job.fileId) ?? new Uint8Array();
  const path = `${ROOT}/${partPath(job.file.path, job.fileId)}`;
  await world.fs.mkdir(path.slice(0, path.lastIndexOf("/")));
  const file = await world.fs.open(path, { write: true });
  await file.write(bytes, 0);
  file.close();
  return { job, partPath: path, size: bytes.length, sha256: hex(bytes), validator: '"v"' };
}

const files = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ name: `${i}.stl`, bytes: content(500 + i, i + 1) }));

test("Publisher gives a file its name, writes the sidecar and records it", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, files(1));
  const publisher = new Publisher(world.ports);
  await publisher.publish(await verified(world));
  const bytes = content(500, 1);
  expect([...world.disk().keys()]).toEqual([
    "mmf/Somebody/Model 1/datapackage.json",
    "mmf/Somebody/Model 1/files/0.stl",
  ]);
  expect(world.store.files.get(id)).toMatchObject({
    sha256: hex(bytes),
    size: 500,
    validator: '"v"',
    downloadedRevision: "1",
    downloadedAt: world.clock.now(),
  });
  expect(world.store.jobs.get(id)).toBe(null);
  expect(world.store.parts.get(id)).toBe(null);
  expect(world.store.history.query().rows).toMatchObject([{ fileId: id, outcome: "succeeded" }]);
  const sidecar = await readSidecar(world.fs, `${ROOT}/mmf/Somebody/Model 1/datapackage.json`);
  expect(sidecar).toMatchObject({
    state: "ours",
    sidecar: { files: [{ path: "files/0.stl", sha256: hex(bytes) }] },
  });
});

test("Publisher leaves a file due that the site has replaced while it was on its way", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, files(1));
  const older = await verified(world);
  world.list(1, files(1).map((file) => ({ ...file, revision: "2" })));
  await new Publisher(world.ports).publish(older);
  expect(world.store.files.get(id)).toMatchObject({ downloadedRevision: "1", revision: "2" });
  expect(world.store.jobs.get(id)).toMatchObject({ state: "queued", attempts: 0, notBefore: 0 });
});

test("Publisher keeps the chunk hashes of a file of several chunks, where all are known", async () => {
  using world = makeWorld();
  const bytes = content(2 * CHUNK_SIZE + 5);
  const ids = world.list(1, ["all.stl", "some.stl"].map((name) => ({ name, bytes })));
  const hashes = [7, 8, 9].map((n) => new Uint8Array(8).fill(n));
  const part = { revision: "1", validator: '"v"', size: bytes.length, chunkSize: CHUNK_SIZE };
  for (const id of ids) {
    world.store.parts.begin(id, part);
    const known = id === ids[0] ? [2, 0, 1] : [2, 0];
    for (const n of known) world.store.parts.addChunk(id, n, hashes[n] ?? new Uint8Array());
  }
  const publisher = new Publisher(world.ports);
  for (const _ of ids) await world.clock.finish(publisher.publish(await verified(world)));
  expect(ids.map((id) => world.store.fingerprints.get(id))).toEqual([
    { chunkSize: CHUNK_SIZE, hashes: new Uint8Array(hashes.flatMap((hash) => [...hash])) },
    null,
  ]);
});

test("Publisher flushes, notes the hash, renames, flushes the folder, writes the sidecar, records", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, files(1));
  const file = await verified(world);
  const steps: string[] = [];
  const wanted: FsOperation["name"][] = ["file.sync", "rename", "syncDir", "writeTextAtomic"];
  world.fs.onOperation = ({ name }) => {
    if (!wanted.includes(name)) return;
    const noted = world.store.parts.get(id)?.sha256 ? "noted" : "unknown";
    steps.push(`${name}, ${noted}, ${world.store.files.get(id)?.sha256 ? "done" : "open"}`);
  };
  await new Publisher(world.ports).publish(file);
  expect(steps).toEqual([
    "file.sync, unknown, open",
    "rename, noted, open",
    "syncDir, noted, open",
    "writeTextAtomic, noted, open",
  ]);
});

test("Publisher takes what is ready through one round: a flush of each folder, a sidecar for each model", async () => {
  using world = makeWorld();
  world.list(1, files(5));
  world.list(2, files(3));
  const all: Verified[] = [];
  for (let i = 0; i < 8; i++) all.push(await verified(world));
  const written: string[] = [];
  const flushed: string[] = [];
  world.fs.onOperation = ({ name, path }) => {
    if (name === "writeTextAtomic") written.push(path.slice(ROOT.length));
    if (name === "syncDir") flushed.push(path.slice(ROOT.length));
  };
  const publisher = new Publisher(world.ports);
  await Promise.all(all.map((file) => publisher.publish(file)));
  const first = "/mmf/Somebody/Model 1/datapackage.json";
  expect(written.toSorted()).toEqual([first, "/mmf/Somebody/Model 2/datapackage.json"]);
  expect(flushed).toHaveLength(2);
  expect(world.store.jobs.counts().running).toBe(0);
  const sidecar = await readSidecar(world.fs, ROOT + first);
  if (sidecar?.state !== "ours") throw new Error("There is no sidecar");
  expect(sidecar.sidecar.files.map(({ sha256 }) => sha256)).toEqual(
    files(5).map(({ bytes }) => hex(bytes)),
  );
});

/** Publishes one file, then others; tells when each round began, in milliseconds after that. */
async function rounds(others: number, then: (publisher: Publisher) => void = () => {}) {
  using world = makeWorld();
  world.list(1, files(1 + others));
  const publisher = new Publisher(world.ports);
  const all: Verified[] = [];
  for (let i = 0; i <= others; i++) all.push(await verified(world));
  const [first, ...rest] = all;
  if (!first) throw new Error("There is no file");
  const begun = world.clock.monotonic();
  await publisher.publish(first);
  const at: number[] = [];
  world.fs.onOperation = ({ name }) => {
    if (name === "syncDir") at.push(world.clock.monotonic() - begun);
  };
  const published = Promise.all(rest.map((file) => publisher.publish(file)));
  then(publisher);
  await world.clock.finish(published);
  return at;
}

test("Publisher lets files gather for a tenth of a second after a round", async () => {
  expect(await rounds(3)).toEqual([100]);
});

test("Publisher does not wait for further files when there are many, or no more to come", async () => {
  expect(await rounds(32)).toEqual([0]);
  expect(await rounds(3, (publisher) => publisher.hurry())).toEqual([0]);
});

test("Publisher closes the file that it was given open, whether it can be flushed or not", async () => {
  for (const fails of [false, true]) {
    using world = makeWorld();
    world.list(1, files(1));
    const ready = await verified(world);
    const file = await world.fs.open(ready.partPath ?? "", { write: true });
    world.fs.onOperation = ({ name }) => {
      if (fails && name === "file.sync") throw new SyncError("diskFault", "The drive failed");
    };
    const published = new Publisher(world.ports).publish({ ...ready, file });
    if (fails) await expect(published).rejects.toMatchObject({ kind: "diskFault" });
    else await published;
    await expect(file.size()).rejects.toMatchObject({ kind: "bug" });
  }
});

test("Publisher keeps the version that stood there, and whatever else does", async () => {
  using world = makeWorld();
  world.list(1, files(1));
  const path = `${ROOT}/mmf/Somebody/Model 1/files/0.stl`;
  const file = await verified(world);
  await world.fs.writeTextAtomic(path, "the user's own");
  await new Publisher(world.ports).publish(file);
  const versions = [...world.disk()].filter(([path]) => path.includes("/.versions/"));
  expect(versions.map(([, bytes]) => new TextDecoder().decode(bytes))).toEqual(["the user's own"]);
  expect(await world.fs.stat(path)).toMatchObject({ size: 500 });
});

test("Publisher records a file that already has its name, touching nothing but the sidecar", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, files(1));
  const file = await verified(world);
  await world.fs.rename(file.partPath ?? "", `${ROOT}/${file.job.file.path}`);
  const seen: string[] = [];
  world.fs.onOperation = ({ name }) => void seen.push(name);
  await new Publisher(world.ports).publish({ ...file, partPath: null });
  expect(seen).not.toContain("rename");
  expect(world.store.files.get(id)?.sha256).toBe(file.sha256);
  expect(world.disk().has("mmf/Somebody/Model 1/datapackage.json")).toBe(true);
});

test("Publisher fails the file whose step fails and publishes the others", async () => {
  using world = makeWorld();
  const [first = "", second = "", third = ""] = world.list(1, files(3));
  const all = [await verified(world), await verified(world), await verified(world)];
  world.fs.onOperation = ({ name, path }) => {
    if (name === "file.sync" && path.includes("1.stl")) {
      throw new SyncError("retryable", "I/O error");
    }
  };
  const publisher = new Publisher(world.ports);
  const outcomes = await Promise.allSettled(all.map((file) => publisher.publish(file)));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(world.store.files.get(first)?.sha256).not.toBe(null);
  expect(world.store.files.get(second)?.sha256).toBe(null);
  expect(world.store.files.get(third)?.sha256).not.toBe(null);
});

test("Publisher fails only the files of the model whose sidecar cannot be written", async () => {
  using world = makeWorld();
  const [first = ""] = world.list(1, files(1));
  const bad = world.list(2, files(2));
  const [fine = ""] = world.list(3, files(1));
  const all: Verified[] = [];
  for (let i = 0; i < 4; i++) all.push(await verified(world));
  world.fs.onOperation = ({ name, path }) => {
    if (name === "writeTextAtomic" && path.includes("Model 2")) {
      throw new SyncError("retryable", "Another program is using the file");
    }
  };
  const publisher = new Publisher(world.ports);
  const outcomes = await Promise.allSettled(all.map((file) => publisher.publish(file)));
  expect(outcomes.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  for (const id of [first, fine]) expect(world.store.files.get(id)?.sha256).not.toBe(null);
  for (const id of bad) {
    // Named and noted: the next try only has to record it.
    expect(world.store.files.get(id)?.sha256).toBe(null);
    expect(world.store.parts.get(id)?.sha256).not.toBe(null);
  }
});

test("Publisher goes on after a round that failed", async () => {
  using world = makeWorld();
  world.list(1, files(2));
  const publisher = new Publisher(world.ports);
  const [first, second] = [await verified(world), await verified(world)];
  let broken = true;
  world.fs.onOperation = ({ name }) => {
    if (broken && name === "syncDir") throw new SyncError("retryable", "The drive is away");
  };
  await expect(publisher.publish(first)).rejects.toMatchObject({ kind: "retryable" });
  broken = false;
  await world.clock.finish(publisher.publish(second));
  expect(world.store.jobs.get(second.job.fileId)).toBe(null);
});

test("Publisher.alone() lets nothing be published beside the work", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, files(1));
  const publisher = new Publisher(world.ports);
  const file = await verified(world);
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const operations: string[] = [];
  world.fs.onOperation = ({ name }) => void operations.push(name);
  const work = publisher.alone(async () => {
    await finished;
    return [...operations];
  });
  const published = publisher.publish(file);
  await new Promise((resolve) => setTimeout(resolve));
  finish();
  expect(await work).toEqual([]);
  await published;
  expect(world.store.files.get(id)?.downloadedAt).not.toBeNull();
});
