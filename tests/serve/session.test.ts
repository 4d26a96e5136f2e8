import { expect, test } from "vitest";
import { openSocket, openTestServer, postSession, sendRaw } from "./world.ts";

const PASSWORD = "correct horse battery";

async function stateOf(origin: string, cookie = ""): Promise<string> {
  const response = await fetch(`${origin}/session`, { headers: { cookie } });
  return (await response.json()).state;
}

test("a launch token opens one session", async () => {
  await using world = await openTestServer();
  const { origin } = world.server;
  const token = world.server.newToken();
  expect(await stateOf(origin)).toBe("token");
  const { status, headers } = await postSession(origin, { token });
  expect(status).toBe(200);
  expect(headers.get("set-cookie")).toMatch(
    new RegExp(`^mmfsync-${world.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
  );
  expect(headers.get("cache-control")).toBe("no-store");
  expect(await stateOf(origin, headers.get("set-cookie")?.split(";")[0])).toBe("open");
  expect(world.tokensUsed).toBe(1);

  const again = await postSession(origin, { token });
  expect([again.status, again.headers.get("set-cookie")]).toEqual([401, null]);
  expect(world.tokensUsed).toBe(1);
});

test("a token that somebody else used is of no use any more", async () => {
  await using world = await openTestServer();
  const token = world.server.newToken();
  using thief = openSocket(world.port, { protocols: ["mmfsync", `token.${token}`] });
  await thief.opened;
  expect((await postSession(world.server.origin, { token })).status).toBe(401);
});

test("a token ends with its time", async () => {
  await using world = await openTestServer();
  const [late, right] = [world.server.newToken(1000), world.server.newToken(1000)];
  await world.clock.advance(1000);
  expect((await postSession(world.server.origin, { token: right })).status).toBe(200);
  await world.clock.advance(1);
  expect((await postSession(world.server.origin, { token: late })).status).toBe(401);
});

test.each([
  ["a wrong token", { token: "x".repeat(43) }, 401],
  ["a password where there is none", { password: PASSWORD }, 401],
  ["nothing", {}, 400],
  ["both", { token: "a", password: "b" }, 400],
  ["an empty token", { token: "" }, 400],
  ["a token of another type", { token: ["a"] }, 400],
  ["a list", [], 400],
  ["null", null, 400],
  ["a token that is too long", { token: "x".repeat(1001) }, 400],
  ["a body that is too long", { token: "x".repeat(5000) }, 413],
])("%s opens nothing", async (_, body, status) => {
  await using world = await openTestServer();
  world.server.newToken();
  const answer = await postSession(world.server.origin, body);
  expect([answer.status, answer.headers.get("set-cookie")]).toEqual([status, null]);
});

test.each([
  ["none", ""],
  ["an empty one", "mmfsync-PORT="],
  ["a made-up one", `mmfsync-PORT=${"x".repeat(43)}`],
  ["that of another server", `mmfsync-1=VALUE`],
  ["one with more behind it", "mmfsync-PORT=VALUEx"],
])("the cookie lets nobody in when it is %s", async (_, pattern) => {
  await using world = await openTestServer();
  const [, value = ""] = (await world.enter()).split("=");
  const cookie = pattern.replace("PORT", String(world.port)).replace("VALUE", value);
  expect(await stateOf(world.server.origin, cookie)).toBe("token");
  using socket = openSocket(world.port, { cookie });
  await expect(socket.opened).rejects.toThrow("401");
});

test("a session is found among the cookies of other servers", async () => {
  await using world = await openTestServer();
  const cookie = `a=b; mmfsync-1=zzz; ${await world.enter()};c=d`;
  expect(await stateOf(world.server.origin, cookie)).toBe("open");
});

test.each([
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain",
  "text/plain; charset=application/json",
  "",
])("a form's %s is not read", async (type) => {
  await using world = await openTestServer();
  const body = JSON.stringify({ token: world.server.newToken() });
  const { status, headers } = await sendRaw(world.port, [
    "POST /session HTTP/1.1",
    `Host: ${world.host}`,
    ...type === "" ? [] : [`Content-Type: ${type}`],
    `Content-Length: ${body.length}`,
  ], body);
  expect([status, headers.get("set-cookie"), world.tokensUsed]).toEqual([415, null, 0]);
});

test("a body that never ends is cut off", async () => {
  await using world = await openTestServer();
  const { status } = await sendRaw(world.port, [
    "POST /session HTTP/1.1",
    `Host: ${world.host}`,
    "Content-Type: application/json",
    "Content-Length: 99999999999",
  ], "x".repeat(5000));
  expect(status).toBe(413);
});

test("the password opens sessions, and a launch token still does", async () => {
  await using world = await openTestServer({ password: PASSWORD });
  const { origin } = world.server;
  expect(await stateOf(origin)).toBe("password");
  expect((await postSession(origin, { password: "wrong horse battery" })).status).toBe(401);
  expect((await postSession(origin, { password: PASSWORD })).status).toBe(200);
  expect((await postSession(origin, { token: world.server.newToken() })).status).toBe(200);
});

test("guessing the password is damped, and even the right one waits then", async () => {
  await using world = await openTestServer({ password: PASSWORD });
  const attempt = async (password: string) => await postSession(world.server.origin, { password });
  for (let i = 0; i < 5; i++) expect((await attempt("guess")).status).toBe(401);
  const damped = await attempt(PASSWORD);
  expect([damped.status, damped.headers.get("retry-after")]).toEqual([429, "1"]);
  await world.clock.advance(1000);
  expect((await attempt("guess")).status).toBe(401);
  expect((await attempt(PASSWORD)).headers.get("retry-after")).toBe("2");
  await world.clock.advance(2000);
  expect((await attempt(PASSWORD)).status).toBe(200);
  expect((await attempt("guess")).status).toBe(401);
});

test("many attempts at once are not all looked at", async () => {
  await using world = await openTestServer({ password: PASSWORD });
  const attempts = Array.from(
    { length: 30 },
    () => postSession(world.server.origin, { password: "guess" }),
  );
  const codes = (await Promise.all(attempts)).map(({ status }) => status);
  expect(codes.filter((code) => code === 401).length).toBeLessThanOrEqual(8);
  expect(codes.filter((code) => code === 429).length).toBeGreaterThanOrEqual(22);
});

test("behind a proxy with TLS the cookie goes nowhere else", async () => {
  await using world = await openTestServer({ allowedHosts: ["nas.example"] });
  const body = JSON.stringify({ token: world.server.newToken() });
  const { headers } = await sendRaw(world.port, [
    "POST /session HTTP/1.1",
    "Host: nas.example",
    "Origin: https://nas.example",
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
  ], body);
  expect(headers.get("set-cookie")).toMatch(/; Secure$/);
});
