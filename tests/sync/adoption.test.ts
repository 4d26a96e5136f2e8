import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

let site: Simulator;
/** Everything that the site has, as another computer of the user has it. */
let other: TestProfile;
let profile: TestProfile;
/** A folder with some files in it that the user has. */
let mine: string;
beforeAll(async () => {
  site = await startSimulator({ objects: 12, oddities: false });
  other = await openTestProfile(site);
  await other.engine.sync();
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await site.close();
});
beforeEach(async () => {
  profile = await openTestProfile(site, { config: { fetchesByItself: false } });
  mine = await Deno.makeTempDir({ prefix: "mmfsync-mine-" });
});
afterEach(async () => {
  await profile[Symbol.asyncDispose]();
  await Deno.remove(mine, { recursive: true });
});

const ALL = { filter: {}, sort: "title", descending: false, offset: 0, limit: 100 } as const;

function filesOf({ engine }: TestProfile) {
  return engine.library.query(ALL).rows.flatMap(({ id }) => engine.library.asset({ id }).fileRows);
}

function here(of: TestProfile) {
  return filesOf(of).filter(({ state }) => state === "here");
}

/** All in one folder, as browsers save them: what has the name of another gets a number. */
function asDownloads(): number {
  const files = here(other);
  for (const { path } of files) {
    const name = basename(path);
    const at = name.lastIndexOf(".");
    let target = join(mine, name);
    for (let n = 1; existsSync(target); n++) {
      target = join(mine, `${name.slice(0, at)} (${n})${name.slice(at)}`);
    }
    cpSync(join(other.root, path), target);
  }
  writeFileSync(join(mine, "holiday.jpg"), "not of the library");
  return files.length;
}

test("what the user has is not fetched", async () => {
  const all = asDownloads();
  const summary = await profile.engine.adoption.run({ folder: mine });
  expect(summary.looked).toBe(all + 1);
  const { adopted, here: had, ambiguous, unknown, own, failed } = summary;
  expect(adopted + had + ambiguous + unknown + own + failed).toBe(summary.looked);
  expect(summary).toMatchObject({ failed: 0, own: 0 });
  expect(adopted).toBeGreaterThan(0);
  expect(here(profile)).toHaveLength(adopted);
  const sync = await profile.engine.sync();
  expect(sync).toMatchObject({ fetched: all - adopted, failed: 0, problems: [] });
  expect(await profile.engine.verify()).toMatchObject({ ok: all, hash: 0, size: 0, missing: 0 });
  // Nobody's originals were touched.
  expect(readdirSync(mine)).toHaveLength(all + 1);
});

test("a library that another computer made is taken over whole, by its sidecars", async () => {
  const all = here(other).length;
  cpSync(other.root, mine, { recursive: true });
  const summary = await profile.engine.adoption.run({ folder: mine, how: "move" });
  expect(summary).toMatchObject({ adopted: all, by: { sidecar: all }, ambiguous: 0, failed: 0 });
  expect(await profile.engine.sync()).toMatchObject({ fetched: 0 });
  expect(profile.heard.filter(({ event }) => event === "adopted")).toHaveLength(all);
  expect(filesOf(profile).every(({ recognisedBy }) => recognisedBy === "sidecar")).toBe(true);
});

test("a dry run of an adoption changes nothing, and needs to know the files", async () => {
  asDownloads();
  await expect(profile.engine.adoption.run({ folder: mine, dryRun: true })).rejects
    .toMatchObject({ kind: "badInput" });
  await profile.engine.library.setWanted({ which: {}, wanted: true });
  await profile.engine.adoption.run({ folder: profile.appData });
  const summary = await profile.engine.adoption.run({ folder: mine, dryRun: true });
  expect(summary.adopted).toBeGreaterThan(0);
  expect(here(profile)).toEqual([]);
  const real = await profile.engine.adoption.run({ folder: mine });
  expect(real).toMatchObject({ adopted: summary.adopted, ambiguous: summary.ambiguous });
});

