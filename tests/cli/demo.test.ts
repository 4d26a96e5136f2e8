import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mmfsync, startMmfsync } from "./mmfsync.ts";

let dir = "";
let root = "";
/** Nothing of the user's may be touched. */
let env: Record<string, string> = {};

beforeAll(() => {
  dir = Deno.makeTempDirSync();
  root = join(dir, "library");
  const home = join(dir, "home");
  env = {
    HOME: home,
    XDG_DATA_HOME: join(home, "data"),
    LOCALAPPDATA: join(home, "data"),
    DENO_DIR: Deno.env.get("DENO_DIR") ?? join(Deno.cwd(), "node_modules/.cache/deno"),
  };
});
afterAll(() => Deno.removeSync(dir, { recursive: true }));

const DEMO = ["sync", "--headless", "--demo", "--demo-objects", "10", "--json"];

test("sync --demo fills a library from nothing", async () => {
  const { code, events, stderr } = await mmfsync([...DEMO, "--root", root], { env });
  expect([code, stderr]).toEqual([0, ""]);
  const last = events.at(-1);
  expect(last).toMatchObject({ event: "summary", failed: 0, waiting: 0, problems: [] });
  expect(last?.["fetched"]).toBeGreaterThan(10);
  expect(existsSync(join(dir, "home"))).toBe(false);
});

test("sync without --demo knows the library as a demo's, and fetches nothing twice", async () => {
  const { code, events } = await mmfsync(["sync", "--json", "--root", "library"], {
    env,
    cwd: dir,
  });
  expect(code).toBe(0);
  expect(events.at(-1)).toMatchObject({ event: "summary", fetched: 0, failed: 0 });
});

test("sync --root is remembered by the profile, unless the folder is not the library", async () => {
  const profile = ["--app-data", join(dir, "profile"), "--json"];
  const first = await mmfsync([...DEMO, ...profile, "--root", join(dir, "mine")], { env });
  expect(first.code).toBe(0);

  Deno.mkdirSync(join(dir, "empty"));
  const wrong = await mmfsync(["sync", ...profile, "--root", join(dir, "empty")], { env });
  expect([wrong.code, wrong.events.at(-1)]).toMatchObject([5, { code: "permission" }]);

  const { code, events } = await mmfsync(["verify", ...profile], { env });
  expect([code, events.at(-1)?.["ok"]]).toEqual([0, first.events.at(-1)?.["files"]]);
});

test("sync --demo --app-data goes on in the folder that it had, without another one", async () => {
  const tmp = join(dir, "tmp");
  Deno.mkdirSync(tmp);
  const options = { env: { ...env, TMPDIR: tmp, TMP: tmp, TEMP: tmp } };
  const profile = ["--app-data", join(dir, "own")];
  const first = await mmfsync([...DEMO, ...profile], options);
  const folder = first.events.find(({ event }) => event === "demo")?.["root"];
  expect([first.code, readdirSync(tmp).map((name) => join(tmp, name))]).toEqual([0, [folder]]);

  const args = ["sync", "--demo", "--demo-objects", "10", ...profile];
  const { code, stdout } = await mmfsync(args, options);
  expect([code, readdirSync(tmp)]).toMatchObject([0, { length: 1 }]);
  expect(stdout).toMatch(/^Starting the simulated site …\nReading the list of MyMiniFactory …\n/);
  expect(stdout).toMatch(/MyMiniFactory: \d+ models listed\n/);
  expect(stdout).toContain(`mmfsync list --app-data '${join(dir, "own")}'`);
  expect(stdout).not.toMatch(/nothing else was written/);
});

test("sync --demo --dry-run sums up by model and leaves no folder", async () => {
  const tmp = join(dir, "dry");
  Deno.mkdirSync(tmp);
  const args = ["sync", "--demo", "--demo-objects", "10", "--dry-run"];
  const options = { env: { ...env, TMPDIR: tmp, TMP: tmp, TEMP: tmp } };
  const { code, stdout } = await mmfsync(args, options);
  expect([code, readdirSync(tmp)]).toEqual([0, []]);
  expect(stdout).toMatch(/^[^:/]+: \d+ files?, [\d.]+ .?B.*\n/m);
  expect(stdout).toMatch(/\nWould fetch \d+ files .*Nothing was changed\.\n$/);
  expect(stdout).not.toContain(tmp);
});

