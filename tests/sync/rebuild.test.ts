import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { seededRandom } from "../../extensions/sync-engine/platform/testing/seeded_random.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

let site: Simulator;
let profile: TestProfile;
beforeAll(async () => {
  site = await startSimulator({ objects: 12, oddities: false });
});
afterAll(() => site.close());
beforeEach(async () => {
  profile = await openTestProfile(site);
});
afterEach(() => profile[Symbol.asyncDispose]());

const ALL = { filter: {}, sort: "title", descending: false, offset: 0, limit: 100 } as const;

function databasePath(): string {
  return join(profile.appData, "sync.db");
}

/** Closes the engine, does something to the database's file, and opens another engine on it. */
async function spoil(work: (path: string) => void): Promise<void> {
  await profile.engine.close();
  for (const name of readdirSync(profile.appData)) {
    if (name.includes(".backup-")) Deno.removeSync(join(profile.appData, name));
  }
  work(databasePath());
  await profile.reopen();
}

/** What the library has, without what a new database counts anew. */
function library() {
  const { rows } = profile.engine.library.query(ALL);
  return rows.map(({ id }) => {
    const { addedAt: _a, seenScan: _s, syncedAt: _y, ...asset } = profile.engine.library
      .asset({ id });
    return {
      ...asset,
      fileRows: asset.fileRows.map(({ job: _j, verifiedAt: _v, verdict: _w, ...row }) => row),
    };
  }).sort((a, b) => a.id < b.id ? -1 : 1);
}

/** Signs in again where that was lost, too, and syncs. */
async function syncAgain() {
  const { engine } = profile;
  const [account] = engine.accounts.list();
  if (account?.account === null) {
    await engine.accounts.login({ provider: "mmf", scheme: "session", secret: site.session });
  }
  return await engine.sync();
}

/** Flips bits in bytes of a file that are spread over it by chance. */
function flip(path: string, seed: number, from = 0): void {
  const random = seededRandom(seed);
  const bytes = readFileSync(path);
  for (let n = 0; n < 400; n++) {
    const at = from + Math.floor(random.next() * (bytes.length - from));
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random.next() * 8));
  }
  writeFileSync(path, bytes);
}

const SPOILS: readonly (readonly [string, (path: string) => void])[] = [
  ["is deleted", (path) => Deno.removeSync(path)],
  ["has a header of zeros", (path) => {
    const bytes = readFileSync(path);
    bytes.fill(0, 0, 100);
    writeFileSync(path, bytes);
  }],
  ["is cut in half", (path) => Deno.truncateSync(path, readFileSync(path).length >> 1)],
  ["is a page of text", (path) => writeFileSync(path, "no database ".repeat(400))],
  ["is empty", (path) => writeFileSync(path, "")],
  ...[1, 2, 3, 4, 5].map((seed) =>
    [`has random bits flipped (seed ${seed})`, (path: string) => flip(path, seed)] as const
  ),
];

test.each(SPOILS)(
  "a database that %s is rebuilt, and nothing is fetched again",
  async (_, work) => {
    const first = await profile.engine.sync();
    const before = library();
    await spoil(work);
    // Damage that no look at the file tells shows when a statement meets it; the next start mends it.
    const again = await syncAgain().catch(async () => {
      await profile.reopen();
      return await syncAgain();
    });
    expect(again).toMatchObject({ fetched: 0, missing: 0, failed: 0, problems: [] });
    expect(again).toMatchObject({ assets: first.assets, files: first.files, bytes: first.bytes });
    const mended = profile.heard.some(({ event }) => event === "rebuildEnded");
    if (mended) expect(onDisk(library())).toEqual(onDisk(before));
    expect(await profile.engine.verify()).toMatchObject({ ok: first.files, missing: 0, hash: 0 });
  },
);

/** Models without a file of their own have no folder that knows of them. */
function onDisk(models: ReturnType<typeof library>) {
  return models.filter(({ files }) => files > 0);
}

test("what was lost is told, until the next start", async () => {
  await profile.engine.sync();
  const { filesHere, bytesHere } = profile.engine.status().library;
  await spoil((path) => writeFileSync(path, "no database ".repeat(400)));
  const { recovered } = profile.engine.status();
  expect(recovered).toMatchObject({
    aside: expect.stringMatching(/sync\.db\.damaged-/),
    backupAt: null,
    rebuilt: { files: filesHere, bytes: bytesHere, odd: 0, foreign: 0 },
  });
  expect(existsSync(recovered?.aside ?? "")).toBe(true);
  await profile.reopen();
  expect(profile.engine.status().recovered).toBeNull();
});