test("the user chooses where it is not clear", async () => {
  await profile.engine.adoption.run({ folder: profile.appData });
  const [file] = filesOf(profile);
  writeFileSync(join(mine, "mine.bin"), "whatever it is");
  const choices = [{ path: "mine.bin", fileId: file?.id ?? "" }];
  const summary = await profile.engine.adoption.run({ folder: mine, choices });
  expect(summary).toMatchObject({ looked: 1, adopted: 1, by: { chosen: 1 } });
  expect(readFileSync(join(profile.root, file?.path ?? ""), "utf8")).toBe("whatever it is");
  await expect(profile.engine.adoption.run({ folder: mine, choices })).rejects
    .toMatchObject({ kind: "badInput" });
});

test("an adoption runs alone, tells how it ended, and can be stopped", async () => {
  asDownloads();
  expect(profile.engine.adoption.start({ folder: mine, how: "copy", look: true, dryRun: false }))
    .toEqual({ started: true });
  expect(profile.engine.status().busy).toBe("adopt");
  expect(() => profile.engine.startSync({})).toThrow("adopt is running");
  profile.engine.stop();
  while (profile.engine.status().busy !== null) await new Promise((done) => setTimeout(done, 5));
  expect(profile.heard.find(({ event }) => event === "adoptEnded")?.data)
    .toMatchObject({ error: { code: "cancelled" } });
});

test("versions are kept, told, put back and deleted", async () => {
  const { engine } = profile;
  await engine.sync();
  const [file] = here(profile).filter(({ kind }) => kind === "model");
  const id = file?.id ?? "";
  const assetId = id.slice(0, id.indexOf("/"));
  const path = join(profile.root, file?.path ?? "");
  const original = readFileSync(path);
  writeFileSync(path, "cut with a knife");
  await engine.files.refetch({ assetId, fileIds: [id] });
  await engine.sync();
  expect(readFileSync(path)).toEqual(original);

  const listed = await engine.versions.list({ offset: 0, limit: 10 });
  const version = listed.rows[0]?.version ?? "";
  expect(listed).toMatchObject({ total: 1, bytes: 16, rows: [{ assetId, fileId: id, size: 16 }] });
  expect(await engine.versions.restore({ assetId, version })).toEqual({ path: file?.path });
  expect(readFileSync(path, "utf8")).toBe("cut with a knife");
  // It stays, because the user wanted it so.
  expect(await engine.sync()).toMatchObject({ fetched: 0 });
  expect(await engine.verify({ assetIds: [assetId] })).toMatchObject({ hash: 0, size: 0 });

  const now = await engine.versions.list({ assetId, offset: 0, limit: 10 });
  expect(now).toMatchObject({ total: 1, bytes: original.length });
  expect(await engine.versions.drop({ assetId, olderThan: 1 })).toEqual({ dropped: 0, bytes: 0 });
  await expect(engine.versions.drop({ versions: [version] })).rejects.toThrow("which model");
  expect(await engine.versions.drop({})).toEqual({ dropped: 1, bytes: original.length });
  expect(existsSync(join(path, "..", "..", ".versions"))).toBe(false);
  await expect(engine.versions.restore({ assetId, version })).rejects
    .toMatchObject({ kind: "gone" });
});

test("library.export writes a whole file into the profile", async () => {
  await profile.engine.sync();
  const json = await profile.engine.exporting.write({ format: "json" });
  expect(JSON.parse(readFileSync(json.path, "utf8")).assets).toHaveLength(json.assets);
  const csv = await profile.engine.exporting.write({ format: "csv" });
  expect(readFileSync(csv.path, "utf8").split("\r\n").length).toBeGreaterThan(csv.files);
  expect(readdirSync(join(profile.appData, "exports"))).toHaveLength(2);
  mkdirSync(join(mine, "taken"));
  await expect(profile.engine.exporting.write({ format: "csv" }, join(mine, "taken"))).rejects
    .toThrow();
});
