import { expect, test } from "vitest";
import { openSocket, openTestServer, sendRaw } from "./world.ts";

test.each([
  ["a name that was made to point here", "evil.example"],
  ["such a name with the port", "evil.example:80"],
  ["a name that begins like ours", "127.0.0.1.evil.example"],
  ["a name that ends like ours", "evil-localhost"],
  ["a user before our name", "evil@127.0.0.1"],
  ["another address", "10.0.0.1"],
  ["a path behind our name", "127.0.0.1/evil"],
  ["nothing", ""],
])("a request to %s is refused, whatever it asks for", async (_, host) => {
  await using world = await openTestServer();
  const cookie = await world.enter();
  for (const path of ["/", "/session", `${world.mediaBase}thumb/a`]) {
    const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}`, `Cookie: ${cookie}`];
    const { status, body } = await sendRaw(world.port, lines);
    expect([path, status >= 400]).toEqual([path, true]);
    expect(body).not.toContain("doctype");
  }
});

test.each(["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])(
  "a server on loopback answers to %s on any port, as through a tunnel",
  async (name) => {
    await using world = await openTestServer();
    for (const host of [name, `${name}:9`, `${name}:${world.port}`]) {
      const { status } = await sendRaw(world.port, ["GET /session HTTP/1.1", `Host: ${host}`]);
      expect([host, status]).toEqual([host, 200]);
    }
  },
);

test("a server answers to the names that it was told, and to no others", async () => {
  await using world = await openTestServer({ allowedHosts: ["Nas.example"] });
  const ask = async (host: string) =>
    (await sendRaw(world.port, ["GET /session HTTP/1.1", `Host: ${host}`])).status;
  expect([await ask("nas.example"), await ask("nas.example:8443"), await ask("other.example")])
    .toEqual([200, 200, 421]);
});

test("a server for others answers to any address, because rebinding needs a name", async () => {
  await using world = await openTestServer({ hostname: "0.0.0.0" });
  const ask = async (host: string) =>
    (await sendRaw(world.port, ["GET /session HTTP/1.1", `Host: ${host}`])).status;
  expect([await ask("192.168.0.7:80"), await ask("[fe80::1]"), await ask("evil.example")])
    .toEqual([200, 200, 421]);
});

test.each(["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "file://"])(
  "a page of %s gets neither session nor socket",
  async (origin) => {
    await using world = await openTestServer();
    const cookie = await world.enter();
    const token = world.server.newToken();
    const body = JSON.stringify({ token });
    const { status, headers } = await sendRaw(world.port, [
      "POST /session HTTP/1.1",
      `Host: ${world.host}`,
      `Origin: ${origin}`,
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
    ], body);
    expect([status, headers.get("set-cookie")]).toEqual([403, null]);

    using socket = openSocket(world.port, { cookie, origin });
    await expect(socket.opened).rejects.toThrow("403");
    using tokened = openSocket(world.port, { origin, protocols: ["mmfsync", `token.${token}`] });
    await expect(tokened.opened).rejects.toThrow("403");
    // The token was not used up by them.
    expect(world.tokensUsed).toBe(1);
    using own = openSocket(world.port, { protocols: ["mmfsync", `token.${token}`] });
    await own.opened;
  },
);

test("a socket to a name that was made to point here is refused", async () => {
  await using world = await openTestServer();
  const cookie = await world.enter();
  using socket = openSocket(world.port, {
    cookie,
    host: "evil.example",
    origin: "http://evil.example",
  });
  await expect(socket.opened).rejects.toThrow("421");
});

test.each(["cross-site", "same-site"])(
  "what a %s page embeds is refused; a link to the page itself is not",
  async (site) => {
    await using world = await openTestServer();
    const ask = async (path: string, mode: string, destination: string) =>
      (await sendRaw(world.port, [
        `GET ${path} HTTP/1.1`,
        `Host: ${world.host}`,
        `Sec-Fetch-Site: ${site}`,
        `Sec-Fetch-Mode: ${mode}`,
        `Sec-Fetch-Dest: ${destination}`,
      ])).status;
    expect(await ask("/session", "no-cors", "script")).toBe(403);
    expect(await ask("/session", "navigate", "document")).toBe(403);
    expect(await ask("/assets/index-abc123.js", "no-cors", "script")).toBe(403);
    expect(await ask(`${world.mediaBase}thumb/a`, "no-cors", "image")).toBe(403);
    expect(await ask("/", "navigate", "iframe")).toBe(403);
    expect(await ask("/", "navigate", "document")).toBe(200);
  },
);

test("the desktop window's page may use the socket and read pictures, and nobody else", async () => {
  const origin = "http://127.0.0.1:5555";
  const png = Uint8Array.of(1, 2, 3);
  await using world = await openTestServer({
    allowedOrigins: [origin],
    engine: {
      thumbnails: { get: () => Promise.resolve({ bytes: png, type: "image/png", tag: "a" }) },
    },
  });
  const get = (path: string, ...more: string[]) =>
    sendRaw(world.port, [`GET ${path} HTTP/1.1`, `Host: ${world.host}`, ...more]);

  const read = await get(`${world.mediaBase}thumb/a`, `Origin: ${origin}`);
  expect([read.status, read.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
  const drawn = await get(`${world.mediaBase}thumb/a`, "Sec-Fetch-Site: same-site");
  expect([drawn.status, drawn.headers.get("cross-origin-resource-policy")])
    .toEqual([200, "cross-origin"]);
  expect((await get("/session", "Sec-Fetch-Site: same-site")).status).toBe(403);
  expect((await get(`${world.mediaBase}thumb/a`, "Origin: http://127.0.0.1:5556")).status)
    .toBe(403);

  const protocols = ["mmfsync", `token.${world.server.newToken()}`];
  using socket = openSocket(world.port, { origin, protocols });
  await socket.opened;
});
