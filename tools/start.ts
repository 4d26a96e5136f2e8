// deno-lint-ignore-file no-console -- a command line tool
/**
 * `npm start [-- --demo] [--app-data <dir>]`: the desktop window, or the browser where there is no window to be had.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ENGINE_FLAGS } from "../extensions/sync-engine/cli/engine_flags.mjs";
import manifest from "../package.json" with { type: "json" };
import { makeDesktop } from "./build/make_desktop.ts";
import { findPrograms, ownPlatform } from "./build/platforms.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** A host that ends with a failure before has not shown its window. */
const STARTED_MS = 5_000;

const { values } = parseArgs({
  options: {
    demo: { type: "boolean", default: false },
    "app-data": { type: "string" },
  },
});
const profile = values["app-data"] === undefined
  ? Deno.env.get("MMFSYNC_HOME")
  : resolve(Deno.env.get("INIT_CWD") ?? Deno.cwd(), values["app-data"]);
// The host starts the engine, so that only the environment reaches it.
const env = {
  ...profile === undefined ? {} : { MMFSYNC_HOME: profile },
  ...values.demo ? { MMFSYNC_DEMO: "1" } : {},
};

const problem = await openWindow();
if (problem === null) Deno.exit(0);
console.error(`${problem}: opening in the browser instead.`);
Deno.exit(await openBrowser());

/** Opens the window and waits for its end. Resolves to why there is none, null when there was one. */
async function openWindow(): Promise<string | null> {
  const platform = ownPlatform();
  const host = platform && findPrograms(ROOT, platform).host;
  if (!host) {
    return `The Neutralinojs host is not here (bin/neutralino-${
      platform?.id ?? "?"
    } or NEUTRALINO_BIN)`;
  }
  if (Deno.build.os === "linux" && !Deno.env.get("DISPLAY") && !Deno.env.get("WAYLAND_DISPLAY")) {
    return "There is no display for a window";
  }
  const path = join(ROOT, "dist/desktop");
  await makeDesktop(ROOT, manifest.version, path);
  const started = performance.now();
  const { code, success } = await run(host, [`--path=${path}`]);
  if (success || performance.now() - started > STARTED_MS) return null;
  return `The window could not be opened (the host ended with ${code})`;
}

async function openBrowser(): Promise<number> {
  const main = join(ROOT, "extensions/sync-engine/cli/main.ts");
  const demo = values.demo ? ["--demo"] : [];
  const args = ["run", "-A", ...ENGINE_FLAGS, main, "serve", "--open", ...demo];
  return (await run(Deno.execPath(), args)).code;
}

/** Ctrl-C reaches both; the child decides how to stop. */
async function run(program: string, args: string[]): Promise<Deno.CommandStatus> {
  const child = new Deno.Command(program, { args, env, stdin: "inherit" }).spawn();
  const ignore = () => {};
  const pass = () => child.kill("SIGTERM");
  Deno.addSignalListener("SIGINT", ignore);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", pass);
  return await child.status;
}
