import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dispatch } from "../../extensions/sync-engine/rpc/dispatcher.ts";
import { App } from "../../extensions/sync-engine/app/app.ts";
import { createServices, type Services } from "../../extensions/sync-engine/app/services.ts";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import { handlersOf } from "../../extensions/sync-engine/rpc/handlers.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { type Heard, openTestProfile, type TestProfile } from "../support/profile.ts";

/** Objects and the bundles that hold some of them. */
const ASSETS = 13;

const ALL = { filter: {}, sort: "title", descending: false, offset: 0, limit: 5 } as const;

let site: Simulator;
let profile: TestProfile;
let services: Services;

beforeAll(async () => {
  site = await startSimulator({ objects: 12, oddities: false });
  profile = await openTestProfile(site);
  const { root } = profile;
  services = await createServices({
    version: "0.0.0",
    os: "linux",
    fs: createDiskFs(),
    clock: systemClock,
    run: () => Promise.reject(new Error("Nothing is to be run")),
    launch: () => Promise.reject(new Error("Nothing is to be opened")),
    env: () => undefined,
    home: root,
    platform: {},
    isLocal: false,
    launchCommand: null,
    shutdown: () => {},
  });
});

afterAll(async () => {
  await profile[Symbol.asyncDispose]();
  await site.close();
});

/** Calls a method as a front end does. */
async function call(method: string, params: unknown = {}): Promise<Record<string, unknown>> {
  const frame = JSON.stringify({ id: 1, method, params });
  const { engine, root: appData } = profile;
  const library = { engine, appData, close: () => Promise.resolve() };
  // For each call: the tests open the profile anew.
  const app = await App.open(() => Promise.resolve(library), "demo");
  const handlers = handlersOf({
    app,
    services,
    uploads: { take: () => [] },
    mediaBase: () => null,
  });
  const faults: unknown[] = [];
  const answer = await dispatch(handlers, frame, (...fault) => faults.push(fault));
  expect(faults).toEqual([]);
  return JSON.parse(answer);
}