test("import and list --not-understood tell what was set aside, and why", async () => {
  const profile = ["--app-data", join(dir, "imported")];
  const row = { id: "object-1", originalId: 1, type: "object", name: "Dragon", source: "PURCHASE" };
  const rows = [row, { ...row, id: "print-2", type: "print", name: "A print" }];
  const file = join(dir, "objectPreviews.json");
  Deno.writeTextFileSync(file, JSON.stringify(rows));
  const text = (await mmfsync(["import", file, "--provider", "mmf", ...profile], { env })).stdout;
  expect(text).toMatch(/; to see them:\n {2}mmfsync list --not-understood --app-data '.*'\n/);
  const { code, events } = await mmfsync(["list", "--not-understood", "--json", ...profile], {
    env,
  });
  expect([code, events]).toMatchObject([0, [
    { event: "notUnderstood", provider: "mmf", reason: expect.any(String) },
    { event: "summary", total: 1 },
  ]]);
});

test("sync --dry-run changes nothing", async () => {
  const file = someFile();
  const content = readFileSync(file);
  Deno.removeSync(file);
  const { code, events } = await mmfsync([...DEMO, "--root", root, "--dry-run"], { env });
  expect([code, events.at(-1)]).toMatchObject([0, { event: "summary", dryRun: true, fetched: 1 }]);
  expect(events.filter(({ event }) => event === "wouldFetch")).toHaveLength(1);
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, content);
});

test("list and status tell what is there without the site", async () => {
  const listed = await mmfsync(["list", "--root", root, "--json"], { env });
  const total = listed.events.at(-1)?.["total"];
  expect(listed.events.filter(({ event }) => event === "asset")).toHaveLength(Number(total));
  const { code, stdout } = await mmfsync(["status", "--root", root], { env });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Queue: {3}0 waiting, 0 failed$/m)]);
});

test("verify finds a corrupt file, and --repair brings it back", async () => {
  const verify = (...more: readonly string[]) =>
    mmfsync(["verify", "--root", root, "--json", ...more], { env });
  expect((await verify()).code).toBe(0);

  const file = someFile();
  const content = readFileSync(file);
  writeFileSync(file, content.map((byte, i) => (i === 9 ? byte ^ 1 : byte)));
  const found = await verify();
  expect(found.code).toBe(7);
  expect(found.events.at(-1)).toMatchObject({ event: "summary", hash: 1, missing: 0 });

  const repaired = await verify("--repair");
  expect([repaired.code, repaired.stderr]).toEqual([0, ""]);
  expect(repaired.events.at(-1)).toMatchObject({
    event: "summary",
    hash: 1,
    repair: { queued: 1, fetched: 1, waiting: 0 },
  });
  expect(readFileSync(file).equals(content)).toBe(true);
  expect((await verify()).code).toBe(0);
});

test("a second mmfsync on a busy profile ends with 6", async () => {
  await using first = await syncUnderWay(join(dir, "busy"));
  const args = ["want", "--everything", "--root", first.root, "--json"];
  const { code, events } = await mmfsync(args, { env });
  expect([code, events.at(-1)]).toMatchObject([6, { event: "error", code: "badInput" }]);
  for (const line of ["status", "list", "settings get", "plugins list"]) {
    const ran = await mmfsync([...line.split(" "), "--root", first.root, "--json"], { env });
    expect([line, ran.code, ran.stderr]).toEqual([line, 0, ""]);
  }
});

test.each(
  [["SIGINT", 130], ["SIGTERM", 143]] as const,
)("%s ends a sync with %i; the next one goes on from there", async (signal, code) => {
  await using first = await syncUnderWay(join(dir, signal));
  const started = performance.now();
  first.child.kill(signal);
  expect((await first.child.status).code).toBe(code);
  expect(performance.now() - started).toBeLessThan(10_000);

  const events = await first.rest();
  expect(events.at(-2)).toMatchObject({ event: "stopped" });
  expect(events.at(-1)).toMatchObject({ event: "error", code: "cancelled" });
  const saved = Number(events.at(-2)?.["files"]);
  expect(saved).toBeGreaterThan(0);

  const next = await mmfsync(["sync", "--json", "--root", first.root], { env });
  const summary = next.events.at(-1);
  expect(next.code).toBe(0);
  expect(Number(summary?.["files"]) - Number(summary?.["fetched"])).toBe(saved);
  expect((await mmfsync(["verify", "--root", first.root], { env })).code).toBe(0);
});

/** A demo sync that has just got its first file. */
async function syncUnderWay(into: string) {
  const args = ["sync", "--headless", "--demo", "--demo-objects", "20", "--json", "--root", into];
  const child = startMmfsync([...args, "--concurrency", "1"], { env });
  void child.stderr.cancel();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes('"fileDone"')) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The sync ended before a file was done: ${text}`);
    text += value;
  }
  return {
    root: into,
    child,
    async rest() {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        text += value;
      }
      return text.trim().split("\n").map((line) => JSON.parse(line));
    },
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

/** A file of the library that is large enough to be spoiled in the middle. */
function someFile(): string {
  const name = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".zip") && !path.includes(".mmfsync")).sort()[0];
  if (name === undefined) throw new Error("The demo's library holds no archive");
  return join(root, name);
}
