#!/usr/bin/env node
// deno-lint-ignore-file no-console -- a command line tool
/**
 * Entry of every npm script. Needs nothing but Node and npm: installs what is missing, builds what is
 * stale, then hands over to Deno. Says what it does on stderr, so that stdout stays the program's own.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ENGINE_FLAGS } from "../extensions/sync-engine/cli/engine_flags.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CLI = ["run", "-A", ...ENGINE_FLAGS, "extensions/sync-engine/cli/main.ts"];
const VITEST = ["run", "-A", "node_modules/vitest/vitest.mjs", "run"];

/** Arguments of Deno for each task. */
const TASKS = {
  start: ["run", "-A", "tools/start.ts"],
  demo: [...CLI, "sync", "--headless", "--demo"],
  mmfsync: CLI,
  build: ["run", "-A", "build.ts"],
  test: VITEST,
  coverage: [...VITEST, "--coverage"],
  check: ["run", "-A", "tools/check.ts"],
  bench: ["run", "-A", "tests/bench/main.ts"],
  "test:e2e": [...VITEST, "tests/e2e"],
  "test:kill": [...VITEST, "tests/crash/kill.test.ts"],
  "test:crash": [...VITEST, "tests/crash/step.test.ts", "tests/crash/fault.test.ts"],
  "test:model": [...VITEST, "tests/model"],
  "test:soak": [...VITEST, "tests/soak"],
  "bench:ui": ["run", "-A", "tests/bench/ui/main.ts"],
};

/** How much the long tests try, where the caller does not say so; see tests/README.md. */
const LONG = {
  "test:kill": ["MMFSYNC_CRASH_SEEDS", "200"],
  "test:crash": ["MMFSYNC_CRASH_ALL", "1"],
  "test:model": ["MMFSYNC_MODEL_RUNS", "500"],
  "test:soak": ["MMFSYNC_SOAK", "20000"],
};

/** Tasks that show the front end. */
const SHOW = new Set(["start", "test", "coverage", "test:e2e", "bench:ui"]);

const [task = "", ...args] = process.argv.slice(2);
if (!(task in TASKS)) {
  console.error(`usage: run.mjs ${Object.keys(TASKS).join("|")} [arguments]`);
  process.exit(2);
}

install();
const deno = createRequire(import.meta.url)("deno/install_api.cjs").runInstall();
// Compiled modules stay in the clone; the user's home is left alone.
process.env.DENO_DIR ??= join(ROOT, "node_modules/.cache/deno");
process.env.DENO_NO_UPDATE_CHECK ??= "1";
// Where the caller stands: relative paths in arguments are meant from there.
process.env.INIT_CWD ??= process.cwd();
const [variable, much] = LONG[task] ?? [];
if (variable) process.env[variable] ??= much;
if (task !== "build") {
  if (providersAreStale()) must(deno, ["run", "-A", "build.ts", "providers"]);
  const shows = SHOW.has(task) || (task === "mmfsync" && args[0] === "serve");
  if (shows && frontendIsStale()) must(deno, ["run", "-A", "build.ts", "frontend"]);
}
handOver(deno, [...TASKS[task], ...args]);

function install() {
  const installed = join(ROOT, "node_modules/.package-lock.json");
  const wanted = join(ROOT, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  console.error("Installing what the project needs (once) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Not `npm ci`: it refuses a lock file that lacks another platform's build of an optional dependency.
  must(npm, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    shell: process.platform === "win32",
  });
}

/** Whether a source of a provider is newer than its bundle. */
function providersAreStale() {
  const sdk = newest(join(ROOT, "providers/sdk"));
  return readdirSync(join(ROOT, "providers")).some((id) => {
    if (!existsSync(join(ROOT, "providers", id, "provider.toml"))) return false;
    const bundle = join(ROOT, "dist/providers", id, "provider.js");
    if (!existsSync(bundle)) return true;
    return Math.max(sdk, newest(join(ROOT, "providers", id))) > statSync(bundle).mtimeMs;
  });
}

/** Whether a source of the front end is newer than what was built. */
function frontendIsStale() {
  const built = join(ROOT, "resources/index.html");
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  const sources = ["frontend", "extensions/sync-engine/protocol"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(ROOT, folder, name))
  );
  return [join(ROOT, "package-lock.json"), ...sources].some((path) =>
    statSync(path).mtimeMs > mtimeMs
  );
}

/** Time of the newest file in a folder, its subfolders left out (tests' data, the simulator). */
function newest(folder) {
  return Math.max(
    ...readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(folder, entry.name)).mtimeMs),
  );
}

function must(command, parameters, options = {}) {
  const { status } = spawnSync(command, parameters, {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
    ...options,
  });
  if (status !== 0) process.exit(status ?? 1);
}

function handOver(command, parameters) {
  const child = spawn(command, parameters, { cwd: ROOT, stdio: "inherit" });
  // A terminal sends Ctrl-C to both; the child decides how to stop.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => {
    process.exit(code ?? (signal === "SIGKILL" ? 137 : 143));
  });
}
