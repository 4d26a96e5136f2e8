import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as v from "valibot";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { lockHolder, lockProfile } from "../../extensions/sync-engine/store/lock.ts";
import { makeDesktop } from "../../tools/build/make_desktop.ts";
import { projectPath } from "../support/profile.ts";
import type { HostProcess } from "./host_process.ts";
import { HOSTS, type Kind, WINDOWED } from "./hosts.ts";
import { parentOf, timeUntilGone, treeOf } from "./process_tree.ts";

const ENGINE = "mmfsync.engine";
const WelcomeSchema = v.object({ nonce: v.string(), url: v.string(), token: v.string() });
const FrameSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

let app = "";
let home = "";
beforeAll(async () => {
  home = Deno.makeTempDirSync({ prefix: "mmfsync-desktop-" });
  app = join(home, "app");
  await makeDesktop(projectPath("."), "0.0.0", app);
});
afterAll(() => Deno.removeSync(home, { recursive: true }));

let lastProfile = 0;
const newProfile = () => join(home, `profile-${++lastProfile}`);

function startOn<H>(kind: Kind<H>, profile: string, env: Record<string, string> = {}): Promise<H> {
  return kind.start(app, {
    MMFSYNC_HOME: profile,
    MMFSYNC_KEY: "only for tests",
    HOME: home,
    ...env,
  });
}

/** Asks the engine in, as the page does. */
async function hello({ page }: HostProcess): Promise<v.InferOutput<typeof WelcomeSchema>> {
  const nonce = crypto.randomUUID();
  const dispatch = () =>
    page.call("extensions.dispatch", { extensionId: ENGINE, event: "hello", data: { nonce } });
  // Like the lib, which waits for the extension.
  while (v.is(v.object({ error: v.unknown() }), await dispatch())) {
    await page.event("extClientConnect");
  }
  for (;;) {
    const welcome = v.parse(WelcomeSchema, await page.event("welcome"));
    if (welcome.nonce === nonce) return welcome;
  }
}

/** Process of the engine, which holds the right to the window. */
function enginePid(profile: string): number {
  return lockHolder(join(profile, "window"), { clock: systemClock })?.pid ?? 0;
}

/** What watches the engine, and all that is below it. The host may have more children, as a web view's. */
async function engineTree(profile: string): Promise<number[]> {
  return await treeOf(await parentOf(enginePid(profile)));
}

interface Line extends Disposable {
  call(method: string): Promise<Record<string, unknown>>;
}

async function openSocket(
  { url, token }: { readonly url: string; readonly token: string },
  origin: string,
): Promise<Line> {
  const socket = new WebSocket(url, {
    protocols: ["mmfsync", `token.${token}`],
    headers: { origin },
  });
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error("The engine refused the connection"));
  });
  return {
    call(method) {
      socket.send(JSON.stringify({ id: 1, method, params: {} }));
      return new Promise((resolve) => {
        socket.onmessage = ({ data }) => {
          const frame = v.parse(FrameSchema, data);
          if (frame["id"] === 1) resolve(frame);
        };
      });
    },
    [Symbol.dispose]: () => socket.close(),
  };
}

const originOf = ({ url }: HostProcess) => new URL(url).origin;

const UNIX = Deno.build.os !== "windows";

