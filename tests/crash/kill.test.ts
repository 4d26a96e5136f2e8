import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHUNK_SIZE } from "../../extensions/sync-engine/downloads/chunk.ts";
import { SIDECAR_NAME } from "../../extensions/sync-engine/files/datapackage.ts";
import { MARKER_NAME } from "../../extensions/sync-engine/files/marker.ts";
import { readSidecar } from "../../extensions/sync-engine/files/sidecar.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import { seededRandom } from "../../extensions/sync-engine/platform/testing/seeded_random.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { keyOf, type Served, servedTo } from "./served.ts";
import { hasChunks, type Snapshot, takeSnapshot, unrecordedBytes } from "./snapshot.ts";
import { say } from "./thorough.ts";
import { runVictim } from "./victim_run.ts";

const SEEDS = Number(Deno.env.get("MMFSYNC_CRASH_SEEDS") ?? 8);
const FIRST_SEED = Number(Deno.env.get("MMFSYNC_CRASH_SEED") ?? 1);

/** Transfers at once, and files that may wait for their final names: as the engine has them by default. */
const CONCURRENCY = 3;
const MAX_UNPUBLISHED = 64;

/** What the kernels' and the client's buffers may hold of one answer when its reader is killed. */
const IN_FLIGHT = 8 * 1024 * 1024;

let simulator: Simulator;
/** Folder of all profiles. */
let homes: string;
/** SHA-256 of what the site has by object, kind and name; names repeat within an object. */
let reference: Map<string, string[]>;
let libraryBytes: number;
/** Milliseconds that an undisturbed run takes. */
let wholeRun: number;

beforeAll(async () => {
  // 57 files and images, 49 MB; five files have two or three chunks.
  simulator = await startSimulator({
    objects: 12,
    filesPerObject: 2,
    images: 3,
    fileSize: "mixed",
    bytesPerSecond: 30e6,
  });
  simulator.warm();
  const files = [...simulator.reference()];
  libraryBytes = files.reduce((sum, { size }) => sum + size, 0);
  reference = new Map();
  for (const { objectId, kind, name, sha256 } of files) {
    const key = `mmf:object-${objectId} ${kind} ${name}`;
    reference.set(key, [...reference.get(key) ?? [], sha256()].sort());
  }
  homes = Deno.makeTempDirSync({ prefix: "mmfsync-crash-" });
  const home = join(homes, "undisturbed");
  await runVictim(simulator, { home, userAgent: "undisturbed" });
  await expectComplete(home, takeSnapshot(home));
  // The first run is slower, since nothing of the program and its library is in any cache.
  const again = { home: join(homes, "measured"), userAgent: "measured" };
  wholeRun = (await runVictim(simulator, again)).took;
}, 60_000);

afterAll(async () => {
  await simulator.close();
  Deno.removeSync(homes, { recursive: true });
});

test(
  `Engine.sync() loses and corrupts nothing when it is killed at any moment (${SEEDS} seeds)`,
  async () => {
    const seeds = Array.from({ length: SEEDS }, (_, i) => FIRST_SEED + i);
    let kills = 0;
    const failures: Error[] = [];
    const work = async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        try {
          // Not `kills += await …`, which would read it before the other lane has added its own.
          const hits = await story(seed);
          kills += hits;
        } catch (cause) {
          failures.push(new Error(`MMFSYNC_CRASH_SEED=${seed} fails: ${cause}`, { cause }));
        }
      }
    };
    await Promise.all([work(), work()]);
    if (failures[0]) throw failures[0];
    // A kill may come too late now and then; a test whose kills all do would prove nothing.
    expect(kills).toBeGreaterThan(SEEDS);
    say(`${kills} kills hit in ${SEEDS} stories, seeds from ${FIRST_SEED}`);
  },
  60_000 + SEEDS * 15_000,
);

/** One profile: killed one to three times, then run to the end. Returns how many kills hit. */
async function story(seed: number): Promise<number> {
  const random = seededRandom(seed);
  const home = join(homes, `${seed}`);
  const planned = 1 + Math.floor(random.next() * 3);
  let kills = 0;
  let before: Snapshot | null = null;
  let sent = 0;
  let toRun = wholeRun;
  for (let run = 0;; run++) {
    const userAgent = `crash/${seed}/${run}`;
    const killAfter = run < planned ? { killAfter: random.next() * toRun } : {};
    const { killed } = await runVictim(simulator, { home, userAgent, ...killAfter });
    const after = takeSnapshot(home);
    const served = servedTo(userAgent, simulator.requests.all());
    expectNothingTwice(served, before);
    sent += served.reduce((sum, one) => sum + one.sent, 0);
    expectLegal(after);
    if (killed) kills++;
    before = after;
    // What is done needs no time any more: later kills are to hit too.
    toRun = wholeRun * (1 - 0.8 * doneShare(after));
    if (run >= planned) break;
  }
  expect(before.files.length).toBeGreaterThan(0);
  await expectComplete(home, before);
  expect(sent - libraryBytes).toBeLessThanOrEqual(
    kills * CONCURRENCY * (CHUNK_SIZE + IN_FLIGHT),
  );
  Deno.removeSync(home, { recursive: true });
  return kills;
}

