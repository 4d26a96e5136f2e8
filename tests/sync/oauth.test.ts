import { expect, test } from "vitest";
import type { Engine } from "../../extensions/sync-engine/engine.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import type { SimulatorOptions } from "../../providers/mmf/simulator/options.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";
import { freePort, Visitor } from "../support/visitor.ts";

const WAY = { provider: "mmf", scheme: "oauth" } as const;

interface World extends AsyncDisposable {
  readonly site: Simulator;
  readonly profile: TestProfile;
  readonly engine: Engine;
  readonly visitor: Visitor;
  /** Signs in through the browser, with the registered app or the one without a secret. */
  signIn(how?: { isPublic?: boolean; allow?: boolean }): Promise<string>;
}

/** A site whose library the session opens, and whose files the sign-in through the browser opens. */
async function start(options: SimulatorOptions = {}): Promise<World> {
  const site = await startSimulator({ objects: 12, oddities: false, ...options });
  const profile = await openTestProfile(site, { signIn: false });
  const { engine } = profile;
  const port = freePort();
  await engine.changeSettings({ signInPort: port });
  site.auth.registerRedirect(`http://localhost:${port}/callback`);
  const visitor = new Visitor(site.connectTo);
  return {
    site,
    profile,
    engine,
    visitor,
    async signIn({ isPublic = false, allow = true } = {}) {
      const { app, publicApp } = site.auth;
      const entered = isPublic
        ? { clientId: publicApp.id, clientSecret: null }
        : { clientId: app.id, clientSecret: app.secret };
      await engine.accounts.setApp({ ...WAY, ...entered });
      const { url } = await engine.accounts.authorize(WAY);
      const [ended, page] = await Promise.allSettled([
        engine.accounts.authorized({ provider: "mmf" }),
        visitor.signIn(url, allow),
      ]);
      if (ended.status === "rejected") throw ended.reason;
      return page.status === "fulfilled" ? page.value : "";
    },
    async [Symbol.asyncDispose]() {
      await profile[Symbol.asyncDispose]();
      await site.close();
    },
  };
}

test("A registered app signs in through the browser, and stays signed in", async () => {
  await using world = await start();
  const { engine } = world;
  expect(await engine.accounts.app(WAY)).toMatchObject({ clientId: null, hasSecret: false });
  expect(await world.signIn()).toContain("You can close this tab");
  expect(engine.accounts.list()[0]).toMatchObject({
    account: "Sample Collector",
    signIns: [{ scheme: "oauth", renews: true, ended: false, expiresAt: expect.any(Number) }],
  });
  // The page that the browser ends on has no code in its address.
  expect(world.visitor.visited.at(-1)).toMatch(/^http:\/\/localhost:\d+\/signed-in$/);
  const opened = await world.profile.reopen();
  expect(await opened.accounts.app(WAY)).toMatchObject({ hasSecret: true });
});

test("An app without a secret gets a token at once, which is not renewed", async () => {
  await using world = await start();
  await world.signIn({ isPublic: true });
  expect(world.engine.accounts.list()[0]?.signIns).toMatchObject([{ renews: false }]);
});

test("A refused consent changes nothing and says so, in the app and in the browser", async () => {
  await using world = await start();
  await expect(world.signIn({ allow: false })).rejects.toMatchObject({ kind: "needsAuth" });
  expect(world.engine.accounts.list()[0]).toMatchObject({ account: null, signIns: [] });
  expect(world.visitor.visited.at(-1)).toMatch(/not-signed-in$/);
});

test("A sign-in can be cancelled and begun again", async () => {
  await using world = await start();
  const { app } = world.site.auth;
  const { accounts } = world.engine;
  await expect(accounts.authorize(WAY)).rejects.toMatchObject({ kind: "badInput" });
  await accounts.setApp({ ...WAY, clientId: app.id, clientSecret: app.secret });
  await accounts.authorize(WAY);
  await expect(accounts.authorize(WAY)).rejects.toMatchObject({ message: /under way/ });
  accounts.cancelLogin();
  await expect(accounts.authorized({ provider: "mmf" })).rejects.toMatchObject({
    kind: "cancelled",
  });
  await world.signIn();
});

test("A wrong secret is told as such", async () => {
  await using world = await start();
  const { accounts } = world.engine;
  await accounts.setApp({ ...WAY, clientId: world.site.auth.app.id, clientSecret: "wrong" });
  const { url } = await accounts.authorize(WAY);
  const ended = expect(accounts.authorized({ provider: "mmf" })).rejects.toMatchObject({
    kind: "badInput",
    message: expect.stringContaining("client id and secret"),
  });
  await world.visitor.signIn(url);
  await ended;
});

test.each([
  ["run out", (site: Simulator) => site.auth.expireAccess(), {}],
  ["run out and are rotated", (site: Simulator) => site.auth.expireAccess(), {
    rotatesRefresh: true,
  }],
])(
  "Tokens that %s in the middle of a sync cost no file and one renewal",
  async (_, end, options) => {
    await using world = await start({ objects: 30, ...options });
    const { engine, site } = world;
    await world.signIn();
    const { session } = site;
    // The library's list takes the session; all that follows is to go by the token.
    await engine.accounts.login({ provider: "mmf", scheme: "session", secret: session });
    await engine.sync({ fetch: false });
    site.world.signIn("session", false);
    const running = engine.sync({ scan: false });
    while (!world.profile.heard.some(({ event }) => event === "fileDone")) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    end(site);
    expect(await running).toMatchObject({ failed: 0, waiting: 0, problems: [] });
    expect(site.auth.renewals).toBe(1);
    expect(await engine.verify()).toMatchObject({ missing: 0, hash: 0, size: 0 });
  },
);

