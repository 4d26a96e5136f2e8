import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SyncSummary } from "../../extensions/sync-engine/protocol.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

let site: Simulator;
let profile: TestProfile;

beforeAll(async () => {
  site = await startSimulator({ objects: 60, seed: 7 });
  profile = await openTestProfile(site);
});

afterAll(async () => {
  await profile[Symbol.asyncDispose]();
  await site.close();
});

/** Syncs; says what was fetched, as `<asset>/<file>` ids without the provider. */
async function sync(): Promise<{ summary: SyncSummary; fetched: string[] }> {
  profile.heard.length = 0;
  const summary = await profile.engine.sync();
  const fetched = profile.heard.flatMap(({ event, data }) =>
    event === "fileDone" ? [data.fileId.replace("mmf:", "")] : []
  );
  return { summary, fetched: fetched.sort() };
}

function tallyOf(summary: SyncSummary) {
  const [scan] = summary.scans;
  if (!scan) throw new Error("There was no scan");
  return scan;
}

/** Hashes of all models and images below the root, whatever they are called. */
function hashesOnDisk(): string[] {
  return hashesOf(/[\\/](files|renders)$/);
}

/** Hashes of the files in all folders whose path matches. */
function hashesOf(folders: RegExp): string[] {
  return filesIn(profile.root, folders)
    .map((path) => createHash("sha256").update(Deno.readFileSync(path)).digest("hex")).sort();
}

function filesIn(folder: string, folders: RegExp): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return filesIn(path, folders);
    return folders.test(folder) ? [path] : [];
  });
}

function expectReference(): void {
  const wanted = [...site.reference()].map((file) => file.sha256()).sort();
  expect(hashesOnDisk()).toEqual(wanted);
}

/** An object with an archive of its own that can be downloaded. */
function someObject(skip: number): number {
  const id = site.world.downloadableIds()[skip];
  if (id === undefined) throw new Error("The library is too small");
  return id;
}

test("a first sync brings the whole library, and its tally accounts for every item", async () => {
  const { summary } = await sync();
  const { rows, repeated, malformed } = site.listing();
  const { seen, kept, merged, quarantined, added } = tallyOf(summary);
  expect({ seen, merged, quarantined }).toEqual({
    seen: rows,
    merged: repeated,
    quarantined: malformed,
  });
  expect(kept + merged + quarantined).toBe(seen);
  expect(added).toBe(kept);
  expect(summary).toMatchObject({ failed: 0, waiting: 0, problems: [] });
  expect(summary.fetched).toBe([...site.reference()].length);
  expectReference();
});

test("a second sync asks for the list and nothing else, and forgets no name", async () => {
  const releases = () =>
    profile.engine.library.releases({ kind: "release", offset: 0, limit: 500 }).rows;
  const before = releases();
  expect(before.length).toBeGreaterThan(0);
  site.requests.clear();
  const { summary, fetched } = await sync();
  expect(fetched).toEqual([]);
  expect(summary.fetched).toBe(0);
  expect(tallyOf(summary)).toMatchObject({ added: 0, updated: 0, removed: 0 });
  expect(site.requests.all().map(({ path }) => path)).toEqual(["/api/data-library/objectPreviews"]);
  expect(releases()).toEqual(before);
});

test("a replaced archive alone is fetched, and the old one is kept", async () => {
  const id = someObject(3);
  const before = hashesOnDisk();
  site.world.replaceArchive(id);
  const { summary, fetched } = await sync();
  expect(fetched).toHaveLength(1);
  expect(fetched[0]).toContain(`object-${id}/`);
  expect(tallyOf(summary)).toMatchObject({ added: 0, updated: 1, removed: 0 });
  expectReference();
  const after = hashesOnDisk();
  expect(hashesOf(/[\\/]\.versions$/)).toEqual(before.filter((hash) => !after.includes(hash)));
});

test("an added object alone is fetched", async () => {
  const id = site.world.addObject();
  const { summary, fetched } = await sync();
  expect(fetched.length).toBeGreaterThan(0);
  expect(fetched.every((file) => file.startsWith(`object-${id}/`))).toBe(true);
  expect(tallyOf(summary)).toMatchObject({ added: 1, updated: 0, removed: 0 });
  expectReference();
});

