import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { createMemorySecrets } from "../platform/secrets/memory.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import type { AuthScheme } from "../plugins/manifest.ts";
import { checkSignIn } from "./check_sign_in.ts";
import { type TokenSet, writeClient } from "./oauth/token_set.ts";
import { ENDPOINTS, FakeSignInServer, refusal } from "./testing/fake_sign_in_server.ts";

const SCHEME: AuthScheme = {
  id: "oauth",
  label: "Account",
  header: "Authorization",
  query: null,
  prefix: "Bearer ",
  hosts: ["www.example.com"],
  url: null,
  steps: [],
  can: [],
  cannot: [],
  oauth: ENDPOINTS,
};
const TOKENS: TokenSet = { accessToken: "access", refreshToken: "refresh", expiresAt: 1 };
const GOOD = { active: true, exp: 2_000, username: "a@example.com" };

async function start({ secret = "s3cret" as string | null, site = () => Promise.resolve() } = {}) {
  const http = new FakeSignInServer();
  const clock = new FakeClock(1_000_000);
  const secrets = createMemorySecrets();
  const scene = { http, secrets, tokens: TOKENS as TokenSet | null, askedSite: 0 };
  await writeClient(secrets, "mmf", "oauth", { id: "app", secret });
  const ports = {
    http,
    clock,
    secrets,
    tokens: () => Promise.resolve(scene.tokens),
    askSite: () => {
      scene.askedSite++;
      return site();
    },
  };
  const check = (scheme = SCHEME) => checkSignIn(ports, "mmf", scheme);
  return { scene, http, secrets, check };
}

test("checkSignIn() asks the sign-in server once for what the sign-in stands on", async () => {
  const { scene, http, check } = await start();
  http.answer = () => Response.json(GOOD);
  expect(await check()).toEqual({
    at: 1_000_000,
    username: "a@example.com",
    scopes: null,
    until: 2_000_000,
  });
  expect(http.asked.map(({ body }) => new URLSearchParams(body).get("token"))).toEqual(["refresh"]);
  scene.tokens = { ...TOKENS, refreshToken: null };
  await check();
  expect(new URLSearchParams(http.asked[1]?.body).get("token")).toBe("access");
  expect(scene.askedSite).toBe(0);
});

test("checkSignIn() tells that a sign-in has ended, or was never there", async () => {
  const { scene, http, check } = await start();
  http.answer = () => refusal(404, "Refresh token not found");
  expect(await check()).toBe(null);
  expect(http.asked.length).toBe(1);
  scene.tokens = null;
  expect(await check()).toBe(null);
  expect(http.asked.length).toBe(1);
});

test("checkSignIn() does not take a token that was just renewed for an ended sign-in", async () => {
  const { scene, http, check } = await start();
  http.answer = (form) => {
    scene.tokens = { ...TOKENS, refreshToken: "rotated" };
    return form.get("token") === "rotated"
      ? Response.json(GOOD)
      : refusal(404, "Refresh token not found");
  };
  expect(await check()).toMatchObject({ username: "a@example.com" });
});

test("checkSignIn() takes no fault of the server for an ended sign-in", async () => {
  const { http, check } = await start();
  http.answer = () => new Response("", { status: 502 });
  await expect(check()).rejects.toMatchObject({ kind: "retryable" });
});

test("checkSignIn() tries on the site what the sign-in server does not answer for", async () => {
  const { scene, http, secrets, check } = await start({ secret: null });
  expect(await check()).toBe(null);
  expect(scene.askedSite).toBe(0);
  await secrets.set("mmf", "oauth", "{}");
  expect(await check()).toEqual({ at: 1_000_000, username: null, scopes: null, until: null });
  await secrets.set("mmf", "session", "cookie");
  expect(await check({ ...SCHEME, id: "session", oauth: null })).not.toBe(null);
  expect([scene.askedSite, http.asked.length]).toEqual([2, 0]);
});

test("checkSignIn() believes the site that it takes a sign-in no more, and no other failure", async () => {
  let kind: "needsAuth" | "challenged" = "needsAuth";
  const site = () => Promise.reject(new SyncError(kind, "No"));
  const { secrets, check } = await start({ secret: null, site });
  await secrets.set("mmf", "oauth", "{}");
  expect(await check()).toBe(null);
  kind = "challenged";
  await expect(check()).rejects.toMatchObject({ kind: "challenged" });
});
