import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWorld, type World } from "./world.ts";

const MINUTE = 60_000;
const PAGE = { offset: 0, limit: 100 };

/** What a browser saves that gets these files of the site, named as the site names them. */
async function saveInBrowser({ simulator, profile }: World, folder: string): Promise<number> {
  const { rows } = profile.engine.handover.list(PAGE);
  for (const { assetId, name } of rows) {
    const file = [...simulator.reference()].find((one) =>
      `mmf:object-${one.objectId}` === assetId && one.kind === "model" && one.name === name
    );
    if (!file) throw new Error(`The site has no ${name}`);
    await Deno.writeFile(join(folder, name), file.bytes());
  }
  return rows.length;
}

function hashesHere({ profile }: World): string[] {
  const { rows } = profile.engine.library.query({
    ...PAGE,
    filter: {},
    sort: "title",
    descending: false,
  });
  return rows.flatMap(({ id }) => profile.engine.library.asset({ id }).fileRows)
    .flatMap(({ sha256 }) => sha256 === null ? [] : [sha256]).toSorted();
}

function hashesThere({ simulator }: World): string[] {
  return [...simulator.reference()]
    .map((file) => createHash("sha256").update(file.bytes()).digest("hex")).toSorted();
}

test("a file whose address is always refused is handed over, and filed when the browser has it", async () => {
  await using world = await openWorld({ site: { objects: 20 } });
  const { simulator, profile } = world;
  let refusedPath: string | undefined;
  const isPlanned = () =>
    profile.heard.some(({ event, data }) => event === "plan" && "done" in data && data.done);
  simulator.faults.add({
    on: "www",
    path: (path) => path.startsWith("/download/") && isPlanned() && (refusedPath ??= path) === path,
  }, { mode: "throttle403" });
  expect(await profile.engine.sync()).toMatchObject({ failed: 1, waiting: 0 });
  const { rows, total } = profile.engine.handover.list(PAGE);
  expect(total).toBe(1);
  expect(rows).toMatchObject([{ cause: "refused", page: expect.stringMatching(/^https:/) }]);
  expect(rows[0]?.address).toMatch(/^https:\/\/www\.myminifactory\.com\/download\//);
  const asked = simulator.requests.all().length;
  const folder = await Deno.makeTempDir();
  await saveInBrowser(world, folder);
  expect(await profile.engine.handover.watch({ folder })).toMatchObject({ filed: 1, unclear: 0 });
  expect(simulator.requests.all()).toHaveLength(asked);
  expect(hashesHere(world)).toEqual(hashesThere(world));
  expect(profile.engine.status().queue).toMatchObject({ queued: 0, failed: 0 });
  await Deno.remove(folder, { recursive: true });
});

test("all of a site that checks for robots for long is handed over until it gives files again", async () => {
  await using world = await openWorld({
    site: { objects: 12 },
    config: { patience: { longestWaitMs: 10 * MINUTE } },
  });
  const { simulator, profile } = world;
  simulator.faults.add({ on: "www", path: "/download/" }, { mode: "challenge" });
  const { waiting } = await profile.engine.sync();
  expect(waiting).toBeGreaterThan(0);
  const { rows, total } = profile.engine.handover.list(PAGE);
  expect(new Set(rows.map(({ cause }) => cause))).toEqual(new Set(["challenged"]));
  expect(total).toBe([...simulator.reference()].filter(({ kind }) => kind === "model").length);
  simulator.faults.clear();
  await world.clock.sleep(31 * MINUTE);
  expect(await profile.engine.sync()).toMatchObject({ waiting: 0, failed: 0 });
  expect(profile.engine.handover.list(PAGE).total).toBe(0);
});