test("a withdrawn object is fetched no more and stays on disk", async () => {
  const before = hashesOnDisk();
  site.world.withdrawObject(someObject(5));
  const { summary, fetched } = await sync();
  expect(fetched).toEqual([]);
  expect(tallyOf(summary)).toMatchObject({ added: 0, removed: 0 });
  expect(hashesOnDisk()).toEqual(before);
});

test("a renamed object keeps its folder and its files, under its new title", async () => {
  const id = someObject(8);
  const folderOf = () => profile.engine.library.query(page(`mmf:object-${id}`)).rows[0]?.folder;
  const before = folderOf();
  site.world.renameObject(id, "Zyxwvut the Renamed");
  const { summary, fetched } = await sync();
  expect(fetched).toEqual([]);
  expect(tallyOf(summary)).toMatchObject({ added: 0, updated: 1, removed: 0 });
  expect(profile.engine.library.query({ ...page(), filter: { search: "zyxwvut" } }).total).toBe(1);
  expect(folderOf()).toBe(before);
});

test("an object that the account lost is gone from the library and not from disk", async () => {
  const before = hashesOnDisk();
  const id = someObject(10);
  site.world.revokeObject(id);
  const { summary, fetched } = await sync();
  expect(fetched).toEqual([]);
  expect(tallyOf(summary)).toMatchObject({ added: 0, removed: 1 });
  expect(hashesOnDisk()).toEqual(before);
  site.world.restoreObject(id);
  expect((await sync()).fetched).toEqual([]);
});

test("a file that vanished from disk is fetched again, and only that one", async () => {
  const file = anyFile();
  await Deno.remove(file);
  const { summary, fetched } = await sync();
  expect(summary.missing).toBe(1);
  expect(fetched).toHaveLength(1);
  expect((await Deno.stat(file)).isFile).toBe(true);
});

test("a root that was emptied stops the sync instead of filling it again", async () => {
  const away = `${profile.root}-unplugged`;
  await Deno.rename(profile.root, away);
  await expect(profile.engine.sync()).rejects.toMatchObject({ kind: "permission" });
  await Deno.mkdir(profile.root);
  await expect(profile.engine.sync()).rejects.toMatchObject({ kind: "permission" });
  expect([...Deno.readDirSync(profile.root)]).toEqual([]);
  await Deno.remove(profile.root);
  await Deno.rename(away, profile.root);
  expect((await sync()).fetched).toEqual([]);
});

test("an asset that is not wanted is not fetched, and what it has stays", async () => {
  const before = hashesOnDisk();
  const id = someObject(12);
  const which = [`mmf:object-${id}`];
  expect(await profile.engine.library.setWanted({ which, wanted: false }))
    .toMatchObject({ changed: 1 });
  site.world.replaceArchive(id);
  expect((await sync()).fetched).toEqual([]);
  expect(hashesOnDisk()).toEqual(before);
  await profile.engine.library.setWanted({ which, wanted: true });
  expect((await sync()).fetched).toHaveLength(1);
});

test("a dry run tells what would be fetched and changes nothing", async () => {
  site.world.replaceArchive(someObject(15));
  const status = profile.engine.status();
  profile.heard.length = 0;
  const summary = await profile.engine.sync({ dryRun: true });
  expect(summary).toMatchObject({ dryRun: true, fetched: 1 });
  expect(profile.heard.filter(({ event }) => event === "wouldFetch")).toHaveLength(1);
  expect(profile.engine.status()).toEqual(status);
  expect((await sync()).fetched).toHaveLength(1);
});

test("a sync ends with the same tree after the engine was closed and opened", async () => {
  await profile.reopen();
  expect((await sync()).fetched).toEqual([]);
});

function page(id?: string) {
  const everything = {
    filter: {},
    sort: "title",
    descending: false,
    offset: 0,
    limit: 500,
  } as const;
  if (id === undefined) return everything;
  const { rows } = profile.engine.library.query(everything);
  return { ...everything, offset: rows.findIndex((row) => row.id === id), limit: 1 };
}

function anyFile(): string {
  const [file] = filesIn(profile.root, /[\\/]files$/);
  if (file === undefined) throw new Error("There is no file below the root");
  return file;
}
