import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MARKER_NAME } from "../../extensions/sync-engine/files/marker.ts";
import { readSidecar } from "../../extensions/sync-engine/files/sidecar.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import type { AssetDetail, AssetFileRow } from "../../extensions/sync-engine/protocol.ts";
import { openStore } from "../../extensions/sync-engine/store/store.ts";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

let site: Simulator;
let profile: TestProfile;
/** A model with several files that are here. */
let model: AssetDetail;
let file: AssetFileRow;

beforeEach(async () => {
  site = await startSimulator({ objects: 10, oddities: false, fileSize: "tiny" });
  profile = await openTestProfile(site);
  await profile.engine.sync();
  const { rows } = library().query({
    filter: {},
    sort: "title",
    descending: false,
    offset: 0,
    limit: 50,
  });
  const row = rows.find(({ filesHere }) => filesHere > 2);
  model = library().asset({ id: row?.id ?? "" });
  file = model.fileRows.find(({ kind }) => kind === "model") ?? expect.unreachable();
  profile.heard.length = 0;
});

afterEach(async () => {
  await profile[Symbol.asyncDispose]();
  await site.close();
});

function library() {
  return profile.engine.library;
}

function at(path: string): string {
  return join(profile.root, path);
}

/** The file as the library shows it now. */
function now(id = file.id): AssetFileRow | undefined {
  return library().asset({ id: model.id }).fileRows.find((row) => row.id === id);
}

/** Waits until the engine has done what it started by itself. */
async function idle(): Promise<void> {
  while (profile.engine.status().busy !== null) await new Promise((done) => setTimeout(done, 5));
}

async function sidecarOf(path: string) {
  const sidecar = await readSidecar(createDiskFs(), path);
  return sidecar?.state === "ours" ? sidecar.sidecar.files : [];
}

test("library.asset tells everything about a model and its files", () => {
  expect(model).toMatchObject({ filesHere: model.fileRows.length, hasUpdates: false });
  expect(model.description).toEqual(expect.any(String));
  expect(file).toMatchObject({ state: "here", listed: true, job: null });
  expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(() => library().asset({ id: "mmf:object-0" })).toThrow(/no model "mmf:object-0"/);
});

test("files.remove deletes a file and no sync ever fetches it again, until files.restore", async () => {
  const { engine, root } = profile;
  await Deno.writeTextFile(at(file.path), "changed by somebody");
  expect(await engine.files.remove({ assetId: model.id, fileIds: [file.id] }))
    .toEqual({ removed: 1, bytes: 19 });
  expect(existsSync(at(file.path))).toBe(false);
  expect(now()).toMatchObject({ state: "removed", sha256: null });
  const sidecar = join(root, model.folder ?? "", "datapackage.json");
  expect((await sidecarOf(sidecar)).filter(({ removed }) => removed)).toHaveLength(1);
  expect(engine.history.list({ outcome: "removed", offset: 0, limit: 9 })).toMatchObject({
    total: 1,
    rows: [{ fileId: file.id, bytes: 19 }],
  });
  expect(await engine.sync({ full: true })).toMatchObject({ fetched: 0, missing: 0 });
  expect(await engine.verify()).toMatchObject({ missing: 0, extra: 0 });

  expect(await engine.files.restore({ assetId: model.id })).toEqual({ restored: 1 });
  await idle();
  expect(now()).toMatchObject({ state: "here", sha256: file.sha256 });
  expect(await engine.verify()).toMatchObject({ missing: 0, hash: 0 });
  expect((await sidecarOf(sidecar)).filter(({ removed }) => removed)).toEqual([]);
  expect(await engine.files.restore({ assetId: model.id })).toEqual({ restored: 0 });
});

test("files.remove takes a whole model away, and leaves the note of it and what is the user's", async () => {
  const { engine } = profile;
  const folder = at(model.folder ?? "");
  await Deno.writeTextFile(join(folder, "mine.txt"), "mine");
  const { removed, bytes } = await engine.files.remove({ assetId: model.id });
  expect(removed).toBe(model.fileRows.length);
  expect(bytes).toBe(model.bytesHere);
  expect([...Deno.readDirSync(folder)].map(({ name }) => name).sort())
    .toEqual(["datapackage.json", "mine.txt"]);
  expect(library().asset({ id: model.id })).toMatchObject({ files: 0, filesHere: 0, wanted: true });
  expect(await engine.files.remove({ assetId: model.id })).toEqual({ removed: 0, bytes: 0 });
});