test("a backup brings back what no folder knows, and the folders what is newer", async () => {
  await profile.engine.sync();
  const [first] = profile.engine.library.query(ALL).rows;
  const id = first?.id ?? "";
  await profile.engine.library.setWanted({ which: [id], wanted: false });
  expect(readdirSync(profile.appData).some((name) => name.includes(".backup-"))).toBe(true);
  await profile.engine.close();
  writeFileSync(databasePath(), "no database ".repeat(400));
  await profile.reopen();
  expect(profile.engine.status().recovered).toMatchObject({ backupAt: expect.any(Number) });
  expect(profile.engine.status().providers).toMatchObject([{ account: expect.any(String) }]);
  expect(await profile.engine.sync()).toMatchObject({ fetched: 0, missing: 0, problems: [] });
});

test("what the user removed stays removed, and what was not wanted is not fetched", async () => {
  await profile.engine.sync();
  const { engine } = profile;
  const models = library().filter(({ fileRows }) => fileRows.length > 1);
  const [kept, never] = models;
  const file = kept?.fileRows[0];
  await engine.files.remove({ assetId: kept?.id ?? "", fileIds: [file?.id ?? ""] });
  // Nothing on disk tells of it.
  await engine.files.remove({ assetId: never?.id ?? "" });
  const folder = join(profile.root, never?.folder ?? "");
  await spoil((path) => {
    Deno.removeSync(path);
    Deno.removeSync(folder, { recursive: true });
  });
  expect(await syncAgain()).toMatchObject({ fetched: 0 });
  expect(profile.engine.library.asset({ id: never?.id ?? "" }).wanted).toBe(false);
  const row = profile.engine.library.asset({ id: kept?.id ?? "" }).fileRows
    .find(({ id }) => id === file?.id);
  expect(row?.state).toBe("removed");
});

test("a library whose drive is away is read back when it is there again", async () => {
  await profile.engine.sync();
  const { files } = await profile.engine.sync();
  const away = `${profile.root}-away`;
  await profile.engine.close();
  Deno.renameSync(profile.root, away);
  for (const name of readdirSync(profile.appData)) {
    if (name.includes(".backup-")) Deno.removeSync(join(profile.appData, name));
  }
  flip(databasePath(), 7, 20 * 4096);
  Deno.writeTextFileSync(`${databasePath()}.suspect`, "");
  await profile.reopen();
  expect(profile.engine.status()).toMatchObject({
    recovered: { rebuilt: null },
    library: { assets: 0 },
  });
  Deno.renameSync(away, profile.root);
  expect(await syncAgain()).toMatchObject({ fetched: 0, files });
});

test("rebuilding by hand changes nothing in a library that is well", async () => {
  await profile.engine.sync();
  const before = library();
  const summary = await profile.engine.rebuilding.run();
  expect(summary).toMatchObject({ added: 0, files: 0, removed: 0, odd: 0 });
  expect(summary.known).toBe(summary.folders);
  expect(library()).toEqual(before);
});

test("a copy of a model folder is no second model", async () => {
  await profile.engine.sync();
  const folder = library().find((one) => one.filesHere > 0)?.folder ?? "";
  const from = join(profile.root, folder);
  const to = `${from} copy`;
  for (const path of filesBelow(from)) {
    Deno.mkdirSync(join(to, path, ".."), { recursive: true });
    Deno.copyFileSync(join(from, path), join(to, path));
  }
  expect(await profile.engine.rebuilding.run()).toMatchObject({ odd: 1, added: 0 });
});

test("a dry run changes nothing: neither in the profile nor in the library", async () => {
  await profile.engine.sync();
  const [first] = library();
  await profile.engine.library.setWanted({ which: [first?.id ?? ""], wanted: false });
  const path = library().flatMap(({ fileRows }) => fileRows)[0]?.path ?? "";
  await profile.reopen();
  const before = hashes();
  // Something to find, so that something could change.
  const away = join(profile.root, path);
  const bytes = readFileSync(away);
  Deno.removeSync(away);
  const without = hashes();
  const summary = await profile.engine.sync({ dryRun: true });
  await profile.engine.close();
  expect(hashes()).toEqual(without);
  expect(summary).toMatchObject({ dryRun: true, fetched: 1, fetchedBytes: bytes.length });
  expect(before.size).toBe(without.size + 1);
});

/** Of every file of the profile and the library by its path; of the database what is in it. */
function hashes(): Map<string, string> {
  const all = new Map<string, string>();
  for (const folder of [profile.appData, profile.root]) {
    for (const path of filesBelow(folder)) {
      // The lock and the journal come and go with the process.
      if (/\.lock$|lock|-(wal|shm)$/.test(path)) continue;
      const hash = createHash("sha256").update(readFileSync(join(folder, path))).digest("hex");
      all.set(join(folder, path), hash);
    }
  }
  return all;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
