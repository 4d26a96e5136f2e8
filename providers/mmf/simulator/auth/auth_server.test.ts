import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type Simulator, startSimulator } from "../mod.ts";
import type { SimulatorOptions } from "../options.ts";

const RETURN = "http://localhost:7330/callback";

async function start(options: SimulatorOptions = {}) {
  let now = Date.UTC(2026, 0, 1);
  const simulator = await startSimulator({ objects: 10, now: () => now, ...options });
  const origin = simulator.connectTo["https://auth.myminifactory.com"] ?? "";
  const send = (path: string, init: RequestInit = {}) =>
    fetch(origin + path, { redirect: "manual", ...init });
  const ask = (path: string, form: Record<string, string>, secret = simulator.auth.app.secret) =>
    send(path, {
      method: "POST",
      body: new URLSearchParams(form),
      headers: { authorization: `Basic ${btoa(`${simulator.auth.app.id}:${secret}`)}` },
    });
  return {
    simulator,
    send,
    ask,
    pass: (seconds: number) => void (now += seconds * 1000),
    /** Signs in and allows or denies; answers where the browser is sent. */
    async visit(asked: Record<string, string>, allow = "1") {
      const query = `?${new URLSearchParams({ redirect_uri: RETURN, state: "s", ...asked })}`;
      const login = await send(`/web/authorize${query}`);
      expect(login.headers.get("location")).toMatch(/^\/web\/login\?/);
      const entered = await send(`/web/login${query}`, { method: "POST" });
      const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
      const page = await send(entered.headers.get("location") ?? "", { headers: { cookie } });
      expect(await page.text()).toContain("Allow");
      const body = new URLSearchParams({ allow });
      const decided = await send(`/web/authorize${query}`, { method: "POST", body });
      return new URL(decided.headers.get("location") ?? "");
    },
    async whoami(token: string) {
      const site = simulator.connectTo["https://www.myminifactory.com"];
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${site}/api/v2/user`, { headers })).status;
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

async function signedIn(world: Awaited<ReturnType<typeof start>>, simulator: Simulator) {
  const back = await world.visit({ client_id: simulator.auth.app.id, response_type: "code" });
  const code = back.searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, redirect_uri: RETURN };
  return { form, tokens: await (await world.ask("/v1/oauth/tokens", form)).json() };
}

test("The sign-in server gives a code for one time, and tokens that open the site for an hour", async () => {
  await using world = await start();
  const { form, tokens } = await signedIn(world, world.simulator);
  expect(tokens).toMatchObject({ user_id: 4242, expires_in: 3600, token_type: "Bearer" });
  expect(await world.whoami(tokens.access_token)).toBe(200);
  const again = await world.ask("/v1/oauth/tokens", form);
  expect([again.status, await again.json()]).toEqual([
    404,
    { error: "Authorization code not found" },
  ]);
  world.pass(3600);
  expect(await world.whoami(tokens.access_token)).toBe(401);
});

test.each([false, true])("The sign-in server renews; it rotates: %s", async (rotatesRefresh) => {
  await using world = await start({ rotatesRefresh });
  const { tokens } = await signedIn(world, world.simulator);
  const form = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
  const renewed = await (await world.ask("/v1/oauth/tokens", form)).json();
  expect(await world.whoami(renewed.access_token)).toBe(200);
  expect(renewed.refresh_token === tokens.refresh_token).toBe(!rotatesRefresh);
  const again = await world.ask("/v1/oauth/tokens", form);
  expect(again.status).toBe(rotatesRefresh ? 404 : 200);
  expect(world.simulator.auth.renewals).toBe(rotatesRefresh ? 1 : 2);
});

test("The sign-in server puts the token of an app without a secret behind the #", async () => {
  await using world = await start();
  const asked = { client_id: world.simulator.auth.publicApp.id, response_type: "token" };
  const fragment = new URLSearchParams((await world.visit(asked)).hash.slice(1));
  expect(Object.fromEntries(fragment)).toMatchObject({ expires_in: "21600", state: "s" });
  expect(await world.whoami(fragment.get("access_token") ?? "")).toBe(200);
});

test("The sign-in server tells a refusal to the app", async () => {
  await using world = await start();
  const asked = { client_id: world.simulator.auth.app.id, response_type: "code" };
  const back = await world.visit(asked, "0");
  expect(back.href).toBe(`${RETURN}?error=access_denied&state=s`);
});

test.each([
  ["a wrong secret", {}, "wrong", 401, "Invalid client ID or secret"],
  ["another grant", { grant_type: "password" }, undefined, 400, "Invalid grant type"],
  [
    "an unknown code",
    { grant_type: "authorization_code" },
    undefined,
    404,
    "Authorization code not found",
  ],
  ["an unknown token", { grant_type: "refresh_token" }, undefined, 404, "Refresh token not found"],
])("The sign-in server refuses %s in its words", async (_, form, secret, status, error) => {
  await using world = await start();
  const answer = await world.ask("/v1/oauth/tokens", form, secret);
  expect([answer.status, await answer.json()]).toEqual([status, { error }]);
});

test("The sign-in server sends no browser to an address that was not registered", async () => {
  await using world = await start();
  const { app } = world.simulator.auth;
  const query = new URLSearchParams({
    client_id: app.id,
    redirect_uri: "http://127.0.0.1:7330/callback",
  });
  expect((await world.send(`/web/authorize?${query}`)).status).toBe(400);
});

test("The sign-in server notices a verifier that does not belong to the challenge", async () => {
  await using world = await start();
  const challenge = createHash("sha256").update("right").digest("base64url");
  const back = await world.visit({
    client_id: world.simulator.auth.app.id,
    response_type: "code",
    code_challenge: challenge,
  });
  const code = back.searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, redirect_uri: RETURN };
  const wrong = await world.ask("/v1/oauth/tokens", { ...form, code_verifier: "wrong" });
  expect(wrong.status).toBe(400);
  expect((await world.ask("/v1/oauth/tokens", { ...form, code_verifier: "right" })).status).toBe(
    200,
  );
});

test("The sign-in server tells of a good token, and refuses to of others", async () => {
  await using world = await start();
  const { tokens } = await signedIn(world, world.simulator);
  const ask = async (token: string, token_type_hint: string) => {
    const answer = await world.ask("/v1/oauth/introspect", { token, token_type_hint });
    return [answer.status, await answer.json()];
  };
  const username = "collector@example.com";
  const { access_token: access, refresh_token: refresh } = tokens;
  const good = [200, expect.objectContaining({ active: true, username })];
  expect(await ask(access, "access_token")).toEqual(good);
  expect(await ask(refresh, "refresh_token")).toEqual(good);
  expect(await ask(refresh, "access_token")).toEqual([404, { error: "Access token not found" }]);
  world.simulator.auth.expireAccess();
  expect(await ask(access, "access_token")).toEqual([500, { error: "Access token expired" }]);
  world.pass(14 * 86_400);
  expect(await ask(refresh, "refresh_token")).toEqual([400, { error: "Refresh token expired" }]);
});