describe.runIf(UNIX).each(HOSTS)("the engine behind $name", (kind) => {
  const start = (profile: string, env?: Record<string, string>) => startOn(kind, profile, env);

  test("lets the page in once for each token, and only from the host's own origin", async () => {
    await using host = await start(newProfile());
    const welcome = await hello(host);
    await expect(openSocket(welcome, "http://127.0.0.1:1")).rejects.toThrow("refused");
    using line = await openSocket(welcome, originOf(host));
    expect(await line.call("engine.hello")).toMatchObject({
      result: {
        demo: false,
        mediaBase: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/media\//),
      },
    });
    await expect(openSocket(welcome, originOf(host))).rejects.toThrow("refused");
  });

  test("answers through the host's bus too", async () => {
    await using host = await start(newProfile());
    await hello(host);
    const frames = [1, 2].map((id) => JSON.stringify({ id, method: "engine.status", params: {} }));
    await host.page.call("extensions.dispatch", {
      extensionId: ENGINE,
      event: "rpc",
      data: { client: "page", frames },
    });
    const answered = new Set<unknown>();
    while (answered.size < 2) {
      const { client, frames } = v.parse(
        v.object({ client: v.string(), frames: v.array(FrameSchema) }),
        await host.page.event("rpc"),
      );
      expect(client).toBe("page");
      for (const frame of frames) if ("result" in frame) answered.add(frame["id"]);
    }
  });

  test("is gone within 2 s when the host is killed, with all that it started", async () => {
    const profile = newProfile();
    await using host = await start(profile, { MMFSYNC_DEMO: "1" });
    const welcome = await hello(host);
    using line = await openSocket(welcome, originOf(host));
    // The simulated site and a provider run by then.
    await line.call("engine.status");
    const engine = await engineTree(profile);
    expect(engine.length).toBeGreaterThanOrEqual(3);
    host.kill();
    expect(await timeUntilGone(engine)).toBeLessThan(2_000);
  });

  test("is gone within 2 s when the host is killed while it is too busy to notice", async () => {
    const profile = newProfile();
    await using host = await start(profile);
    await hello(host);
    const engine = await engineTree(profile);
    Deno.kill(enginePid(profile), "SIGSTOP");
    host.kill();
    expect(await timeUntilGone(engine)).toBeLessThan(2_000);
  });

  test("is started again when it is killed, and the page is told", async () => {
    const profile = newProfile();
    await using host = await start(profile);
    await hello(host);
    const before = enginePid(profile);
    const killed = performance.now();
    Deno.kill(before, "SIGKILL");
    expect(await host.page.event("extClientDisconnect")).toBe(ENGINE);
    expect(performance.now() - killed).toBeLessThan(2_000);
    using line = await openSocket(await hello(host), originOf(host));
    expect(await line.call("engine.status")).toHaveProperty("result");
    expect(enginePid(profile)).not.toBe(before);
  });

  test("ends when what started it is killed", async () => {
    const profile = newProfile();
    await using host = await start(profile);
    await hello(host);
    const [supervisor = 0, ...engine] = await engineTree(profile);
    Deno.kill(supervisor, "SIGKILL");
    expect(await timeUntilGone(engine)).toBeLessThan(2_000);
  });

  test("saves and ends the host when the window is closed", async () => {
    const profile = newProfile();
    await using host = await start(profile);
    await hello(host);
    const engine = await engineTree(profile);
    await host.closeWindow();
    expect((await host.exited).code).toBe(0);
    await timeUntilGone(engine);
    // Nobody holds the library, so it was closed.
    expect(lockHolder(profile, { clock: systemClock })).toBeNull();
  });

  test.skipIf(Deno.build.os === "darwin")(
    "opens the links of a page that want a window in the browser, without a shell",
    async () => {
      const bin = Deno.makeTempDirSync({ dir: home });
      const opened = join(bin, "opened");
      Deno.writeTextFileSync(
        join(bin, "xdg-open"),
        `#!/bin/sh\nprintf %s "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`,
        { mode: 0o755 },
      );
      const path = `${bin}:${Deno.env.get("PATH") ?? ""}`;
      await using host = await start(newProfile(), { PATH: path, DISPLAY: ":0" });
      await hello(host);
      const link = "https://site.example/?a=1&$(touch${IFS}x)";
      for (const data of ["file:///etc/passwd", link]) {
        const event = "newWindowRequest";
        await host.page.call("extensions.dispatch", { extensionId: ENGINE, event, data });
      }
      await expect.poll(() => Deno.readTextFile(opened).catch(() => null)).toBe(link);
    },
  );

  test("tells the page to wait while another program has the library", async () => {
    const profile = newProfile();
    const lock = lockProfile(profile, { clock: systemClock });
    await using host = await start(profile);
    const welcome = hello(host);
    expect(await host.page.event("unavailable")).toMatchObject({ error: { code: "badInput" } });
    lock.release();
    using line = await openSocket(await welcome, originOf(host));
    expect(await line.call("engine.status")).toHaveProperty("result");
  });
});

describe.runIf(UNIX).each(WINDOWED)("$name", (kind) => {
  test("lets a second window end itself, and shows the first", async () => {
    const profile = newProfile();
    await using first = await startOn(kind, profile);
    await hello(first);
    await expect.poll(first.wasShown).toBe(true);
    const shown = first.shown();
    await using second = await startOn(kind, profile);
    void hello(second);
    expect((await second.exited).code).toBe(0);
    await shown;
    expect(second.wasShown()).toBe(false);
  });
});
