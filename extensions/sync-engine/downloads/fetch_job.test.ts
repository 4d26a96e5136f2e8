import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import type { DueJob } from "../store/jobs.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import { fetchJob } from "./fetch_job.ts";
import { partPath } from "./part_path.ts";
import { Publisher } from "./publish.ts";
import { content, makeWorld, ROOT, type World } from "./testing/world.ts";
import { Throttle } from "./throttle.ts";

const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const fetch = (world: World, job: DueJob) =>
  fetchJob(world.ports, job, new AbortController().signal, () => {});

test("fetchJob() brings a file of one chunk without writing a row for it", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(1_000) }]);
  const verified = await fetch(world, world.next());
  expect(verified).toMatchObject({ size: 1_000, sha256: hex(content(1_000)) });
  expect(verified.partPath).toBe(`${ROOT}/${partPath("mmf/Somebody/Model 1/files/a.stl", id)}`);
  expect(world.store.parts.get(id)).toBe(null);
});

test("fetchJob() remembers the chunks of a longer file and resumes with them", async () => {
  using world = makeWorld();
  const bytes = content(2 * CHUNK_SIZE + 5);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  const job = world.next();
  world.site.troubles.set(id, [{ breakAfter: CHUNK_SIZE + 5 }]);
  await expect(fetch(world, job)).rejects.toMatchObject({ kind: "retryable" });
  expect(world.store.parts.get(id)).toMatchObject({ revision: "1", size: bytes.length });
  expect((await fetch(world, job)).sha256).toBe(hex(bytes));
  expect(world.site.requests.at(-1)?.headers?.["range"]).toBe(
    `bytes=${CHUNK_SIZE}-${bytes.length - 1}`,
  );
});

test("fetchJob() asks for a new lease in mid-file as long as each brings chunks", async () => {
  using world = makeWorld();
  const bytes = content(3 * CHUNK_SIZE);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  world.site.troubles.set(id, [null]);
  // The second chunk rots on disk: two stretches are to be fetched, and the address runs out between them.
  const job = world.next();
  await fetch(world, job);
  world.store.parts.dropChunk(id, 0);
  world.store.parts.dropChunk(id, 2);
  world.site.troubles.set(id, [null, { status: 403 }]);
  world.site.leases.length = 0;
  expect((await fetch(world, job)).sha256).toBe(hex(bytes));
  expect(world.site.leases).toEqual([id, id]);
});

test("fetchJob() asks for a new lease where little bandwidth let no chunk become whole by the old one", async () => {
  using world = makeWorld();
  const bytes = content(3_000_000);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  world.site.troubles.set(id, [null, null, { status: 403 }]);
  const throttle = new Throttle(world.clock, () => 1_000_000);
  const ports = { ...world.ports, throttle };
  const { signal } = new AbortController();
  const fetched = await world.clock.finish(fetchJob(ports, world.next(), signal, () => {}));
  expect(fetched.sha256).toBe(hex(bytes));
  expect(world.site.leases).toEqual([id, id]);
});

test("fetchJob() does not ask for leases for ever", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  world.site.troubles.set(id, Array(9).fill({ status: 403 }));
  await expect(fetch(world, world.next())).rejects.toMatchObject({ kind: "needsNewLease" });
  expect(world.site.leases).toEqual([id]);
});

test("fetchJob() refuses a file that has not the announced SHA-256, and forgets it", async () => {
  using world = makeWorld();
  const bytes = content(CHUNK_SIZE + 1);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes, expectedSha256: "ab".repeat(32) }]);
  await expect(fetch(world, world.next())).rejects.toMatchObject({ kind: "integrity" });
  expect(world.store.parts.get(id)?.chunks.size).toBe(0);
});

test("fetchJob() takes a file that has the announced SHA-256", async () => {
  using world = makeWorld();
  const bytes = content(100);
  world.list(1, [{ name: "a.stl", bytes, expectedSha256: hex(bytes) }]);
  expect((await fetch(world, world.next())).sha256).toBe(hex(bytes));
});

test("fetchJob() logs when the site claimed another size", async () => {
  using world = makeWorld();
  world.list(1, [{ name: "a.stl", bytes: content(100), size: 99 }]);
  await fetch(world, world.next());
  expect(world.log.messages("warn")).toEqual(["The site claimed another size"]);
});

test("fetchJob() starts over when the site's revision is another than the partial file's", async () => {
  using world = makeWorld();
  const bytes = content(2 * CHUNK_SIZE);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  world.site.troubles.set(id, [{ breakAfter: CHUNK_SIZE + 5 }]);
  const job = world.next();
  await expect(fetch(world, job)).rejects.toThrow();
  const newer = content(2 * CHUNK_SIZE - 7, 9);
  world.site.files.set(id, newer);
  const verified = await fetch(world, { ...job, file: { ...job.file, revision: "2" } });
  expect(verified).toMatchObject({ size: newer.length, sha256: hex(newer) });
  expect(world.store.parts.get(id)?.revision).toBe("2");
});

