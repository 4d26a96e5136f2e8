import { expect, test } from "vitest";
import { openTestServer, sendRaw } from "./world.ts";

test("the page is served to anybody on this computer, without a session", async () => {
  await using world = await openTestServer();
  const page = await fetch(`${world.server.origin}/`);
  expect(await page.text()).toContain("<title>Page</title>");
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("cache-control")).toBe("no-cache");
  const script = await fetch(`${world.server.origin}/assets/index-abc123.js?v=1`);
  expect(await script.text()).toBe("export {};");
  expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(script.headers.get("cache-control")).toMatch(/immutable/);
});

test("a page that the browser still has is not sent again", async () => {
  await using world = await openTestServer();
  const first = await fetch(`${world.server.origin}/`);
  await first.text();
  const etag = first.headers.get("etag") ?? "";
  const again = await fetch(`${world.server.origin}/`, { headers: { "if-none-match": etag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});

test.each([
  "/../secret.html",
  "/assets/../../secret.html",
  "/%2e%2e/secret.html",
  "/%2e%2e%2fsecret.html",
  "/..%2fsecret.html",
  "/..%5csecret.html",
  "/..\\secret.html",
  "/%252e%252e%252fsecret.html",
  "/..%c0%afsecret.html",
  "/%c0%ae%c0%ae/secret.html",
  "/....//secret.html",
  "/..;/secret.html",
  "//secret.html",
  "/assets//..//..//secret.html",
  "/index.html%00.js",
  "/./index.html/../../secret.html",
  "/file:///etc/passwd",
  "/C:/Windows/win.ini",
  "/etc/passwd",
  "/assets/",
  "/assets",
  "/assets/.hidden.js",
  "/assets/index-abc123.js.map",
  "/assets/index-abc123.js/",
  "/INDEX.HTML",
  "/constructor",
  "/__proto__",
])("%s leads nowhere", async (path) => {
  await using world = await openTestServer();
  const answer = await sendRaw(world.port, [`GET ${path} HTTP/1.1`, `Host: ${world.host}`]);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body).not.toMatch(/secret|root:|hidden|doctype/);
});

test("an address with a server's name in it is not followed", async () => {
  await using world = await openTestServer();
  const lines = ["GET http://evil.example/ HTTP/1.1", `Host: ${world.host}`];
  expect((await sendRaw(world.port, lines)).status).toBe(404);
});

test.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])(
  "%s is not allowed on a page",
  async (method) => {
    await using world = await openTestServer();
    const lines = [`${method} / HTTP/1.1`, `Host: ${world.host}`, "Content-Length: 0"];
    const { status, headers } = await sendRaw(world.port, lines);
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  },
);

test("HEAD tells the length and sends nothing", async () => {
  await using world = await openTestServer();
  const lines = ["HEAD / HTTP/1.1", `Host: ${world.host}`];
  const { status, headers, body } = await sendRaw(world.port, lines);
  expect([status, headers.get("content-length"), body]).toEqual([200, "34", ""]);
});

test.each([
  ["a page", ["GET / HTTP/1.1", "Host: HOST"], 200],
  ["nothing there", ["GET /nothing HTTP/1.1", "Host: HOST"], 404],
  ["a wrong method", ["POST / HTTP/1.1", "Host: HOST", "Content-Length: 0"], 405],
  ["the session", ["GET /session HTTP/1.1", "Host: HOST"], 200],
  ["a socket without an upgrade", ["GET /socket HTTP/1.1", "Host: HOST"], 426],
  ["a wrong host", ["GET / HTTP/1.1", "Host: evil.example"], 421],
  ["a foreign origin", ["GET / HTTP/1.1", "Host: HOST", "Origin: https://evil.example"], 403],
  ["no HTTP at all", ["HELLO"], 400],
  ["a head that is too long", ["GET / HTTP/1.1", "Host: HOST", `X: ${"x".repeat(70_000)}`], 400],
  [
    "a socket that is refused",
    [
      "GET /socket HTTP/1.1",
      "Host: HOST",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ],
    401,
  ],
])("the answer to %s carries the headers that protect", async (_, lines, status) => {
  await using world = await openTestServer();
  const answer = await sendRaw(world.port, lines.map((line) => line.replace("HOST", world.host)));
  expect(answer.status).toBe(status);
  const { headers } = answer;
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/frame-ancestors 'none'/);
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  expect(headers.get("permissions-policy")).toContain("camera=()");
  expect(headers.has("access-control-allow-origin")).toBe(false);
});

test("the page may talk to its own server only", async () => {
  await using world = await openTestServer();
  const { headers } = await fetch(`${world.server.origin}/session`);
  expect(headers.get("content-security-policy")).toContain(
    `connect-src 'self' ws://${world.host} wss://${world.host};`,
  );
});

test("without a built front end the page says how to build it", async () => {
  await using world = await openTestServer({ built: false });
  const page = await fetch(`${world.server.origin}/`);
  expect([page.status, await page.text()]).toEqual([503, expect.stringContaining("npm run build")]);
  expect(world.server.hasPages).toBe(false);
});

test("senders that dribble block nobody", async () => {
  await using world = await openTestServer();
  const slow = await Promise.all(
    Array.from({ length: 50 }, () => Deno.connect({ hostname: "127.0.0.1", port: world.port })),
  );
  for (const connection of slow) await connection.write(new TextEncoder().encode("GET / HT"));
  const begun = performance.now();
  const { status } = await fetch(`${world.server.origin}/session`);
  expect([status, performance.now() - begun < 1000]).toEqual([200, true]);
  for (const connection of slow) connection.close();
});
