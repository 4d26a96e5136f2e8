import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CHUNK_SIZE } from "../../extensions/sync-engine/downloads/chunk.ts";
import type { Engine } from "../../extensions/sync-engine/engine.ts";
import type { AssetFileRow } from "../../extensions/sync-engine/protocol.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import type { Fs } from "../../extensions/sync-engine/platform/ports.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

/** Several chunks, so that a part of it can be mended. */
const FILE_SIZE = 2 * CHUNK_SIZE + 1000;

let site: Simulator;
let profile: TestProfile;
/** Called before each file is opened. */
let onOpen: (path: string) => void = () => {};
let files: readonly AssetFileRow[];

const disk = createDiskFs();
const watched: Fs = {
  ...disk,
  open(path, options) {
    onOpen(path);
    return disk.open(path, options);
  },
};

beforeAll(async () => {
  site = await startSimulator({ objects: 10, oddities: false, fileSize: FILE_SIZE });
  profile = await openTestProfile(site, { fs: watched });
  await profile.engine.sync();
  files = allFiles(profile.engine);
}, 60_000);
afterAll(async () => {
  await profile[Symbol.asyncDispose]();
  await site.close();
});
beforeEach(() => {
  onOpen = () => {};
  profile.heard.length = 0;
});

function allFiles({ library }: Engine): AssetFileRow[] {
  const query = { filter: {}, sort: "title", descending: false, offset: 0, limit: 100 } as const;
  return library.query(query).rows.flatMap(({ id }) => library.asset({ id }).fileRows)
    .filter(({ state }) => state === "here");
}

const at = (path: string) => join(profile.root, path);

/** A file of several chunks. */
function large(skip = 0): AssetFileRow {
  const file = files.filter(({ size }) => size !== null && size > CHUNK_SIZE)[skip];
  if (!file) throw new Error("There is none");
  return file;
}

/** Changes a byte and leaves the time of the last change as it is, as a disk does that forgets. */
async function rot({ path }: AssetFileRow, offset: number): Promise<void> {
  const { mtime } = await Deno.stat(at(path));
  using file = await Deno.open(at(path), { read: true, write: true });
  const byte = new Uint8Array(1);
  await file.seek(offset, Deno.SeekMode.Start);
  await file.read(byte);
  await file.seek(offset, Deno.SeekMode.Start);
  await file.write(byte.map((value) => value ^ 1));
  await file.utime(mtime ?? 0, mtime ?? 0);
}

test("verify reads everything once and remembers it file by file", async () => {
  const { engine, heard } = profile;
  const summary = await engine.verify();
  expect(summary).toMatchObject({ ok: files.length, missing: 0, hash: 0, sidecars: 0, earlier: 0 });
  const known = allFiles(engine);
  expect(known.every(({ verdict, verifiedAt }) => verdict === "OK" && verifiedAt !== null))
    .toBe(true);
  expect(engine.verification.overview()).toMatchObject({
    last: { files: files.length, bytes: summary.bytes },
    unfinished: null,
  });
  const last = heard.findLast(({ event }) => event === "verifyProgress")?.data;
  expect(last).toMatchObject({
    checked: files.length,
    of: files.length,
    bytes: summary.bytes,
    ofBytes: summary.bytes,
  });
});

