import { expect, test } from "vitest";
import { FakeClock } from "../../platform/testing/fake_clock.ts";
import { ENDPOINTS, FakeSignInServer, refusal, tokens } from "../testing/fake_sign_in_server.ts";
import { TokenEndpoint } from "./token_endpoint.ts";

function start(secret: string | null = "s3cret") {
  const http = new FakeSignInServer();
  const clock = new FakeClock(1_000_000);
  return { http, endpoint: new TokenEndpoint({ http, clock }, ENDPOINTS, { id: "app", secret }) };
}

test("TokenEndpoint sends id and secret in a header, never in the address", async () => {
  const { http, endpoint } = start();
  await endpoint.refresh("old");
  const [request] = http.asked;
  expect(request?.url).toBe(ENDPOINTS.tokenUrl);
  expect(new Headers(request?.headers).get("authorization")).toBe(`Basic ${btoa("app:s3cret")}`);
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: "refresh_token",
    refresh_token: "old",
  });
});

test("TokenEndpoint keeps the refresh token where no new one comes", async () => {
  const { http, endpoint } = start();
  http.answer = () => tokens({ refresh_token: undefined });
  expect(await endpoint.refresh("old")).toEqual({
    accessToken: "fresh",
    refreshToken: "old",
    expiresAt: 1_000_000 + 3_600_000,
  });
  http.answer = () => tokens();
  expect(await endpoint.refresh("old")).toMatchObject({ refreshToken: "next" });
});

test("TokenEndpoint tells what is known of a token, in as far as the server says it", async () => {
  const { http, endpoint } = start();
  http.answer = () =>
    Response.json({
      active: true,
      exp: 1454868090,
      username: "a@example.com",
      scope: "basic more",
    });
  expect(await endpoint.introspect("t", "refresh_token")).toEqual({
    active: true,
    expiresAt: 1454868090_000,
    username: "a@example.com",
    scopes: ["basic", "more"],
  });
  expect(Object.fromEntries(new URLSearchParams(http.asked[0]?.body))).toEqual({
    token: "t",
    token_type_hint: "refresh_token",
  });
  http.answer = () => Response.json({ active: true, exp: "soon", username: 5, scope: null });
  const nothing = { expiresAt: null, username: null, scopes: null };
  expect(await endpoint.introspect("t", "access_token")).toEqual({ active: true, ...nothing });
});

test.each([
  [200, { active: false }],
  [404, { error: "Access token not found" }],
  [500, { error: "Access token expired" }],
  [400, { error: "Refresh token expired" }],
])("TokenEndpoint takes %i %j for a token that is good for nothing", async (status, body) => {
  const { http, endpoint } = start();
  http.answer = () => Response.json(body, { status });
  expect(await endpoint.introspect("t", "access_token")).toMatchObject({ active: false });
});

test.each([
  [401, { error: "Invalid client ID or secret" }, "badInput"],
  [404, { error: "Not found" }, "needsAuth"],
  [500, { error: "Out of order" }, "retryable"],
])("TokenEndpoint says nothing of a token after %i %j", async (status, body, kind) => {
  const { http, endpoint } = start();
  http.answer = () => Response.json(body, { status });
  await expect(endpoint.introspect("t", "access_token")).rejects.toMatchObject({ kind });
});

test("TokenEndpoint looks tokens up for apps with a secret only", () => {
  expect(start("s3cret").endpoint.introspects).toBe(true);
  expect(start(null).endpoint.introspects).toBe(false);
});

test.each([
  [401, "Invalid client ID or secret", "badInput", /client id and secret/],
  [400, "Invalid redirect URI", "badInput", /return address/],
  [400, "Invalid grant type", "badInput", /may not sign in this way/],
  [400, "Invalid scope", "badInput", /does not allow/],
  [400, "Authorization code expired", "needsAuth", /took too long/],
  [404, "Authorization code not found", "needsAuth", /used twice/],
  [400, "Refresh token expired", "needsAuth", /ended this sign-in/],
  [404, "Refresh token not found", "needsAuth", /ended this sign-in/],
  [400, "invalid_grant", "needsAuth", /ended this sign-in/],
  [401, "invalid_client", "badInput", /client id and secret/],
  [400, "Something new", "needsAuth", /"Something new"/],
])("TokenEndpoint has a sentence for %i %s", async (status, error, kind, message) => {
  const { http, endpoint } = start();
  http.answer = () => refusal(status, error);
  await expect(endpoint.refresh("old")).rejects.toMatchObject({
    kind,
    message: expect.stringMatching(message),
  });
});

test.each([
  ["a throttle", new Response("", { status: 429, headers: { "retry-after": "30" } }), "throttled"],
  [
    "a bot check",
    new Response("<html>", { status: 403, headers: { "cf-mitigated": "challenge" } }),
    "challenged",
  ],
  ["a fault", new Response("", { status: 502 }), "retryable"],
  ["a page", new Response("<html>", { headers: { "content-type": "text/html" } }), "retryable"],
  ["no token", Response.json({ hello: 1 }), "retryable"],
])("TokenEndpoint takes %s for what it is, not for a dead sign-in", async (_, answer, kind) => {
  const { http, endpoint } = start();
  http.answer = () => answer;
  await expect(endpoint.refresh("old")).rejects.toMatchObject({ kind });
});
