import { expect, test } from "vitest";
import { expectPolite, links, WWW } from "./polite.ts";
import { expectAll } from "./truth.ts";
import { openWorld } from "./world.ts";

/** As `providers/mmf/provider.toml` says. */
const PACE = { requestsPerSecond: 4, burst: 4 };

test("sync() asks the site at the pace of the manifest", async () => {
  await using world = await openWorld({ config: { pacing: PACE } });
  const { simulator, profile } = world;
  await expectAll(profile, simulator, await profile.engine.sync());
  const times = simulator.requests.to(WWW).map(({ at }) => at);
  for (const [i, at] of times.entries()) {
    // What a bucket of four turns that gains four a second lets out; times are whole milliseconds.
    const next = times[i + 2 * PACE.burst];
    if (next !== undefined) expect(next - at).toBeGreaterThanOrEqual(1000 - 50);
  }
  expectPolite(world);
});

test("sync() asks for each thing once when nothing goes wrong, and says who it is", async () => {
  await using world = await openWorld();
  const { simulator, profile, sent } = world;
  await expectAll(profile, simulator, await profile.engine.sync());
  const paths = simulator.requests.all().map(({ origin, path }) => origin + path.split("X-Amz")[0]);
  expect(paths.filter((path, i) => paths.indexOf(path) !== i)).toEqual([]);
  const models = [...simulator.reference()].filter(({ kind }) => kind === "model");
  expect(links(world)).toHaveLength(models.length);
  for (const { headers } of simulator.requests.all()) {
    expect(headers["user-agent"]).toBe("mmfsync/test");
  }
  expect(sent.filter(({ method }) => method !== "GET")).toEqual([]);
  expectPolite(world);
});

test("sync() asks for the list alone when nothing has changed", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  await profile.engine.sync();
  simulator.requests.clear();
  await expectAll(profile, simulator, await profile.engine.sync());
  expect(simulator.requests.all().map(({ path }) => path))
    .toEqual(["/api/data-library/objectPreviews"]);
});

test("sync() follows a redirect from storage to the site without a credential", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  simulator.faults.add({ on: "storage", times: 1 }, {
    mode: "redirectElsewhere",
    location: `${WWW}/api/v2/user`,
  });
  const summary = await profile.engine.sync();
  const [enticed, ...others] = simulator.requests.to(WWW).filter(({ headers }) =>
    headers["range"] !== undefined
  );
  expect(others).toEqual([]);
  expect(enticed?.headers).not.toHaveProperty("cookie");
  expect(enticed?.headers).not.toHaveProperty("authorization");
  await expectAll(profile, simulator, summary);
  expectPolite(world);
});

test("sync() tells nobody and no log the credential or a signed address", async () => {
  await using world = await openWorld({ site: { quota: { links: 5, windowMs: 60_000 } } });
  const { simulator, profile } = world;
  simulator.faults.add({ on: "storage", times: 3 }, { mode: "shortBody" });
  await profile.engine.sync();
  const told = JSON.stringify([profile.heard, profile.log.entries]);
  expect(told).not.toContain(simulator.session.split("=")[1]);
  expect(told).not.toMatch(/X-Amz-Signature|[?&]sig=/);
});

test("sync() that is signed out says so, fetches nothing, and goes on after the next sign-in", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  const { engine } = profile;
  simulator.world.signIn("session", false);
  const { problems, failed } = await engine.sync();
  expect(problems).toMatchObject([{ error: { code: "needsAuth" } }]);
  expect(failed).toBe(0);
  simulator.world.signIn("session", true);
  await engine.accounts.login({ provider: "mmf", scheme: "session", secret: simulator.session });
  await expectAll(profile, simulator, await engine.sync());
});

test("sync() that is signed out half-way keeps its queue for the next sign-in", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  const { engine } = profile;
  simulator.faults.add({ on: "www", path: "/download/", after: 3 }, {
    mode: "redirectElsewhere",
    location: `${WWW}/login`,
  });
  const summary = await engine.sync();
  expect(summary).toMatchObject({ failed: 0, problems: [{ error: { code: "needsAuth" } }] });
  expect(summary.waiting).toBeGreaterThan(0);
  expectPolite(world);
  simulator.faults.clear();
  await expectAll(profile, simulator, await engine.sync());
});