test("files.remove touches nothing in a folder that is not the library's", async () => {
  const { engine } = profile;
  const remove = () => engine.files.remove({ assetId: model.id });
  const marker = await Deno.readTextFile(at(MARKER_NAME));
  await Deno.remove(at(MARKER_NAME));
  await expect(remove()).rejects.toMatchObject({ kind: "permission" });
  await Deno.writeTextFile(at(MARKER_NAME), marker.replace(/"id": "./, '"id": "z'));
  await expect(remove()).rejects.toMatchObject({ kind: "badInput" });
  await Deno.writeTextFile(at(MARKER_NAME), marker);
  expect(now()).toMatchObject({ state: "here" });
  expect(existsSync(at(file.path))).toBe(true);
});

test("files.remove follows no link out of the library", async () => {
  const folder = dirname(at(file.path));
  const elsewhere = `${profile.root}-elsewhere`;
  await Deno.rename(folder, elsewhere);
  await Deno.symlink(elsewhere, folder);
  const which = { assetId: model.id, fileIds: [file.id] };
  await expect(profile.engine.files.remove(which)).rejects.toMatchObject({ kind: "permission" });
  await expect(profile.engine.files.open(file.id)).rejects.toMatchObject({ kind: "permission" });
  expect(existsSync(join(elsewhere, file.name))).toBe(true);
  expect(now()).toMatchObject({ state: "here" });
});

test("the next sync ends a removal that a crash left under way", async () => {
  await profile.engine.close();
  const store = openStore({ dir: profile.appData, clock: systemClock });
  store.removals.begin([file.id]);
  store.close();
  const engine = await profile.reopen();
  expect(existsSync(at(file.path))).toBe(true);
  expect(await engine.sync()).toMatchObject({ fetched: 0, missing: 0 });
  expect(existsSync(at(file.path))).toBe(false);
  expect(now()).toMatchObject({ state: "removed", sha256: null });
});

test("files.refetch fetches what is fine, missing or removed, and keeps what was changed", async () => {
  const { engine } = profile;
  const [second, third] = model.fileRows.filter(({ id }) => id !== file.id);
  if (!second || !third) throw new Error("There are too few files");
  await Deno.writeTextFile(at(file.path), "changed by somebody");
  await Deno.remove(at(second.path));
  await engine.files.remove({ assetId: model.id, fileIds: [third.id] });
  const count = model.fileRows.length - 1;
  expect(await engine.files.refetch({ assetId: model.id })).toEqual({ queued: count });
  await idle();
  expect(profile.heard.filter(({ event }) => event === "fileDone")).toHaveLength(count);
  expect(now()).toMatchObject({ state: "here", sha256: file.sha256 });
  expect(now(second.id)).toMatchObject({ state: "here" });
  expect(now(third.id)).toMatchObject({ state: "removed" });
  const kept = [...Deno.readDirSync(at(`${model.folder}/.versions`))].map(({ name }) => name);
  expect(kept).toHaveLength(1);

  expect(await engine.files.refetch({ assetId: model.id, fileIds: [third.id] }))
    .toEqual({ queued: 1 });
  await idle();
  expect(now(third.id)).toMatchObject({ state: "here", sha256: third.sha256 });
  expect(await engine.verify()).toMatchObject({ missing: 0, hash: 0, size: 0 });
});

test("files.refetch and files.restore make the model wanted again", async () => {
  const { engine } = profile;
  await library().setWanted({ which: [model.id], wanted: false });
  await engine.files.refetch({ assetId: model.id, fileIds: [file.id] });
  await idle();
  expect(library().asset({ id: model.id }).wanted).toBe(true);
});

test("files.refetch says when the site has the files no more", async () => {
  await profile.engine.close();
  const store = openStore({ dir: profile.appData, clock: systemClock });
  store.assets.markGone([model.id]);
  store.close();
  const engine = await profile.reopen();
  await expect(engine.files.refetch({ assetId: model.id })).rejects.toMatchObject({ kind: "gone" });
  expect(now()).toMatchObject({ state: "here" });
});

test("what is not the model's is refused before anything is done", async () => {
  const { files } = profile.engine;
  const wrong = { assetId: model.id, fileIds: [file.id, "mmf:object-0/file-0"] };
  for (const which of [wrong, { assetId: "mmf:object-0" }]) {
    for (const change of ["refetch", "remove", "restore"] as const) {
      await expect(files[change](which)).rejects.toMatchObject({ kind: "badInput" });
    }
  }
  expect(now()).toMatchObject({ state: "here" });
});

test("an engine that only reads shows and opens files, and changes none", async () => {
  const reader = await profile.openAnother({ readOnly: true });
  expect(await reader.files.pathOf({ assetId: model.id })).toBe(at(model.folder ?? ""));
  expect(reader.library.asset({ id: model.id })).toEqual(model);
  for (const change of ["refetch", "remove", "restore"] as const) {
    await expect(reader.files[change]({ assetId: model.id }))
      .rejects.toMatchObject({ kind: "badInput" });
  }
  await reader.close();
});

test("FileActions.pathOf() is the place of a model or file, once it is there", async () => {
  const { files } = profile.engine;
  expect(await files.pathOf({ assetId: model.id, fileId: file.id })).toBe(at(file.path));
  await files.remove({ assetId: model.id, fileIds: [file.id] });
  await expect(files.pathOf({ assetId: model.id, fileId: file.id }))
    .rejects.toThrow(`The file "${file.name}" is not on your disk yet`);
  await Deno.remove(at(model.folder ?? ""), { recursive: true });
  await expect(files.pathOf({ assetId: model.id })).rejects.toThrow("This model is not on");
});

test("FileActions.open() reads a file that is here, and says when it is not", async () => {
  const { files } = profile.engine;
  const opened = await files.open(file.id);
  expect(opened).toMatchObject({ path: at(file.path), size: file.size, name: file.name });
  const bytes = new Uint8Array(opened.size);
  expect(await opened.file.read(bytes, 0)).toBeGreaterThan(0);
  opened.file.close();
  await files.remove({ assetId: model.id, fileIds: [file.id] });
  await expect(files.open(file.id)).rejects.toMatchObject({ kind: "gone" });
  await expect(files.open("mmf:object-0/file-0")).rejects.toMatchObject({ kind: "gone" });
});

test("library.undoWanted takes back just what was changed, once", async () => {
  const wanted = () => library().summary({ filter: { wanted: true } }).assets;
  const all = wanted();
  await library().setWanted({ which: [model.id], wanted: false });
  const { changed, undo } = await library().setWanted({ which: {}, wanted: false });
  expect([changed, wanted()]).toEqual([all - 1, 0]);
  expect(await library().undoWanted({ undo: undo ?? "" })).toEqual({ changed: all - 1 });
  expect(library().asset({ id: model.id }).wanted).toBe(false);
  await expect(library().undoWanted({ undo: undo ?? "" }))
    .rejects.toMatchObject({ kind: "badInput" });
  expect(await library().setWanted({ which: [], wanted: true })).toEqual({
    changed: 0,
    undo: null,
  });
});

test("verify of one model looks at its files and into its folder alone", async () => {
  const { engine, heard } = profile;
  await Deno.remove(at(file.path));
  await Deno.writeTextFile(at(`${model.folder}/mine.txt`), "mine");
  const other = library().query({
    filter: {},
    sort: "title",
    descending: true,
    offset: 0,
    limit: 50,
  }).rows.find(({ id, filesHere }) => id !== model.id && filesHere > 0);
  if (!other) throw new Error("There is one model only");
  await Deno.writeTextFile(at(`${other.folder}/mine.txt`), "mine");
  expect(await engine.verify({ assetIds: [model.id] })).toMatchObject({
    ok: model.fileRows.length - 1,
    missing: 1,
    extra: 1,
  });
  expect(heard.flatMap(({ event, data }) => event === "verdict" ? [data] : [])).toEqual([
    { fileId: file.id, path: file.path, verdict: "MISSING" },
    { fileId: null, path: `${model.folder}/mine.txt`, verdict: "EXTRA" },
  ]);
  expect(await engine.verify({ assetIds: [other.id] })).toMatchObject({ missing: 0, extra: 1 });
  await expect(engine.verify({ assetIds: ["mmf:object-0"] }))
    .rejects.toMatchObject({ kind: "badInput" });
});

test("files.remove stops what is being fetched, and a sync goes on with the rest", async () => {
  const slow = await startSimulator({
    objects: 10,
    oddities: false,
    fileSize: 3_000_000,
    bytesPerSecond: 300_000,
  });
  const other = await openTestProfile(slow);
  try {
    const { engine, heard, root } = other;
    engine.startSync({});
    const running = async () => {
      for (;;) {
        const news = heard.flatMap(({ event, data }) => event === "progress" ? data.running : []);
        const one = news.findLast(({ done, name }) => done > 0 && !/\.(png|jpe?g)$/.test(name));
        if (one) return one.fileId;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const fileId = await running();
    const assetId = fileId.slice(0, fileId.indexOf("/"));
    expect(await engine.files.remove({ assetId, fileIds: [fileId] })).toMatchObject({ removed: 1 });
    const row = engine.library.asset({ id: assetId }).fileRows.find(({ id }) => id === fileId);
    expect(row).toMatchObject({ state: "removed", job: null });
    const folder = dirname(join(root, row?.path ?? ""));
    const name = row?.path.split("/").at(-1) ?? "";
    const left = existsSync(folder) ? [...Deno.readDirSync(folder)].map((one) => one.name) : [];
    expect(left.filter((one) => one.startsWith(name))).toEqual([]);
    expect(engine.status().busy).toBe("sync");
  } finally {
    await other[Symbol.asyncDispose]();
    await slow.close();
  }
});

test("unwanting a model stops what is being fetched of it", async () => {
  const slow = await startSimulator({
    objects: 10,
    oddities: false,
    fileSize: 3_000_000,
    bytesPerSecond: 300_000,
  });
  const other = await openTestProfile(slow);
  try {
    const { engine } = other;
    engine.startSync({});
    while (engine.status().queue.running === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await engine.library.setWanted({ which: {}, wanted: false });
    expect(engine.status().queue).toMatchObject({ queued: 0, running: 0 });
  } finally {
    await other[Symbol.asyncDispose]();
    await slow.close();
  }
});
