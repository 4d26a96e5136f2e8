import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mmfsync, startMmfsync } from "../cli/mmfsync.ts";
import { openSocket, postSession } from "./world.ts";

let dir = "";
/** Nothing of the user's may be touched. */
let env: Record<string, string> = {};

beforeAll(() => {
  dir = Deno.makeTempDirSync();
  const home = join(dir, "home");
  env = {
    HOME: home,
    XDG_DATA_HOME: join(home, "data"),
    LOCALAPPDATA: join(home, "data"),
    DENO_DIR: Deno.env.get("DENO_DIR") ?? join(Deno.cwd(), "node_modules/.cache/deno"),
  };
});
afterAll(() => Deno.removeSync(dir, { recursive: true }));

/** A running `serve`. */
function startServe(...args: readonly string[]) {
  const child = startMmfsync(["serve", "--json", ...args], { env });
  void child.stderr.cancel();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const line = async (): Promise<Record<string, unknown>> => {
    while (!text.includes("\n")) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`It ended: ${text}`);
      text += value;
    }
    const [first = "", ...rest] = text.split("\n");
    text = rest.join("\n");
    return JSON.parse(first);
  };
  return {
    child,
    line,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
      await reader.cancel();
      await child.status;
      await child.stdin.close().catch(() => {});
    },
  };
}

/** Goes in with a launch link, as the page does. */
async function enter(url: string) {
  const { origin, port, hash } = new URL(url);
  const { headers } = await postSession(origin, { token: hash.replace("#token=", "") });
  const cookie = headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  const front = openSocket(Number(port), { cookie, origin });
  await front.opened;
  let nextId = 1;
  const events: unknown[] = [];
  return {
    events,
    async ask(method: string, params: unknown = {}): Promise<unknown> {
      const id = nextId++;
      front.socket.send(JSON.stringify({ id, method, params }));
      for (;;) {
        const frame = await front.next();
        if (frame["id"] === id) return "error" in frame ? frame["error"] : frame["result"];
        events.push(frame["event"]);
      }
    },
    async hear(event: string): Promise<unknown> {
      for (;;) {
        const frame = await front.next();
        if (frame["event"] === event) return frame["data"];
      }
    },
    [Symbol.dispose]: () => front[Symbol.dispose](),
  };
}

test("serve shows an empty profile, and ends cleanly", async () => {
  await using serving = startServe("--app-data", join(dir, "empty"));
  const { event, url, port } = await serving.line();
  expect([event, url]).toEqual([
    "serving",
    expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#token=[\\w-]{43}$`)),
  ]);
  using front = await enter(String(url));
  expect(await front.ask("engine.hello")).toMatchObject({ demo: false });
  expect(await front.ask("engine.status")).toMatchObject({
    busy: null,
    library: { assets: 0 },
    providers: [{ id: "mmf", account: null }],
  });
  // The link is used up; here is another one.
  const next = await serving.line();
  expect(next).toMatchObject({ event: "link", url: expect.not.stringMatching(String(url)) });
  using _other = await enter(String(next["url"]));

  serving.child.kill("SIGTERM");
  expect((await serving.child.status).code).toBe(0);
  expect(existsSync(join(dir, "empty", "engine.lock"))).toBe(false);
});

test("serve ends when a front end asks it to", async () => {
  await using serving = startServe("--app-data", join(dir, "asked"));
  const { url } = await serving.line();
  using front = await enter(String(url));
  expect(await front.ask("engine.shutdown")).toBe(null);
  expect((await serving.child.status).code).toBe(0);
});

test("serve --demo shows a library to choose from; leaving leads to the user's own", async () => {
  const profile = join(dir, "demo");
  const args = ["--demo", "--demo-objects", "12", "--app-data", profile];
  await using serving = startServe(...args);
  const { url } = await serving.line();
  using front = await enter(String(url));
  expect(await front.ask("engine.hello")).toMatchObject({ demo: true });
  if (!await isIdle(front)) await front.hear("syncEnded");
  const library = { assets: expect.any(Number), wanted: 0, filesHere: 0 };
  const status = await front.ask("engine.status");
  expect(status).toMatchObject({
    busy: null,
    library,
    providers: [{ account: expect.any(String) }],
  });
  expect(await front.ask("library.query", { limit: 1 })).toMatchObject({
    rows: [{ provider: "mmf" }],
  });

  expect(await front.ask("demo.leave")).toBe(null);
  expect(front.events).toContain("engineChanged");
  expect(await front.ask("engine.hello")).toMatchObject({ demo: false });
  expect(await front.ask("library.summary")).toMatchObject({ assets: 0 });
  expect(readdirSync(profile)).toContain("sync.db");

  // What was scanned before is still there.
  expect(await front.ask("demo.enter")).toBe(null);
  expect(await front.ask("library.query", { limit: 1 })).toMatchObject({
    rows: [{ provider: "mmf" }],
  });
  serving.child.kill("SIGINT");
  expect((await serving.child.status).code).toBe(0);
});

async function isIdle(front: Awaited<ReturnType<typeof enter>>): Promise<boolean> {
  const status = await front.ask("engine.status");
  return typeof status === "object" && status !== null && "busy" in status && status.busy === null;
}

test("a profile that is served is busy, and the other one says where", async () => {
  const profile = ["--app-data", join(dir, "busy")];
  await using serving = startServe(...profile);
  const { port } = await serving.line();
  const { code, events } = await mmfsync(["serve", "--json", ...profile], { env });
  expect([code, events.at(-1)?.["hint"]]).toEqual([
    6,
    expect.stringContaining(`http://127.0.0.1:${port}/`),
  ]);
});

test("a port that is taken is refused", async () => {
  await using serving = startServe("--app-data", join(dir, "first"));
  const { port } = await serving.line();
  const args = ["serve", "--port", String(port), "--app-data", join(dir, "second")];
  const { code, stderr } = await mmfsync(args, { env });
  expect([code, stderr]).toEqual([2, expect.stringContaining(`Port ${port} is taken`)]);
});

test.each(["0.0.0.0", "::", "192.168.0.1", "nas.example"])(
  "serving on %s wants a password",
  async (host) => {
    const profile = join(dir, "open");
    const args = ["serve", "--host", host, "--app-data", profile];
    const { code, stderr } = await mmfsync(args, { env });
    expect([code, stderr]).toEqual([2, expect.stringContaining("MMFSYNC_PASSWORD")]);
    expect(existsSync(profile)).toBe(false);
  },
);

test.each([
  ["too short", "secret"],
  ["empty", " \n"],
])("a password that is %s is refused", async (_, password) => {
  const path = join(dir, "password.txt");
  writeFileSync(path, password);
  const args = ["serve", "--password-file", path, "--app-data", join(dir, "open")];
  expect((await mmfsync(args, { env })).code).toBe(2);
});

test("with a password others are served", async () => {
  const path = join(dir, "good.txt");
  writeFileSync(path, "correct horse battery\n");
  const args = ["--host", "0.0.0.0", "--password-file", path, "--app-data", join(dir, "nas")];
  await using serving = startServe(...args);
  const { port } = await serving.line();
  const origin = `http://127.0.0.1:${port}`;
  const { state } = await (await fetch(`${origin}/session`)).json();
  expect(state).toBe("password");
  expect((await postSession(origin, { password: "correct horse battery" })).status).toBe(200);
});