test("fetchJob() starts over when the partial file was cut into chunks of another size", async () => {
  using world = makeWorld();
  const bytes = content(2 * CHUNK_SIZE);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  const job = world.next();
  world.site.troubles.set(id, [{ breakAfter: CHUNK_SIZE + 5 }]);
  await expect(fetch(world, job)).rejects.toThrow();
  const part = world.store.parts.get(id);
  if (!part) throw new Error("Nothing was kept");
  world.store.parts.begin(id, { ...part, chunkSize: CHUNK_SIZE / 2 });
  for (const [n, hash] of part.chunks) world.store.parts.addChunk(id, n, hash);
  expect((await fetch(world, job)).sha256).toBe(hex(bytes));
  expect(world.site.requests.at(-1)?.headers?.["range"]).toBe("bytes=0-");
});

/** Publishes until just before the step, as a crash there would leave it. */
async function stopAt(world: World, step: "rename" | "writeTextAtomic"): Promise<DueJob> {
  const job = world.next();
  const verified = await fetch(world, job);
  world.fs.onOperation = ({ name }) => {
    if (name === step) throw new SyncError("retryable", "The power went out");
  };
  await expect(new Publisher(world.ports).publish(verified)).rejects.toThrow();
  world.fs.onOperation = undefined;
  world.site.requests.length = 0;
  return job;
}

for (const step of ["rename", "writeTextAtomic"] as const) {
  test(`fetchJob() asks for nothing when an earlier run was stopped before ${step}`, async () => {
    using world = makeWorld();
    const bytes = content(100);
    const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
    const job = await stopAt(world, step);
    const verified = await fetch(world, job);
    expect(verified.sha256).toBe(hex(bytes));
    expect(verified.partPath === null).toBe(step === "writeTextAtomic");
    expect(world.site.requests).toEqual([]);
    await new Publisher(world.ports).publish(verified);
    expect(world.store.files.get(id)?.sha256).toBe(hex(bytes));
    // It was published twice, and nothing had to make way.
    expect([...world.disk().keys()].filter((path) => path.includes(".versions"))).toEqual([]);
  });
}

test("fetchJob() fetches anew when what an earlier run verified rotted since", async () => {
  using world = makeWorld();
  const bytes = content(100);
  world.list(1, [{ name: "a.stl", bytes }]);
  const job = await stopAt(world, "rename");
  const file = await world.fs.open(`${ROOT}/${partPath(job.file.path, job.fileId)}`, {
    write: true,
  });
  await file.write(new Uint8Array([1, 2, 3]), 50);
  file.close();
  expect((await fetch(world, job)).sha256).toBe(hex(bytes));
  expect(world.site.requests).toHaveLength(1);
});

test("fetchJob() does not believe what was verified of an older revision", async () => {
  using world = makeWorld();
  world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  const job = await stopAt(world, "rename");
  world.site.files.set(job.fileId, content(80, 5));
  const verified = await fetch(world, { ...job, file: { ...job.file, revision: "2" } });
  expect(verified.sha256).toBe(hex(content(80, 5)));
});

test("fetchJob() finishes a newer revision that was stopped after an older one had been noted", async () => {
  using world = makeWorld();
  world.list(1, [{ name: "a.stl", bytes: content(100) }]);
  const job = await stopAt(world, "rename");
  const newer = content(80, 5);
  world.site.files.set(job.fileId, newer);
  const changed = { ...job, file: { ...job.file, revision: "2" } };
  const verified = await fetch(world, changed);
  world.fs.onOperation = ({ name }) => {
    if (name === "rename") throw new SyncError("retryable", "The power went out again");
  };
  await expect(new Publisher(world.ports).publish(verified)).rejects.toThrow();
  world.fs.onOperation = undefined;
  world.site.requests.length = 0;
  expect(await fetch(world, changed)).toMatchObject({ size: 80, sha256: hex(newer) });
  expect(world.site.requests).toEqual([]);
});

test("fetchJob() refuses an archive that was cut off, unless it is as long as the site says", async () => {
  const whole = new Uint8Array(zipSync({ "dragon.stl": new Uint8Array(5_000) }, { level: 0 }));
  const bytes = whole.slice(0, 4_000);
  using world = makeWorld();
  world.list(1, [{ name: "cut.zip", bytes, size: whole.length }]);
  await expect(fetch(world, world.next())).rejects.toMatchObject({
    kind: "integrity",
    message: "The archive is cut off: its end is missing",
  });
  world.list(2, [{ name: "uploaded so.zip", bytes, size: bytes.length }]);
  await expect(fetch(world, world.next())).resolves.toMatchObject({ size: bytes.length });
});
