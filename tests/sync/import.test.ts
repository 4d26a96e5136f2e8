import { afterAll, beforeAll, expect, test } from "vitest";
import type { SavedFile } from "../../extensions/sync-engine/library_import.ts";
import type { AssetRow } from "../../extensions/sync-engine/protocol.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

const SITE = "https://www.myminifactory.com";
const LIBRARY = "/api/data-library";

let site: Simulator;

beforeAll(async () => {
  site = await startSimulator({ library: "real", filesPerObject: 1, images: 1 });
}, 60_000);

afterAll(() => site.close());

function file(name: string, text: string): SavedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

/** What the browser of the user shows at an address of the site. */
async function shown(path: string): Promise<string> {
  const headers = { cookie: site.session };
  return await (await fetch(`${site.connectTo[SITE]}${path}`, { headers })).text();
}

/** The list alone, as a browser saves it. */
async function list(): Promise<SavedFile> {
  return file("objectPreviews.json", await shown(`${LIBRARY}/objectPreviews`));
}

/** What the library's page asked for, as a recording of the network has it. */
async function recording(paths: readonly string[]): Promise<SavedFile> {
  const entries = await Promise.all(paths.map(async (path) => ({
    request: { method: "GET", url: `${SITE}${path}` },
    response: { status: 200, content: { text: await shown(path) } },
  })));
  return file("www.myminifactory.com.har", JSON.stringify({ log: { entries } }));
}

/** All models, without what differs by the time at which they came. */
function modelsOf({ engine }: TestProfile): Omit<AssetRow, "addedAt" | "seenScan">[] {
  const found: AssetRow[] = [];
  for (let offset = 0;; offset += 500) {
    const page = { filter: {}, sort: "title", descending: false, offset, limit: 500 } as const;
    const { rows } = engine.library.query(page);
    found.push(...rows);
    if (rows.length < 500) break;
  }
  return found.sort((a, b) => a.id < b.id ? -1 : 1).map(({ addedAt: _, seenScan: __, ...row }) =>
    row
  );
}

const tally = { rows: 8_138, assets: 5_290, merged: 2_848, quarantined: 0 };

test("an import accounts for every row, without a sign-in and without a request", async () => {
  await using profile = await openTestProfile(site, { signIn: false });
  const saved = await list();
  const before = site.requests.all().length;
  const summary = await profile.engine.importing.run("mmf", [saved]);
  expect(summary).toMatchObject({ ...tally, added: 5_290, incomplete: null });
  expect(site.requests.all()).toHaveLength(before);
  const status = profile.engine.status();
  expect(status).toMatchObject({
    library: { assets: 5_290, wanted: 5_290 },
    providers: [{ account: null, lastScan: expect.any(Number) }],
  });
  const again = await profile.engine.importing.run("mmf", [saved]);
  expect(again).toMatchObject({ ...tally, added: 0, updated: 0, unchanged: 5_290 });
}, 60_000);

test("a scan and an import of what the same page shows give the same library", async () => {
  await using scanned = await openTestProfile(site);
  await using imported = await openTestProfile(site, { signIn: false });
  site.requests.clear();
  await scanned.engine.sync({ fetch: false });
  const asked = site.requests.all().map(({ path }) => path).filter((path) =>
    path.startsWith(LIBRARY)
  );
  // The list, and some polite questions for names.
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.length).toBeLessThan(45);
  await imported.engine.importing.run("mmf", [await recording(asked)]);
  expect(modelsOf(imported)).toEqual(modelsOf(scanned));
  for (const kind of ["release", "bundle"] as const) {
    const all = { kind, offset: 0, limit: 500 };
    const releases = scanned.engine.library.releases(all);
    expect(imported.engine.library.releases(all)).toEqual(releases);
    expect(releases.total).toBeGreaterThan(100);
  }
  const { rows } = imported.engine.library.releases({
    kind: "release",
    search: "elders",
    offset: 0,
    limit: 5,
  });
  expect(rows[0]?.label).toMatch(/^\d\d\/\d{4} – Elders$/);
}, 120_000);

test("a list without names names nothing anew that a scan has named", async () => {
  await using profile = await openTestProfile(site);
  await profile.engine.sync({ fetch: false });
  const before = modelsOf(profile);
  expect(await profile.engine.importing.run("mmf", [await list()]))
    .toMatchObject({ ...tally, added: 0, updated: 0 });
  expect(modelsOf(profile)).toEqual(before);
}, 120_000);