/** The state that a kill leaves: what has its final name is right, what is recorded is there. */
function expectLegal({ files, disk }: Snapshot): void {
  for (const file of files) {
    const found = disk.get(file.path);
    const right = reference.get(`${file.assetId} ${file.kind} ${file.name}`) ?? [];
    if (found !== undefined) expect(right, file.path).toContain(found);
    if (file.sha256 !== null) expect(found, file.path).toBe(file.sha256);
  }
  const known = new Set(files.map(({ path }) => path));
  const strangers = [...disk.keys()].filter((path) => !known.has(path) && !isOwn(path));
  expect(strangers).toEqual([]);
  // What was in flight: a chunk at most of each transfer, and files of one chunk that no row knows yet.
  const lost = files.filter((file) => unrecordedBytes(file) > 0);
  for (const file of lost) {
    expect(unrecordedBytes(file), file.path).toBeLessThanOrEqual(CHUNK_SIZE);
  }
  expect(lost.filter(hasChunks).length).toBeLessThanOrEqual(CONCURRENCY);
  expect(lost.length).toBeLessThanOrEqual(CONCURRENCY + MAX_UNPUBLISHED);
}

/** No run asks twice for a byte, and none for what was safe when it began. */
function expectNothingTwice(served: readonly Served[], before: Snapshot | null): void {
  const files = new Map(before?.files.map((file) => [keyOf(file), file]));
  for (const [key, stretches] of Map.groupBy(served, ({ key }) => key)) {
    const ordered = stretches.toSorted((a, b) => a.start - b.start);
    ordered.reduce((end, stretch) => {
      expect(stretch.start, key).toBeGreaterThanOrEqual(end);
      return stretch.end;
    }, 0);
    const file = files.get(key);
    if (!file) continue;
    expect(file.sha256, `${file.path} was here already`).toBe(null);
    expect(file.verified, `${file.path} was verified already`).toBe(null);
    for (const { start, end } of stretches) {
      const again = file.chunks.filter((n) => n * CHUNK_SIZE < end && (n + 1) * CHUNK_SIZE > start);
      expect(again, `${file.path} from ${start} to ${end}`).toEqual([]);
    }
  }
}

/** The end of every story: the library is the site's, byte for byte, and nothing is left over. */
async function expectComplete(home: string, snapshot: Snapshot): Promise<void> {
  const { files, disk, open, arrivals } = snapshot;
  const here = new Map<string, string[]>();
  for (const { assetId, kind, name, path } of files) {
    const key = `${assetId} ${kind} ${name}`;
    here.set(key, [...here.get(key) ?? [], disk.get(path) ?? "missing"].sort());
  }
  expect(here).toEqual(reference);
  expect(open).toEqual({ jobs: 0, parts: 0, chunks: 0 });
  expect([...arrivals.values()].every((n) => n === 1)).toBe(true);
  expect(arrivals.size).toBe(files.length);
  const known = new Set(files.map(({ path }) => path));
  const others = [...disk.keys()].filter((path) => !known.has(path));
  const sidecars = others.filter((path) => path.endsWith(`/${SIDECAR_NAME}`));
  expect(others.toSorted()).toEqual([MARKER_NAME, ...sidecars].toSorted());
  const listed = new Map<string, string | null>();
  for (const path of sidecars) {
    const sidecar = await readSidecar(createDiskFs(), join(home, "library", path));
    if (sidecar?.state !== "ours") throw new Error(`${path} cannot be read`);
    const folder = path.slice(0, -SIDECAR_NAME.length);
    for (const file of sidecar.sidecar.files) listed.set(folder + file.path, file.sha256);
  }
  expect(listed).toEqual(new Map(files.map(({ path }) => [path, disk.get(path) ?? null])));
}

function doneShare({ files, disk }: Snapshot): number {
  const done = files.filter(({ path }) => disk.has(path)).length;
  return Math.min(1, done / [...reference.values()].flat().length);
}

function isOwn(path: string): boolean {
  return path === MARKER_NAME || /\/datapackage\.json$|\.part$|(^|\/)\.[0-9a-f-]+\.tmp$/.test(path);
}
