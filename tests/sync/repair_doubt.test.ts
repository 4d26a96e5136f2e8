import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssetFileRow } from "../../extensions/sync-engine/protocol.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

let site: Simulator;
let profile: TestProfile;

beforeAll(async () => {
  site = await startSimulator({ objects: 60, filesPerObject: 2, images: 0, oddities: false });
  profile = await openTestProfile(site);
  await profile.engine.sync();
}, 60_000);
afterAll(async () => {
  await profile[Symbol.asyncDispose]();
  await site.close();
});

function filesHere(): AssetFileRow[] {
  const query = { filter: {}, sort: "title", descending: false, offset: 0, limit: 100 } as const;
  const { library } = profile.engine;
  return library.query(query).rows.flatMap(({ id }) => library.asset({ id }).fileRows)
    .filter(({ state }) => state === "here");
}

const at = ({ path }: AssetFileRow) => join(profile.root, path);

test("a repair asks before so much is fetched that the drive may be the wrong one, and changes nothing until then", async () => {
  const { engine } = profile;
  const files = filesHere();
  const [damaged, ...gone] = files.slice(0, 60);
  if (!damaged) throw new Error("Nothing was downloaded");
  await Deno.writeTextFile(at(damaged), "What a dying disk makes of it");
  for (const file of gone) await Deno.remove(at(file));
  const doubt = { bad: 60, of: files.length };
  expect(await engine.verify({ repair: true })).toMatchObject({
    missing: 59,
    size: 1,
    repair: { queued: 0, sidecars: 0, doubt },
  });
  expect(await engine.verify({ repair: true, subset: { kind: "bad" } }))
    .toMatchObject({ repair: { doubt } });
  expect(engine.queue.list({ offset: 0, limit: 1 }).total).toBe(0);
  expect(await Deno.readTextFile(at(damaged))).toContain("dying");
  expect(filesHere()).toHaveLength(files.length);

  const summary = await engine.verify({
    repair: true,
    subset: { kind: "bad" },
    acceptBad: true,
  });
  expect(summary).toMatchObject({ repair: { queued: 60, fetched: 60, doubt: null } });
  expect(await engine.verify()).toMatchObject({ ok: files.length, missing: 0, size: 0 });
});

test("a few bad files, or a model of which all are bad, are repaired without a question", async () => {
  const { engine } = profile;
  const [first] = filesHere();
  if (!first) throw new Error("Nothing was downloaded");
  await Deno.remove(at(first));
  const assetIds = [first.id.split("/")[0] ?? ""];
  expect(await engine.verify({ repair: true, assetIds }))
    .toMatchObject({ repair: { queued: 1, fetched: 1, doubt: null } });
});
