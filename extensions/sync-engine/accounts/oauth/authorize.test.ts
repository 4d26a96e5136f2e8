import { beforeEach, expect, test } from "vitest";
import type { ListenOnLoopback } from "../../platform/loopback_server.ts";
import { FakeClock } from "../../platform/testing/fake_clock.ts";
import { ENDPOINTS, FakeSignInServer, refusal } from "../testing/fake_sign_in_server.ts";
import { authorize, SIGN_IN_MS } from "./authorize.ts";

const SECRET = { id: "app", secret: "s" };
const PUBLIC = { id: "app", secret: null };

let clock: FakeClock;
let http: FakeSignInServer;
let handler: (request: Request) => Promise<Response>;
let closed: boolean;
const stop = new AbortController();

const listen: ListenOnLoopback = (port, given) => {
  handler = given;
  closed = false;
  return Promise.resolve({ port, close: () => Promise.resolve(void (closed = true)) });
};

beforeEach(() => {
  clock = new FakeClock();
  http = new FakeSignInServer();
});

async function start(client: { id: string; secret: string | null } = SECRET, signal = stop.signal) {
  const { url, tokens, take } = await authorize(
    { http, clock, listen },
    ENDPOINTS,
    client,
    7330,
    signal,
  );
  return { asked: new URL(url).searchParams, url, tokens, take };
}

const open = (path: string, init: RequestInit = {}) =>
  handler(new Request(`http://localhost:7330${path}`, init));

test("authorize() sends the user to the site with state and PKCE", async () => {
  const { url, asked } = await start();
  expect(url.startsWith(`${ENDPOINTS.authorizeUrl}?`)).toBe(true);
  expect(Object.fromEntries(asked)).toEqual({
    client_id: "app",
    redirect_uri: "http://localhost:7330/callback",
    response_type: "code",
    state: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
  });
});

test("authorize() changes the code for tokens with the verifier of its challenge", async () => {
  const { asked, tokens } = await start();
  const answer = await open(`/callback?code=c0de&state=${asked.get("state")}`);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/signed-in"]);
  expect(await (await open("/signed-in")).text()).toContain("You can close this tab");
  expect(await tokens).toMatchObject({ accessToken: "fresh", refreshToken: "next" });
  const form = new URLSearchParams(http.asked[0]?.body);
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(form.get("code_verifier") ?? ""),
  );
  const challenge = new Uint8Array(digest).toBase64({ alphabet: "base64url", omitPadding: true });
  expect(challenge).toBe(asked.get("code_challenge"));
  expect(form.get("code")).toBe("c0de");
  expect(form.get("redirect_uri")).toBe("http://localhost:7330/callback");
  expect(closed).toBe(true);
});

test("authorize() goes on waiting when a page comes without the right state", async () => {
  const { asked, tokens } = await start();
  for (const path of ["/callback?code=evil&state=wrong", "/callback?code=evil", "/other"]) {
    await open(path);
  }
  expect(await (await open("/signed-in")).text()).toContain("does not belong to a sign-in");
  expect(http.asked).toEqual([]);
  await open(`/callback?code=c&state=${asked.get("state")}`);
  await open("/signed-in");
  await tokens;
});

test("authorize() answers nobody who came by another name", async () => {
  const { asked } = await start();
  const address = `http://evil.example:7330/callback?code=c&state=${asked.get("state")}`;
  expect((await handler(new Request(address))).status).toBe(404);
  expect(http.asked).toEqual([]);
});

test("authorize() says so when the user refuses", async () => {
  const { asked, tokens } = await start();
  const failed = expect(tokens).rejects.toMatchObject({
    kind: "needsAuth",
    message: expect.stringContaining("did not allow"),
  });
  const answer = await open(`/callback?error=access_denied&state=${asked.get("state")}`);
  expect(answer.headers.get("location")).toBe("/not-signed-in");
  expect(await (await open("/not-signed-in")).text()).toContain("did not allow it");
  await failed;
});

test("authorize() takes the token of an app without a secret from behind the #", async () => {
  const { asked, tokens } = await start(PUBLIC);
  expect(asked.get("response_type")).toBe("token");
  expect(asked.has("code_challenge")).toBe(false);
  const page = await open("/callback");
  expect(await page.text()).toContain('src="/callback.js"');
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(await (await open("/callback.js")).text()).toContain("location.hash");
  const body = new URLSearchParams({
    access_token: "t0ken",
    expires_in: "21600",
    state: asked.get("state") ?? "",
    token_type: "Bearer",
  }).toString();
  const headers = { "content-length": String(body.length), origin: "http://localhost:7330" };
  expect((await open("/callback", { method: "POST", body, headers })).status).toBe(204);
  await open("/signed-in");
  expect(await tokens).toEqual({
    accessToken: "t0ken",
    refreshToken: null,
    expiresAt: clock.now() + 21_600_000,
  });
});

test.each([
  ["another page's", { origin: "https://evil.example" }],
  ["an endless", { origin: "http://localhost:7330", "content-length": "99999999" }],
])("authorize() does not take %s fragment", async (_, given) => {
  const { asked } = await start(PUBLIC);
  const body = `access_token=t&state=${asked.get("state")}`;
  const headers = { "content-length": String(body.length), ...given };
  expect((await open("/callback", { method: "POST", body, headers })).status).toBe(400);
});

test("authorize() gives up after ten minutes and stops listening", async () => {
  const { tokens } = await start();
  const failed = expect(tokens).rejects.toMatchObject({
    kind: "needsAuth",
    message: /ten minutes/,
  });
  await clock.advance(SIGN_IN_MS);
  await failed;
  expect(closed).toBe(true);
});

test("authorize() can be cancelled", async () => {
  const cancel = new AbortController();
  const { tokens } = await start(SECRET, cancel.signal);
  cancel.abort();
  await expect(tokens).rejects.toMatchObject({ kind: "cancelled" });
  expect(closed).toBe(true);
});

test("authorize() tells what the sign-in server says of the app", async () => {
  http.answer = () => refusal(401, "Invalid client ID or secret");
  const { asked, tokens } = await start();
  await open(`/callback?code=c&state=${asked.get("state")}`);
  const failed = expect(tokens).rejects.toMatchObject({ kind: "badInput" });
  await open("/signed-in");
  await failed;
});

test("authorize() does not wait long for a browser that shows no result page", async () => {
  const { asked, tokens } = await start();
  await open(`/callback?code=c&state=${asked.get("state")}`);
  while (clock.sleeping === 0 || http.asked.length === 0) await Promise.resolve();
  await clock.advance(2000);
  await tokens;
  expect(closed).toBe(true);
});

test("authorize() takes the address that a browser on another computer came back to", async () => {
  const { asked, tokens, take } = await start();
  const address = new URL("http://localhost:7330/callback?code=c0de");
  expect(take(address)).toBe(false);
  address.searchParams.set("state", asked.get("state") ?? "");
  expect(take(address)).toBe(true);
  await tokens;
  expect(new URLSearchParams(http.asked[0]?.body).get("code")).toBe("c0de");
});
