import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectPath } from "../../tests/support/profile.ts";
import { buildEngine } from "./build_engine.ts";
import { writeLauncher } from "./launcher.ts";

let home = "";
let engine = "";
beforeAll(async () => {
  home = Deno.makeTempDirSync({ prefix: "mmfsync-bundle-" });
  // A place with a blank and a quote in its name, far from the source tree.
  engine = join(home, "it's an app/engine");
  await buildEngine(projectPath("."), engine);
  await writeLauncher(engine, "mmfsync", Deno.build.os, {
    deno: Deno.execPath(),
    module: "engine.js",
    options: ["-A", "--no-lock", "--no-remote"],
  });
});
afterAll(() => Deno.removeSync(home, { recursive: true }));

interface Line {
  readonly event: string;
  readonly [key: string]: unknown;
}

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = { MMFSYNC_KEY: "only for tests" },
): Promise<{ readonly code: number; readonly lines: Line[] }> {
  const windows = Deno.build.os === "windows";
  const launcher = join(engine, windows ? "mmfsync.cmd" : "mmfsync");
  const [program, ...before] = windows ? ["cmd.exe", "/c", launcher] : [launcher];
  const { code, stdout } = await new Deno.Command(program, {
    args: [...before, ...args, "--json"],
    cwd: home,
    env: { ...env },
    stderr: "inherit",
  }).output();
  const text = new TextDecoder().decode(stdout).trim();
  return { code, lines: text.split("\n").map((line): Line => JSON.parse(line)) };
}

test("the engine as it ships tells its status", async () => {
  const { code, lines } = await run(["status", "--app-data", join(home, "profile")]);
  expect(code).toBe(0);
  expect(lines).toMatchObject([{
    event: "status",
    providers: [{ id: "mmf", enabled: true, account: null }],
  }]);
});

test("the engine as it ships mirrors the demo library with its own provider and simulator", async () => {
  const { code, lines } = await run(
    ["sync", "--demo", "--demo-objects", "10", "--root", join(home, "library")],
  );
  expect(code).toBe(0);
  const summary = lines.find(({ event }) => event === "summary");
  expect(summary).toMatchObject({ failed: 0, waiting: 0, problems: [] });
  expect(summary?.["fetched"]).toBeGreaterThan(10);
});

test("the engine as it ships finds the keychain's native part", async () => {
  const { lines } = await run(["doctor", "--app-data", join(home, "profile")], { MMFSYNC_KEY: "" });
  const finding = lines.find(({ name }) => name === "keychain");
  expect(finding).toBeDefined();
  // Whether there is a keychain is another question.
  expect(JSON.stringify(finding)).not.toMatch(/not a dependency|cannot find|could not be loaded/i);
});
