import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSimulator } from "../../extensions/sync-engine/cli/simulator.ts";
import { mmfsync } from "./mmfsync.ts";

let dir = "";
beforeEach(() => void (dir = Deno.makeTempDirSync()));
afterEach(() => Deno.removeSync(dir, { recursive: true }));

const SITE = "https://www.myminifactory.com";

test("mmfsync --help ends with 0 and lists the exit codes", async () => {
  const { code, stdout } = await mmfsync(["--help"]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^ +7 {2}verify found/m)]);
});

test("mmfsync ends with 2 for a command that it does not know", async () => {
  const { code, stdout, stderr } = await mmfsync(["snyc"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/unknown command 'snyc'/);
});

test("mmfsync sync ends with 3 before anybody signed in", async () => {
  const args = ["sync", "--headless", "--json", "--root", "library"];
  const { code, events } = await mmfsync(args, { cwd: dir, env: { MMFSYNC_HOME: join(dir, "p") } });
  expect([code, events]).toMatchObject([3, [{ event: "error", code: "needsAuth" }]]);
  expect(existsSync(join(dir, "library"))).toBe(false);
});

test("mmfsync login ends with 3 when the site refuses, and keeps no secret", async () => {
  await using site = signedOutSite();
  const env = {
    MMFSYNC_HOME: join(dir, "p"),
    MMFSYNC_KEY: "correct horse battery",
    MMFSYNC_CONNECT_TO: JSON.stringify({ [SITE]: site.origin }),
  };
  const { code, stdout, stderr } = await mmfsync(["login", "mmf", "--json"], {
    env,
    input: "Cookie: PHPSESSID=abcdef\n",
  });
  expect([code, stderr]).toEqual([3, ""]);
  expect(stdout).not.toContain("abcdef");
  expect(site.cookies).toContain("PHPSESSID=abcdef");

  const status = await mmfsync(["status", "--json"], { env });
  expect(status.events[0]?.["providers"]).toMatchObject([{ id: "mmf", account: null }]);
});

test("mmfsync login keeps the sign-in encrypted until logout", async () => {
  const site = await startSimulator({ objects: 10, seed: 1 });
  try {
    Deno.writeTextFileSync(join(dir, "key"), "correct horse battery");
    const options = {
      cwd: dir,
      env: { MMFSYNC_HOME: "p", MMFSYNC_CONNECT_TO: JSON.stringify(site.connectTo) },
    };
    const key = ["--key-file", "key", "--json"];
    const login = await mmfsync(["login", "mmf", ...key], { ...options, input: site.session });
    expect([login.code, login.stderr]).toEqual([0, ""]);
    expect(login.events).toMatchObject([{ event: "signedIn", provider: "mmf" }]);
    const secrets = Deno.readTextFileSync(join(dir, "p/secrets.json.enc"));
    expect(secrets).not.toContain(site.session);

    expect((await mmfsync(["logout", "mmf", ...key], options)).code).toBe(0);
    const status = await mmfsync(["status", "--json"], options);
    expect(status.events[0]?.["providers"]).toMatchObject([{ account: null }]);
  } finally {
    await site.close();
  }
});

test("mmfsync login without network promises nothing and leaves no secrets behind", async () => {
  const env = {
    MMFSYNC_HOME: join(dir, "p"),
    MMFSYNC_KEY: "correct horse battery",
    MMFSYNC_CONNECT_TO: JSON.stringify({ [SITE]: "http://127.0.0.1:1" }),
  };
  const { code, stderr } = await mmfsync(["login", "mmf"], { env, input: "PHPSESSID=abcdef" });
  expect(code).toBe(8);
  expect(stderr).toMatch(/\nCheck the connection, then sign in again\. Nothing was changed\.\n$/);
  expect(stderr).not.toMatch(/by itself/);
  expect(existsSync(join(dir, "p/secrets.json.enc"))).toBe(false);
});

test("mmfsync only looks at a profile that is not there, without making it", async () => {
  const env = { MMFSYNC_HOME: join(dir, "p"), HOME: dir };
  for (const line of ["status", "list", "settings get", "plugins list"]) {
    expect((await mmfsync(line.split(" "), { env })).code).toBe(0);
  }
  expect(existsSync(join(dir, "p"))).toBe(false);
  const { code, stdout } = await mmfsync(["verify"], { env });
  expect([code, stdout]).toEqual([0, "Nothing is here to verify yet\n"]);
  expect(existsSync(join(dir, "MyMiniFactorySync"))).toBe(false);
});

test.runIf(Deno.build.os === "linux")(
  "mmfsync ends with 5 for a folder that cannot be made, and asks for another",
  async () => {
    for (const place of [["--app-data", "/proc/x"], ["--root", "/proc/x"]]) {
      const ran = await mmfsync(["sync", "--demo", "--demo-objects", "10", ...place]);
      expect([ran.code, ran.stderr]).toEqual([
        5,
        expect.stringMatching(/^Error: Cannot create folder "\/proc\/x.*choose another folder\n$/),
      ]);
    }
  },
);

test("mmfsync doctor says first what to do without a keychain", async () => {
  const env = { MMFSYNC_HOME: join(dir, "p"), MMFSYNC_KEY: "", DBUS_SESSION_BUS_ADDRESS: "none:" };
  const { code, stdout } = await mmfsync(["doctor"], { env });
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^PROBLEM keychain: No keychain here: set MMFSYNC_KEY/m),
  ]);
  expect(stdout).toMatch(/ [GT]B free$/m);
});

test("mmfsync login without keychain and key ends with 5 and says how to go on", async () => {
  const env = { MMFSYNC_HOME: join(dir, "p"), MMFSYNC_KEY: "", DBUS_SESSION_BUS_ADDRESS: "none:" };
  const { code, stderr } = await mmfsync(["login", "mmf"], { env, input: "a=1" });
  expect(code).toBe(5);
  expect(stderr).toMatch(/^Error: No keychain here: set MMFSYNC_KEY/);
  const out = await mmfsync(["logout", "mmf"], { env });
  expect([out.code, out.stdout, out.stderr]).toEqual([0, "Not signed in to MyMiniFactory\n", ""]);
});

test("mmfsync refuses a MMFSYNC_CONNECT_TO that leads elsewhere", async () => {
  const env = {
    MMFSYNC_HOME: join(dir, "p"),
    MMFSYNC_CONNECT_TO: JSON.stringify({ [SITE]: "https://evil.example" }),
  };
  const { code, stderr } = await mmfsync(["status"], { env });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/evil\.example/)]);
});

/** The site as it is to somebody whose session has ended. */
function signedOutSite() {
  const cookies: (string | null)[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    cookies.push(request.headers.get("cookie"));
    if (new URL(request.url).pathname === "/login") {
      return new Response("<html>Log in</html>", { headers: { "content-type": "text/html" } });
    }
    return new Response(null, { status: 302, headers: { location: `${SITE}/login` } });
  });
  return {
    cookies,
    origin: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
