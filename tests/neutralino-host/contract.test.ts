import { join } from "node:path";
import { createPackage } from "@electron/asar";
import { afterAll, describe, expect, test } from "vitest";
import { connectTo } from "./clients.ts";
import type { Address } from "./host_process.ts";
import { BARE } from "./hosts.ts";
import { ENGINE, writeApp } from "./small_app.ts";

/** Without their `NL_`. */
const GLOBALS =
  ("APPID APPVERSION ARCH ARGS CMETHODS COMMIT COMPDATA CONFIGFILE CWD DATAPATH EXTENABLED LOCALE MODE " +
    "OS PATH PID PORT RESMODE TOKEN VERSION WSAVSTLOADED")
    .split(" ");

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => Deno.removeSync(folder, { recursive: true })));

function newApp(config: Record<string, unknown> = {}): string {
  const path = writeApp(config);
  folders.push(path);
  return path;
}

const textOf = async (host: Address, path: string) =>
  await (await fetch(`http://127.0.0.1:${host.port}${path}`)).text();

/** What a raw upgrade request is answered with: the client's own socket would hide it. */
async function statusOf(host: Address, query: string, hostName = "127.0.0.1"): Promise<number> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: host.port });
  await connection.write(new TextEncoder().encode(
    `GET /?${query} HTTP/1.1\r\nHost: ${hostName}:${host.port}\r\nConnection: Upgrade\r\n` +
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  ));
  const buffer = new Uint8Array(64);
  const length = await connection.read(buffer) ?? 0;
  return Number(new TextDecoder().decode(buffer.subarray(0, length)).split(" ")[1]);
}