/** Waits for an event that comes by itself. */
async function heard<E extends Heard["event"]>(event: E): Promise<Heard> {
  for (;;) {
    const found = profile.heard.find((one) => one.event === event);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("verify before the first sync finds nothing and makes no folder", async () => {
  expect(await profile.engine.verify()).toMatchObject({ ok: 0, missing: 0, repair: null });
  expect(existsSync(profile.root)).toBe(false);
});

test("sync.start works in the background and tells how it ended", async () => {
  expect(await call("sync.start")).toEqual({ id: 1, result: { started: true } });
  expect(profile.engine.status().busy).toBe("sync");
  expect(await call("sync.start")).toMatchObject({ error: { code: "badInput" } });
  const { data } = await heard("syncEnded");
  expect(data).toMatchObject({ summary: { assets: ASSETS, failed: 0 } });
  expect(profile.engine.status().busy).toBeNull();
});

test("engine.status tells library, queue and sign-in at a glance", async () => {
  const { result } = await call("engine.status");
  expect(result).toMatchObject({
    root: profile.root,
    busy: null,
    queue: { queued: 0, failed: 0 },
    library: { assets: ASSETS },
    providers: [{ id: "mmf", enabled: true, account: "Sample Collector", pause: null }],
    recovered: null,
    offline: null,
  });
});

test("library.query pages, searches and filters; library.setWanted marks what matches", async () => {
  const { result } = await call("library.query", { limit: 5, offset: 10 });
  expect(result).toMatchObject({ total: ASSETS, rows: { length: 3 } });
  expect(await call("library.setWanted", { which: { wanted: true }, wanted: false }))
    .toMatchObject({ result: { changed: ASSETS } });
  expect(await call("library.query", { filter: { wanted: true } }))
    .toMatchObject({ result: { total: 0 } });
  expect(await call("library.setWanted", { which: {}, wanted: true }))
    .toMatchObject({ result: { changed: ASSETS } });
});

test("library.quarantine pages what was not understood", async () => {
  expect(await call("library.quarantine", { provider: "mmf", limit: 5 }))
    .toEqual({ id: 1, result: { rows: [], total: 0 } });
  expect(await call("library.quarantine", { limit: 501 })).toMatchObject({ error: {} });
});

test("LibraryView.unknownIds() tells which ids no asset has", () => {
  const [row] = profile.engine.library.query({ ...ALL, limit: 1 }).rows;
  expect(profile.engine.library.unknownIds(["nope", row?.id ?? ""])).toEqual(["nope"]);
});

test("history.list and downloads.list page what was and what is to come", async () => {
  const { fetched } = await profile.engine.sync();
  expect(fetched).toBe(0);
  expect(await call("history.list", { outcome: "failed" })).toMatchObject({ result: { total: 0 } });
  const { result } = await call("history.list", { limit: 3 });
  expect(result).toMatchObject({ rows: { length: 3 } });
  expect(await call("downloads.list")).toMatchObject({ result: { total: 0, rows: [] } });
});

test("settings.set changes what it is given and keeps it", async () => {
  expect(await call("settings.set", { concurrency: 5 })).toMatchObject({
    result: { concurrency: 5, newWanted: true, root: profile.root },
  });
  await profile.reopen();
  expect(await call("settings.get")).toMatchObject({ result: { concurrency: 5 } });
});

test("plugins.setEnabled keeps a provider out of syncs, but not out of one that asks for it", async () => {
  await call("plugins.setEnabled", { id: "mmf", enabled: false });
  await expect(profile.engine.sync()).rejects.toMatchObject({ kind: "needsAuth" });
  expect((await profile.engine.sync({ providers: ["mmf"] })).problems).toEqual([]);
  await expect(profile.engine.sync({ providers: ["nope"] })).rejects.toThrow('no provider "nope"');
  await call("plugins.setEnabled", { id: "mmf", enabled: true });
  expect(await call("plugins.setEnabled", { id: "nope", enabled: true }))
    .toMatchObject({ error: { code: "badInput" } });
});

test("accounts.login refuses a wrong secret and keeps the one before", async () => {
  const login = (scheme: string, secret: string) =>
    call("accounts.login", { provider: "mmf", scheme, secret });
  expect(await login("session", "PHPSESSID=wrong")).toMatchObject({ error: { code: "needsAuth" } });
  expect(await login("carrier-pigeon", "x")).toMatchObject({ error: { code: "badInput" } });
  expect((await profile.engine.sync()).problems).toEqual([]);
});

test("a session that ends leaves the library alone and says what to do", async () => {
  site.world.signIn("session", false);
  const { problems, assets } = await profile.engine.sync();
  expect(problems).toMatchObject([{ provider: "mmf", error: { code: "needsAuth" } }]);
  expect(assets).toBe(ASSETS);
  expect(
    profile.engine.library.query({
      filter: {},
      sort: "title",
      descending: false,
      offset: 0,
      limit: 1,
    })
      .rows[0]?.availability,
  ).toBe("public");
  site.world.signIn("session", true);
  expect((await profile.engine.sync()).problems).toEqual([]);
});

test("doctor.run finds everything in order, and a root that is away", async () => {
  expect(await call("doctor.run")).toMatchObject({ result: { ok: true } });
  await Deno.rename(profile.root, `${profile.root}-away`);
  const { result } = await call("doctor.run");
  expect(result).toMatchObject({ ok: false });
  await Deno.rename(`${profile.root}-away`, profile.root);
});

test("verify finds each kind of damage and repairs it without losing what was there", async () => {
  const [first, second, third] = profile.heard.flatMap(({ event, data }) =>
    event === "fileDone" && /\/files\//.test(data.path) ? [data.path] : []
  );
  if (!first || !second || !third) throw new Error("There are too few files");
  const at = (path: string) => join(profile.root, path);
  await Deno.remove(at(first));
  await Deno.writeFile(at(second), new Uint8Array([1]), { append: true });
  const bytes = await Deno.readFile(at(third));
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await Deno.writeFile(at(third), bytes);
  await Deno.writeTextFile(at(`${first}.notes.txt`), "mine");
  profile.heard.length = 0;

  const found = await profile.engine.verify();
  expect(found).toMatchObject({ missing: 1, size: 1, hash: 1, extra: 1, repair: null });
  expect(profile.heard.flatMap(({ event, data }) => event === "verdict" ? [data] : [])).toEqual(
    expect.arrayContaining([
      { fileId: expect.any(String), path: first, verdict: "MISSING" },
      { fileId: expect.any(String), path: second, verdict: "SIZE" },
      { fileId: expect.any(String), path: third, verdict: "HASH" },
      { fileId: null, path: `${first}.notes.txt`, verdict: "EXTRA" },
    ]),
  );

  expect(await profile.engine.verify({ repair: true })).toMatchObject({
    repair: { queued: 3, fetched: 3, failed: 0, waiting: 0, problems: [] },
  });
  expect(await profile.engine.verify()).toMatchObject({ missing: 0, size: 0, hash: 0, extra: 1 });
  expect(await Deno.readTextFile(at(`${first}.notes.txt`))).toBe("mine");
});

test("verify.start tells how it ended; sync.stop stops what runs", async () => {
  profile.heard.length = 0;
  await call("verify.start");
  await call("sync.stop");
  expect((await heard("verifyEnded")).data).toMatchObject({ error: { code: "cancelled" } });
});

test("a second engine on the same profile is refused while the first one lives", async () => {
  await expect(profile.openAnother()).rejects.toMatchObject({ kind: "badInput" });
});

test("an engine that only reads works beside the first one and changes nothing", async () => {
  const reader = await profile.openAnother({ readOnly: true });
  expect(reader.status()).toEqual(profile.engine.status());
  expect(reader.library.query(ALL))
    .toMatchObject({ total: ASSETS });
  expect(await reader.doctor()).toMatchObject({ ok: true });
  for (
    const change of [
      () => reader.sync(),
      () => reader.verify(),
      () => reader.accounts.logout({ provider: "mmf" }),
      () => reader.accounts.login({ provider: "mmf", scheme: "session", secret: "x" }),
      async () => void await reader.startSync({}),
      async () => void await reader.changeSettings({ concurrency: 9 }),
      () => reader.library.setWanted({ which: [], wanted: true }),
      () => reader.library.undoWanted({ undo: "any" }),
      async () => void await reader.setPluginEnabled("mmf", false),
    ]
  ) await expect(change()).rejects.toMatchObject({ kind: "badInput" });
  await reader.close();
});

test("an engine that only reads makes no profile", async () => {
  const appData = join(profile.appData, "nowhere");
  const reader = await profile.openAnother({ readOnly: true, appData });
  expect(reader.status().library.assets).toBe(0);
  await reader.close();
  expect(existsSync(appData)).toBe(false);
});

test("accounts.logout forgets the account and keeps the files", async () => {
  await call("accounts.logout", { provider: "mmf" });
  expect(profile.engine.status().providers).toMatchObject([{ account: null }]);
  await expect(profile.engine.sync()).rejects.toMatchObject({ kind: "needsAuth" });
  expect(await profile.engine.verify()).toMatchObject({ missing: 0 });
});

test("nothing secret and no name is in the log's clear fields", () => {
  const text = JSON.stringify(profile.log.entries);
  expect(text).not.toContain(site.session.split("=")[1]);
  expect(text).not.toContain("X-Amz-Signature");
});
