import { join } from "node:path";
import * as v from "valibot";
import { findPrograms, ownPlatform } from "../../tools/build/platforms.ts";
import { projectPath } from "../support/profile.ts";
import { type Address, type HostProcess, kill, playPage } from "./host_process.ts";
import { timeUntilGone, treeOf } from "./process_tree.ts";

/** Id of the engine in neutralino.config.json. */
const ENGINE = "mmfsync.engine";

/** Milliseconds that the host has to start. */
const PATIENCE_MS = 10_000;

/** What the host exports for its extensions. */
const AuthInfo = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ nlPort: v.number(), nlToken: v.string(), nlConnectToken: v.string() }),
);

/** Program of the real host, null when there is none. Not on Windows, which has no way to end it as the tests do. */
export function realHost(): string | null {
  const platform = Deno.build.os === "windows" ? null : ownPlatform();
  return platform && findPrograms(projectPath("."), platform).host;
}

/** A started host, with its connection still to be made. */
export interface Started extends Address, AsyncDisposable {
  readonly child: Deno.ChildProcess;
}

/**
 * Starts the real host on a folder.
 *
 * @param mode `window` wants a display. `chrome` hands its page to a browser that is none: whoever tests opens the page.
 */
export async function startProgram(
  program: string,
  path: string,
  mode: "window" | "chrome",
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const data = Deno.makeTempDirSync({ prefix: "mmfsync-host-" });
  const child = new Deno.Command(program, {
    args: [
      `--path=${path}`,
      `--mode=${mode}`,
      // Two of them share the folder, but not what they say of themselves.
      "--data-location=system",
      "--export-auth-info",
      "--chrome-browser-binary=/usr/bin/true",
    ],
    env: { ...env, XDG_DATA_HOME: data, XDG_CACHE_HOME: data, NO_AT_BRIDGE: "1" },
    stdout: "null",
    // The display server, the message bus and the graphics card that are missing are no news.
    stderr: "null",
  }).spawn();
  const { nlPort, nlToken, nlConnectToken } = await authInfoIn(data);
  return {
    child,
    url: `http://127.0.0.1:${nlPort}/`,
    port: nlPort,
    tokens: { access: nlToken, connect: nlConnectToken },
    async [Symbol.asyncDispose]() {
      const tree = await treeOf(child.pid);
      kill(child);
      await child.status;
      // The engine notices by itself, and writes until then.
      await timeUntilGone(tree);
      await Deno.remove(data, { recursive: true });
    },
  };
}

/** The real host without its window: whoever tests plays the page, or opens it in a browser. */
export async function startRealHost(
  program: string,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<HostProcess> {
  const started = await startProgram(program, path, "chrome", env);
  const host = await playPage(started.child, started);
  return {
    ...host,
    // What its window would say: in this mode it has none.
    async closeWindow() {
      await host.page.call("extensions.dispatch", { extensionId: ENGINE, event: "windowClose" });
    },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** Waits until the host, which listens by then, has written it below a folder of the application's name. */
async function authInfoIn(data: string): Promise<v.InferOutput<typeof AuthInfo>> {
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS;) {
    for (const { name } of Deno.readDirSync(data)) {
      const text = await Deno.readTextFile(join(data, name, ".tmp/auth_info.json"))
        .catch(() => "");
      const parsed = v.safeParse(AuthInfo, text);
      if (parsed.success) return parsed.output;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("The host did not start");
}
