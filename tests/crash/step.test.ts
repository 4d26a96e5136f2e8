import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHUNK_SIZE } from "../../extensions/sync-engine/downloads/chunk.ts";
import {
  content,
  makeWorld,
  ROOT,
  type World,
} from "../../extensions/sync-engine/downloads/testing/world.ts";
import { readSidecar } from "../../extensions/sync-engine/files/sidecar.ts";
import { fakeClient } from "../../extensions/sync-engine/library/testing/fake_client.ts";
import { type FailureKind, SyncError } from "../../extensions/sync-engine/platform/errors.ts";
import { openStore, type Store } from "../../extensions/sync-engine/store/store.ts";
import { SyncRun } from "../../extensions/sync-engine/sync_run.ts";

const FOLDER = "mmf/Somebody/Model 1";
const OLD = content(300, 77);
const FILES = [
  { name: "big.stl", bytes: content(CHUNK_SIZE + 100_000, 1) },
  { name: "changed.stl", bytes: content(5_000, 2) },
  { name: "picture.png", bytes: picture(3_000), kind: "image" as const },
];
const RIGHT: ReadonlyMap<string, Uint8Array> = new Map(
  FILES.map(({ name, bytes, kind }) =>
    [`${FOLDER}/${kind ? "renders" : "files"}/${name}`, bytes] as const
  ),
);

/** One model: a file of two chunks, one that replaces an older version, and a picture. */
async function makeScene(): Promise<World> {
  const world = makeWorld();
  const ids = world.list(
    1,
    FILES.map((file, i) => ({ ...file, ref: `mmf:object-1/file-${i + 1}` })),
  );
  await world.fs.mkdir(`${ROOT}/${FOLDER}/files`);
  const old = await world.fs.open(`${ROOT}/${FOLDER}/files/changed.stl`, { write: true });
  await old.write(OLD, 0);
  old.close();
  world.store.files.markDownloaded(ids[1] ?? "", {
    sha256: hex(OLD),
    size: OLD.length,
    validator: null,
    revision: "0",
    at: 500,
  });
  return world;
}

/** One sync of what is queued. */
function sync(world: World, store: Store, signal = new AbortController().signal) {
  const ports = { ...world.ports, store, emit: () => {}, speeds: { add() {} } };
  const options = { root: ROOT, concurrency: 3, newWanted: true, onlyQueue: true, signal };
  return world.clock.finish(new SyncRun(ports, [fakeClient()], options).run());
}

/**
 * Runs a sync in which the process dies at operation `n` of the file system: the operation and all that follow it do not happen,
 * and what was not flushed is kept, lost or spoilt.
 *
 * @returns The database as it was at that moment, null when the sync ended before.
 */
async function dieAt(n: number, world: World): Promise<Store | null> {
  const stop = new AbortController();
  const dir = join(world.dir, "crashed");
  const unflushed = new Set<string>();
  let count = 0;
  world.fs.onOperation = ({ name, path }) => {
    if (++count === n) {
      Deno.mkdirSync(dir);
      world.store.copyTo(join(dir, "sync.db"));
      stop.abort();
    }
    if (count >= n) throw new SyncError("cancelled", "The process is dead");
    if (name === "file.write") unflushed.add(path);
    if (name === "file.sync") unflushed.delete(path);
    if (name === "rename" && unflushed.has(path)) throw new Error(`${path} was not flushed`);
  };
  await sync(world, world.store, stop.signal).catch(() => {});
  world.fs.onOperation = undefined;
  if (!stop.signal.aborted) return null;
  for (const path of unflushed) await spoil(world, path, n);
  return openStore({ dir, clock: world.clock });
}

/** What a power cut makes of bytes that were not flushed. */
async function spoil({ fs }: World, path: string, n: number): Promise<void> {
  if (n % 3 === 0 || !await fs.stat(path)) return;
  const file = await fs.open(path, { write: true });
  const size = await file.size();
  if (n % 3 === 1) await file.truncate(Math.floor(size / 2));
  else await file.write(new Uint8Array(Math.min(size, 1_000)), Math.floor(size / 3));
  file.close();
}

