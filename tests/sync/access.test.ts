import { afterAll, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

let site: Simulator;
let profile: TestProfile;

beforeAll(async () => {
  site = await startSimulator({ objects: 30, seed: 11, oddities: false });
  profile = await openTestProfile(site);
  await profile.engine.sync();
});

afterAll(async () => {
  await profile[Symbol.asyncDispose]();
  await site.close();
});

const ALL = { filter: {}, sort: "title", descending: false, offset: 0, limit: 500 } as const;

const assetOf = (id: number) => profile.engine.library.asset({ id: `mmf:object-${id}` });

function someObject(skip: number): number {
  const id = site.world.downloadableIds()[skip];
  if (id === undefined) throw new Error("The library is too small");
  return id;
}

/** Whatever the site does to an object, all files that were here stay, and are verified as before. */
async function expectNothingLost(id: number, before: ReturnType<typeof assetOf>): Promise<void> {
  const here = (asset: typeof before) =>
    asset.fileRows.filter(({ downloadedAt }) => downloadedAt !== null)
      .map(({ path, sha256 }) => `${path} ${sha256}`);
  expect(here(before).length).toBeGreaterThan(0);
  expect(here(assetOf(id))).toEqual(here(before));
  const verified = await profile.engine.verify({ assetIds: [`mmf:object-${id}`] });
  expect(verified).toMatchObject({ ok: here(before).length, missing: 0, hash: 0, size: 0 });
}

const changes = {
  lockWith401: (id: number) => site.world.lockObject(id, 401),
  lockWith403: (id: number) => site.world.lockObject(id, 403),
  deleteObject: (id: number) => site.world.deleteObject(id),
  withdrawObject: (id: number) => site.world.withdrawObject(id),
  revokeObject: (id: number) => site.world.revokeObject(id),
};

test.each(
  [
    ["lockWith401", { availability: "locked", denied: "locked", denial: { kind: "locked" } }],
    ["lockWith403", { availability: "locked", denied: "locked", denial: { kind: "locked" } }],
    ["deleteObject", { availability: "locked", denied: "gone", denial: { kind: "gone" } }],
    ["withdrawObject", { availability: "withdrawn", denied: null, denial: null }],
    ["revokeObject", { availability: "gone", denied: null, denial: null }],
  ] as const,
)(
  "%s leaves all on disk, is told as what it is, and is taken back with the site",
  async (change, told) => {
    const id = someObject(4);
    const before = assetOf(id);
    changes[change](id);
    expect(await profile.engine.sync({ full: true })).toMatchObject({ fetched: 0, failed: 0 });
    expect(assetOf(id)).toMatchObject(told);
    const availability = told.denied === "gone" ? "vanished" : told.availability;
    const filter = { availability } as const;
    const { rows } = profile.engine.library.query({ ...ALL, filter });
    expect(rows.map((row) => row.id)).toEqual([`mmf:object-${id}`]);
    expect(profile.engine.library.facets().availabilities)
      .toContainEqual({ value: availability, assets: 1 });
    await expectNothingLost(id, before);
    site.world.restoreObject(id);
    expect(await profile.engine.sync({ full: true })).toMatchObject({ fetched: 0 });
    expect(assetOf(id)).toMatchObject({ availability: "public", denied: null, denial: null });
  },
);

test("a model that was locked when it was first seen comes after a new sign-in, without a change on the site", async () => {
  const id = site.world.addObject();
  site.world.lockObject(id);
  await profile.engine.sync();
  expect(assetOf(id)).toMatchObject({ denied: "locked", filesHere: 0 });
  site.world.restoreObject(id);
  expect(await profile.engine.sync()).toMatchObject({ fetched: 0 });
  await profile.engine.accounts.login({ provider: "mmf", scheme: "session", secret: site.session });
  await profile.engine.sync();
  const { files, filesHere, denial } = assetOf(id);
  expect(filesHere).toBe(files);
  expect(files).toBeGreaterThan(0);
  expect(denial).toBeNull();
});

test("a session that has ended is told as such, and no model is taken for lost", async () => {
  const { rows: before } = profile.engine.library.query(ALL);
  site.world.signIn("session", false);
  const { problems } = await profile.engine.sync({ full: true });
  expect(problems).toMatchObject([{ provider: "mmf", error: { code: "needsAuth" } }]);
  expect(profile.engine.library.query(ALL).rows).toEqual(before);
  site.world.signIn("session", true);
});
