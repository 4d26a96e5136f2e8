import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Asset, AssetFile, LibraryPage } from "../sdk/mod.ts";
import provider, { createProvider } from "./provider.ts";
import { type Simulator, startSimulator } from "./simulator/mod.ts";
import { FakeHostError } from "./testing/fake_host.ts";
import { FetchHost } from "./testing/fetch_host.ts";

let sim: Simulator;
let host: FetchHost;

beforeAll(async () => {
  sim = await startSimulator({ objects: 70 });
  host = new FetchHost(sim.connectTo, { cookie: sim.session });
});
afterAll(() => sim.close());

async function library(): Promise<LibraryPage> {
  const page = await createProvider().libraryPage(host, null);
  expect(page.next).toBeNull();
  return page;
}

/** Files of an asset, null when it is locked. */
async function filesOf(asset: Asset): Promise<readonly AssetFile[] | null> {
  try {
    return (await provider.fileMeta(host, asset)).files;
  } catch (error) {
    if (error instanceof FakeHostError && error.code === "locked") return null;
    throw error;
  }
}

async function find(objectId: number): Promise<Asset> {
  const asset = (await library()).assets.find(({ id }) => id === `object-${objectId}`);
  if (asset === undefined) throw new Error(`object-${objectId} is not listed`);
  return asset;
}

async function download(file: AssetFile): Promise<Uint8Array> {
  const lease = await provider.downloadUrl(host, file);
  const response = await host.get(new URL(lease.url));
  expect(response.status, lease.url).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

test("authenticate() knows the account by session and by token", async () => {
  const byToken = new FetchHost(sim.connectTo, { authorization: `Bearer ${sim.token}` });
  const account = await provider.authenticate(host);
  expect(account).toEqual({ id: "4242", name: "Sample Collector" });
  expect(await provider.authenticate(byToken)).toEqual(account);
  await expect(provider.authenticate(new FetchHost(sim.connectTo, {})))
    .rejects.toMatchObject({ code: "needsAuth" });
});

test("libraryPage() finds all that the site lists", async () => {
  const page = await library();
  const listing = sim.listing();
  expect(page.seen).toBe(listing.rows);
  expect(page.merged).toBe(listing.repeated);
  expect(page.quarantined).toHaveLength(listing.malformed);
  expect(page.assets).toHaveLength(listing.objects + listing.bundles);
  const byToken = new FetchHost(sim.connectTo, { authorization: `Bearer ${sim.token}` });
  await expect(createProvider().libraryPage(byToken, null))
    .rejects.toMatchObject({ code: "needsAuth" });
});

test("fileMeta() and downloadUrl() give exactly the files that the account owns", async () => {
  const found: string[] = [];
  for (const asset of (await library()).assets) {
    for (const file of await filesOf(asset) ?? []) {
      const object = asset.id.replace("object-", "");
      found.push([object, file.kind, file.name, sha256(await download(file))].join(" "));
    }
  }
  const owned = [...sim.reference()].map((file) =>
    [file.objectId, file.kind, file.name, file.sha256()].join(" ")
  );
  expect(found.sort()).toEqual(owned.sort());
}, 60_000);

test("fileMeta() shows a change of content and none where there is none", async () => {
  for (const id of sim.world.downloadableIds().slice(-6)) {
    const revisions = async () => {
      const asset = await find(id);
      const files = await filesOf(asset) ?? [];
      return { asset: asset.revision, files: files.map((file) => `${file.id} ${file.revision}`) };
    };
    const before = await revisions();
    expect(await revisions()).toEqual(before);
    sim.world.renameFile(id);
    expect((await revisions()).files).toEqual(before.files);
    sim.world.replaceArchive(id);
    const after = await revisions();
    expect(after.asset).not.toBe(before.asset);
    expect(after.files[0]).not.toBe(before.files[0]);
    expect(after.files.slice(1)).toEqual(before.files.slice(1));
  }
});

test("downloadUrl() says why there is no file", async () => {
  const id = sim.world.downloadableIds()[0] ?? 0;
  const file = (await filesOf(await find(id)))?.find(({ kind }) => kind === "model");
  if (file === undefined) throw new Error(`object-${id} has no file`);
  const fault = sim.faults.add({ on: "www", path: "/download/" }, { mode: "throttle403" });
  await expect(provider.downloadUrl(host, file)).rejects.toMatchObject({ code: "throttled" });
  fault.remove();
  for (const status of [401, 403] as const) {
    sim.world.lockObject(id, status);
    await expect(provider.downloadUrl(host, file)).rejects.toMatchObject({ code: "locked" });
  }
  sim.world.restoreObject(id);
  sim.world.signIn("session", false);
  await expect(provider.downloadUrl(host, file)).rejects.toMatchObject({ code: "needsAuth" });
  await expect(createProvider().libraryPage(host, null))
    .rejects.toMatchObject({ code: "needsAuth" });
  sim.world.signIn("session", true);
});