test("SyncRun converges after a crash at any operation of the file system", async () => {
  let n = 1;
  for (;; n++) {
    using world = await makeScene();
    const store = await dieAt(n, world);
    if (store === null) {
      await expectComplete(world, world.store);
      break;
    }
    try {
      expectNoFalseName(world, n);
      await sync(world, store);
      await expectComplete(world, store, `after operation ${n}`);
      // Once more changes nothing and asks for nothing.
      const [disk, asked] = [hashes(world), world.site.requests.length];
      await sync(world, store);
      expect(hashes(world)).toEqual(disk);
      expect(world.site.requests).toHaveLength(asked);
    } finally {
      store.close();
    }
  }
  expect(n).toBeGreaterThan(40);
}, 60_000);

for (const kind of ["diskFault", "diskFull", "permission"] satisfies FailureKind[]) {
  test(`SyncRun gets over any one operation that fails as "${kind}"`, async () => {
    let struck = true;
    for (let n = 1; struck; n++) {
      using world = await makeScene();
      struck = false;
      let count = 0;
      world.fs.onOperation = () => {
        if (++count !== n) return;
        struck = true;
        throw new SyncError(kind, `Operation ${n} fails`);
      };
      const first = await sync(world, world.store).catch((error: unknown) => error);
      if (kind !== "permission" && !(first instanceof SyncError)) {
        expect(first, `operation ${n}`).toMatchObject({ failed: 0, waiting: 0, problems: [] });
      }
      world.fs.onOperation = undefined;
      expectNoFalseName(world, n);
      await sync(world, world.store);
      await expectComplete(world, world.store, `operation ${n}`);
    }
  }, 60_000);
}

/** What has a final name is the old version or the new one. */
function expectNoFalseName(world: World, n: number): void {
  const disk = world.disk();
  for (const [path, bytes] of RIGHT) {
    const found = disk.get(path);
    if (!found) continue;
    const allowed = path.endsWith("changed.stl") ? [hex(OLD), hex(bytes)] : [hex(bytes)];
    expect(allowed, `${path} after operation ${n}`).toContain(hex(found));
  }
  // The old version is never lost.
  expect([...disk.values()].map(hex), `after operation ${n}`).toContain(hex(OLD));
}

async function expectComplete(world: World, store: Store, when = "at the end"): Promise<void> {
  const disk = world.disk();
  for (const [path, bytes] of RIGHT) expect(hex(disk.get(path) ?? OLD), when).toBe(hex(bytes));
  // A sidecar that the system forbids to read counts as damaged and is kept.
  const others = [...disk].filter(([path]) => !RIGHT.has(path) && !path.endsWith(".damaged"));
  const versions = others.filter(([path]) => path.startsWith(`${FOLDER}/.versions/`));
  expect(versions.map(([, bytes]) => hex(bytes)), when).toEqual([hex(OLD)]);
  expect(others.length - versions.length, when).toBe(1);
  expect(store.jobs.counts(), when).toEqual({ queued: 0, running: 0, paused: 0, failed: 0 });
  expect(store.parts.ids(), when).toEqual([]);
  const rows = store.files.byAsset("mmf:object-1");
  for (const { path, sha256 } of rows) {
    expect(sha256, when).toBe(hex(RIGHT.get(path) ?? OLD));
  }
  const arrived = store.history.query({ outcome: "succeeded" }).rows.map(({ name }) => name);
  expect(arrived.toSorted(), when).toEqual(FILES.map(({ name }) => name));
  const sidecar = await readSidecar(world.fs, `${ROOT}/${FOLDER}/datapackage.json`);
  if (sidecar?.state !== "ours") throw new Error(`There is no sidecar ${when}`);
  const listed = sidecar.sidecar.files.map(({ path, sha256 }) => [`${FOLDER}/${path}`, sha256]);
  expect(listed, when).toEqual(rows.map(({ path, sha256 }) => [path, sha256]));
}

function picture(length: number): Uint8Array<ArrayBuffer> {
  const bytes = content(length, 3);
  bytes.set([0x89, 0x50, 0x4e, 0x47]);
  return bytes;
}

function hashes(world: World): Map<string, string> {
  return new Map([...world.disk()].map(([path, bytes]) => [path, hex(bytes)]));
}

function hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