test("Files that are locked with a 401 cost one renewal at most, and no sign-in", async () => {
  await using world = await start({ objects: 30 });
  const { engine, site } = world;
  await world.signIn();
  await engine.accounts.login({ provider: "mmf", scheme: "session", secret: site.session });
  await engine.sync({ fetch: false });
  // Their files are known and wanted before the site locks them.
  await engine.sync({ scan: false, dryRun: true });
  site.world.signIn("session", false);
  const ids = site.world.downloadableIds().slice(0, 4);
  const stop = new AbortController();
  const first = engine.sync({ scan: false }, stop.signal);
  while (!world.profile.heard.some(({ event }) => event === "fileDone")) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const id of ids) site.world.lockObject(id, 401);
  const { problems, waiting } = await first;
  expect([problems, waiting]).toEqual([[], 0]);
  expect(site.auth.renewals).toBeLessThanOrEqual(1);
  expect(engine.accounts.list()[0]?.signIns.map(({ ended }) => ended)).toEqual([false, false]);
  const { rows } = engine.queue.list({ state: "failed", offset: 0, limit: 100 });
  expect(new Set(rows.map(({ reason }) => reason))).toEqual(new Set(["locked"]));
});

test("A sign-in that the user ended on the site pauses the provider, and loses no file", async () => {
  await using world = await start({ objects: 30 });
  const { engine, site } = world;
  await world.signIn();
  await engine.accounts.login({ provider: "mmf", scheme: "session", secret: site.session });
  await engine.sync({ fetch: false });
  site.world.signIn("session", false);
  site.auth.revokeAll();
  const first = await engine.sync({ scan: false });
  expect(first.problems).toMatchObject([{ provider: "mmf", error: { code: "needsAuth" } }]);
  expect(first.failed).toBe(0);
  expect(engine.accounts.list()[0]?.signIns).toMatchObject([{ ended: true }, { ended: true }]);
  await world.signIn();
  expect(engine.accounts.list()[0]?.signIns).toContainEqual(
    expect.objectContaining({ scheme: "oauth", ended: false }),
  );
  expect(await engine.sync({ scan: false })).toMatchObject({ failed: 0, waiting: 0, problems: [] });
});

test("An API key shows models and opens no file", async () => {
  await using world = await start();
  const { engine, site } = world;
  expect(await engine.accounts.login({ provider: "mmf", scheme: "key", secret: site.key }))
    .toEqual({ id: "api-key", name: "API key" });
  await expect(engine.accounts.login({ provider: "mmf", scheme: "key", secret: "wrong" }))
    .rejects.toMatchObject({ kind: "needsAuth" });
});

test("A check tells for whom and until when a sign-in is good, and costs one request", async () => {
  await using world = await start();
  const { engine, site } = world;
  await world.signIn();
  const signIn = () => engine.accounts.list()[0]?.signIns[0];
  const said = { username: "collector@example.com", scopes: null, until: expect.any(Number) };
  expect(signIn()).toMatchObject({ ended: false, check: said });
  const before = site.requests.all().length;
  expect(await engine.accounts.check({ provider: "mmf" })).toMatchObject([
    { scheme: "oauth", outcome: "good", check: said },
  ]);
  expect(site.requests.all().length - before).toBe(1);
  // The next sign-in tells of it anew, and opening the app asks nobody.
  site.auth.expireAccess();
  const opened = await world.profile.reopen();
  expect(opened.accounts.list()[0]?.signIns[0]).toMatchObject({ check: said });
  expect(site.requests.all().length - before).toBe(1);
  expect(await opened.accounts.check({ provider: "mmf" })).toMatchObject([{ outcome: "good" }]);
  expect(site.auth.renewals).toBe(0);
});

test("A check tells that the user has ended a sign-in on the site, before any sync fails", async () => {
  await using world = await start();
  const { engine, site } = world;
  await world.signIn();
  await engine.accounts.login({ provider: "mmf", scheme: "session", secret: site.session });
  site.auth.revokeAll();
  expect(await engine.accounts.check({ provider: "mmf" })).toMatchObject([
    { scheme: "session", outcome: "good", check: { username: null, until: null } },
    { scheme: "oauth", outcome: "ended" },
  ]);
  const ended = () =>
    engine.accounts.list()[0]?.signIns.map(({ scheme, ended }) => [scheme, ended]);
  expect(ended()).toEqual([["oauth", true], ["session", false]]);
  site.world.signIn("session", false);
  expect((await engine.doctor()).findings.slice(-2)).toMatchObject([
    { name: "mmf session", ok: false, text: expect.stringContaining("sign in again") },
    { name: "mmf oauth", ok: false, text: expect.stringContaining("sign in again") },
  ]);
  expect(ended()).toEqual([["oauth", true], ["session", true]]);
});

test("A check of an app without a secret asks the site, which tells no more than yes", async () => {
  await using world = await start();
  await world.signIn({ isPublic: true });
  const check = { username: null, scopes: null, until: null };
  expect(await world.engine.accounts.check({ provider: "mmf" })).toMatchObject([
    { scheme: "oauth", outcome: "good", check },
  ]);
  world.site.auth.expireAccess();
  expect(await world.engine.accounts.check({ provider: "mmf" })).toMatchObject([
    { outcome: "ended" },
  ]);
});