test("a verification that was stopped goes on where it was, also after a restart", async () => {
  const stop = new AbortController();
  let opened = 0;
  onOpen = () => {
    if (++opened === 5) stop.abort();
  };
  await expect(profile.engine.verify({}, stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
  expect(profile.engine.verification.overview().unfinished).not.toBeNull();
  await profile.reopen();
  const rest = await profile.engine.verify();
  expect(rest.earlier).toBeGreaterThanOrEqual(4);
  expect(rest.ok + rest.earlier).toBe(files.length);
  expect(await profile.engine.verify()).toMatchObject({ ok: files.length, earlier: 0 });
});

test("five parts are the whole library", async () => {
  let ok = 0;
  for (const n of [1, 2, 3, 4, 5]) {
    ok += (await profile.engine.verify({ subset: { kind: "part", n, of: 5 } })).ok;
  }
  expect(ok).toBe(files.length);
});

test("a size is read of what was not looked at for longest", async () => {
  const params = { subset: { kind: "size", bytes: 1 }, oldest: true } as const;
  const before = allFiles(profile.engine).toSorted((a, b) =>
    (a.verifiedAt ?? 0) - (b.verifiedAt ?? 0)
  );
  expect(await profile.engine.verify(params)).toMatchObject({ ok: 1 });
  const now = new Map(allFiles(profile.engine).map(({ id, verifiedAt }) => [id, verifiedAt]));
  const read = before.filter(({ id, verifiedAt }) => now.get(id) !== verifiedAt);
  expect(read.map(({ verifiedAt }) => verifiedAt)).toEqual([before[0]?.verifiedAt]);
  expect(await profile.engine.verify({ olderThan: 3_600_000 })).toMatchObject({ ok: 0 });
});

test("repair fetches the damaged chunk alone, and tells all of it in one summary", async () => {
  const { engine } = profile;
  const [first, second] = [large(), large(1)];
  const size = first.size ?? 0;
  await rot(first, CHUNK_SIZE + 7);
  await Deno.remove(at(second.path));
  expect(await engine.verify({ assetIds: [first, second].map(({ id }) => id.split("/")[0] ?? "") }))
    .toMatchObject({ hash: 1, missing: 1, repair: null });
  expect(engine.status().damaged).toBe(2);
  expect(engine.verification.findings({ verdict: "HASH", offset: 0, limit: 10 })).toMatchObject({
    total: 1,
    rows: [{ fileId: first.id, path: first.path, job: null }],
  });
  expect(await engine.verify({ subset: { kind: "bad" }, repair: true })).toMatchObject({
    ok: 0,
    hash: 1,
    missing: 1,
    repair: {
      queued: 2,
      fetched: 2,
      failed: 0,
      waiting: 0,
      reusedBytes: size - Math.min(CHUNK_SIZE, size - CHUNK_SIZE),
      keptAside: 0,
      problems: [],
    },
  });
  expect(engine.status().damaged).toBe(0);
  expect(await engine.verify()).toMatchObject({ ok: files.length, hash: 0, missing: 0, extra: 0 });
});

test("work that was saved over a file is kept aside when the file is repaired", async () => {
  const file = large();
  const { size } = await Deno.stat(at(file.path));
  await Deno.writeFile(at(file.path), new Uint8Array(size));
  const later = new Date(Date.now() + 60_000);
  await Deno.utime(at(file.path), later, later);
  expect(await profile.engine.verify({ repair: true })).toMatchObject({
    hash: 1,
    repair: { queued: 1, fetched: 1, keptAside: 1, reusedBytes: 0 },
  });
  const folder = file.path.split("/").slice(0, -2).join("/");
  expect([...Deno.readDirSync(at(`${folder}/.versions`))]).toHaveLength(1);
});

test("a sidecar that is damaged, gone or another program's is told and written anew", async () => {
  const { engine, heard } = profile;
  const folders = [...new Set(files.map(({ path }) => path.split("/").slice(0, -2).join("/")))];
  const [damaged, gone, foreign] = folders.map((folder) => at(`${folder}/datapackage.json`));
  if (!damaged || !gone || !foreign) throw new Error("There are too few models");
  await Deno.writeTextFile(damaged, "{");
  await Deno.remove(gone);
  await Deno.writeTextFile(foreign, `{"name": "mine", "colour": "red"}`);
  expect(await engine.verify()).toMatchObject({ ok: files.length, sidecars: 3, extra: 0 });
  expect(
    heard.filter(({ event, data }) =>
      event === "verdict" && "verdict" in data && data.verdict === "SIDECAR"
    ),
  ).toHaveLength(3);
  expect(engine.verification.overview().counts.SIDECAR).toBe(3);
  expect(await engine.verify({ subset: { kind: "bad" }, repair: true })).toMatchObject({
    sidecars: 3,
    repair: { sidecars: 3, queued: 0 },
  });
  expect(JSON.parse(await Deno.readTextFile(foreign))).toMatchObject({ colour: "red" });
  expect(await engine.verify()).toMatchObject({ sidecars: 0 });
  expect(engine.verification.overview().counts.SIDECAR).toBe(0);
});

test("what is found is told even where nothing can be fetched", async () => {
  const { engine } = profile;
  await Deno.remove(at(large().path));
  await engine.accounts.logout({ provider: "mmf" });
  expect(await engine.verify({ repair: true })).toMatchObject({
    missing: 1,
    repair: { queued: 1, fetched: 0, waiting: 1, problems: [{ code: "needsAuth" }] },
  });
  await engine.accounts.login({ provider: "mmf", scheme: "session", secret: site.session });
});