describe.each(BARE)("$name", (kind) => {
  const start = (config?: Record<string, unknown>) => kind.start(newApp(config), {});

  test("serves the page with its headers, and what has no dot as a folder", async () => {
    await using host = await start();
    const response = await fetch(host.url);
    expect(response.headers.get("x-test")).toBe("1");
    expect(await response.text()).toBe("<title>Page</title>");
    expect(await textOf(host, "/index%2ehtml")).toBe("<title>Page</title>");
    expect((await fetch(`${host.url}missing.js`)).status).toBe(404);
  });

  test("prefers resources.neu, where the configuration lies too", async () => {
    const bundle = Deno.makeTempDirSync();
    folders.push(bundle);
    await createPackage(newApp(), join(bundle, "resources.neu"));
    await using host = await kind.start(bundle, {});
    expect(await textOf(host, "/")).toBe("<title>Page</title>");
  });

  test("gives its token away once", async () => {
    await using host = await start();
    expect(await textOf(host, "/__neutralino_globals.js")).toContain(host.tokens.access);
    const second = await textOf(host, "/any/__neutralino_globals.js");
    expect(second).toContain("NL_TOKEN='';");
    expect(second).toContain(`NL_PORT=${host.port};`);
  });

  test("names all globals of the real one", async () => {
    await using host = await start({ version: "1.2.3" });
    const globals = await textOf(host, "/__neutralino_globals.js");
    expect([...globals.matchAll(/var NL_(\w+)=/g)].map(([, name]) => name).sort()).toEqual(GLOBALS);
  });

  test("the token has 97 characters and opens the socket with what stands behind its dot", async () => {
    await using host = await start();
    const [before = "", after] = host.tokens.access.split(".");
    expect([host.tokens.access.length, before.length, after]).toEqual([
      97,
      47,
      host.tokens.connect,
    ]);
  });

  test("opens its socket only to local pages and listed extensions with the token", async () => {
    await using host = await start();
    const token = `connectToken=${host.tokens.connect}`;
    expect(await statusOf(host, token)).toBe(101);
    expect(await statusOf(host, `extensionId=${ENGINE}&${token}`)).toBe(101);
    expect(await statusOf(host, `extensionId=other&${token}`)).toBe(400);
    expect(await statusOf(host, "connectToken=wrong")).toBe(400);
    expect(await statusOf(host, token, "evil.example")).toBe(400);
  });

  test("refuses calls with the codes and words of the real one", async () => {
    await using host = await start({ nativeAllowList: ["window.*", "app.broadcast", "no.such"] });
    using page = await connectTo(host);
    expect(await page.call("window.show")).toMatchObject({ success: true });
    expect(await page.call("window.show", null, "wrong")).toEqual({
      error: { code: "NE_RT_INVTOKN", message: "Invalid or expired NL_TOKEN value from client" },
    });
    expect(await page.call("os.execCommand", { command: "true" })).toEqual({
      error: {
        code: "NE_RT_NATPRME",
        message: "Missing permission to execute the native method: os.execCommand",
      },
    });
    expect(await page.call("no.such")).toMatchObject({ error: { code: "NE_RT_NATNTIM" } });
    expect(await page.call("app.broadcast", {})).toEqual({
      error: {
        code: "NE_RT_NATRTER",
        message: "Native method execution error occurred. Required parameter is missing: event",
      },
    });
  });

  test("a block list switches the allow list off, even an empty one", async () => {
    await using host = await start({ nativeAllowList: [], nativeBlockList: [] });
    using page = await connectTo(host);
    expect(await page.call("os.execCommand", { command: "true" }))
      .toMatchObject({ success: true });
  });

  test("calls nothing when the native API is off", async () => {
    await using host = await start({ enableNativeAPI: false });
    using page = await connectTo(host);
    expect(await page.call("window.show")).toMatchObject({ error: { code: "NE_RT_APIPRME" } });
  });

  test("is silent on what is no message", async () => {
    await using host = await start();
    using page = await connectTo(host);
    page.send("{");
    page.send(JSON.stringify({ id: 1, method: "window.show", accessToken: host.tokens.access }));
    await page.call("window.show");
    expect(page.heard).toEqual(["appClientConnect", "clientConnect"]);
  });

  test("events reach an extension, all pages or all, and tell of who comes and goes", async () => {
    await using host = await start();
    using page = await connectTo(host);
    using other = await connectTo(host);
    expect(await page.call("extensions.dispatch", { extensionId: ENGINE, event: "hello" })).toEqual(
      {
        error: { code: "NE_EX_EXTNOTC", message: `${ENGINE} is not connected yet` },
      },
    );
    {
      using engine = await connectTo(host, ENGINE);
      expect(await page.event("extClientConnect")).toBe(ENGINE);
      expect(await page.call("extensions.getStats")).toEqual({
        success: true,
        returnValue: { loaded: [ENGINE], connected: [ENGINE] },
      });
      await page.call("extensions.dispatch", {
        extensionId: ENGINE,
        event: "hello",
        data: { n: 1 },
      });
      expect(await engine.event("hello")).toEqual({ n: 1 });
      await engine.call("app.broadcast", { event: "welcome" });
      expect(await page.event("welcome")).toBeNull();
      expect(await other.event("welcome")).toBeNull();
      expect(engine.heard).not.toContain("welcome");
    }
    expect(await page.event("extClientDisconnect")).toBe(ENGINE);
  });

  test("when one of two connections of an extension closes, the host forgets the other too", async () => {
    await using host = await start();
    using page = await connectTo(host);
    using _second = await connectTo(host, ENGINE);
    {
      using _first = await connectTo(host, ENGINE);
    }
    await page.event("extClientDisconnect");
    expect(await page.call("extensions.dispatch", { extensionId: ENGINE, event: "x" }))
      .toMatchObject({ error: { code: "NE_EX_EXTNOTC" } });
  });

  test.skipIf(Deno.build.os === "windows")(
    "starts an extension by the shell, leading a group, with strings and an end on its standard input",
    async () => {
      // Field 5 of its own stat is the process group.
      const command = `cd "\${NL_PATH}" && cat > out && echo >> out && ` +
        "cut -d' ' -f1,5 /proc/$$/stat >> out; mv out done";
      const path = newApp({ extensions: [{ id: ENGINE, commandLinux: command, command }] });
      await using host = await kind.start(path, {});
      const [introduction = "", group = ""] = (await textWhenThere(join(path, "done"))).split("\n");
      expect(JSON.parse(introduction)).toEqual({
        nlConnectToken: host.tokens.connect,
        nlExtensionId: ENGINE,
        nlPort: String(host.port),
        nlToken: host.tokens.access,
      });
      const [pid, leader] = group.split(" ");
      expect(leader).toBe(pid);
    },
  );
});

async function textWhenThere(path: string): Promise<string> {
  const watcher = Deno.watchFs(join(path, ".."));
  for (;;) {
    try {
      return await Deno.readTextFile(path);
    } catch {
      await watcher[Symbol.asyncIterator]().next();
    }
  }
}
