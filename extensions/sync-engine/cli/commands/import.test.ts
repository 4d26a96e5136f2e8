import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "../run.ts";
import { type EngineParts, fakeEngine } from "../testing/fake_engine.ts";
import { fakeWorld } from "../testing/fake_world.ts";
import type { ImportSummary } from "../../protocol.ts";

const SUMMARY: ImportSummary = {
  rows: 8_138,
  assets: 5_290,
  merged: 2_848,
  quarantined: 0,
  added: 5_290,
  updated: 0,
  unchanged: 0,
  removed: 0,
  incomplete: null,
};

let dir: string;
beforeEach(() => {
  dir = Deno.makeTempDirSync({ prefix: "mmfsync-import-" });
});
afterEach(() => Deno.removeSync(dir, { recursive: true }));

/** Runs `import` with an engine that takes everything in. */
async function importing(
  line: readonly string[],
  { input = "", summary = SUMMARY, ...parts }: EngineParts & {
    readonly input?: string;
    readonly summary?: ImportSummary;
  } = {},
) {
  const given: { provider: string; texts: string[]; savedAt: unknown; accept: unknown }[] = [];
  const engine = fakeEngine({
    importing: {
      run: (provider, files, options) => {
        given.push({
          provider,
          texts: files.map(({ name, bytes }) => `${name}: ${new TextDecoder().decode(bytes)}`),
          savedAt: options?.savedAt,
          accept: options?.acceptRemovals,
        });
        return Promise.resolve(summary);
      },
    },
    ...parts,
  });
  const world = fakeWorld({
    cwd: dir,
    input,
    env: { MMFSYNC_HOME: join(dir, "profile"), MMFSYNC_KEY: "key" },
    openEngine: () => Promise.resolve({ engine, close: () => Promise.resolve() }),
  });
  const code = await run(["import", ...line], world);
  return { code, given, out: world.stdout.text, err: world.stderr.text };
}

test("import hands files over whole, with the time at which the oldest was saved", async () => {
  Deno.writeTextFileSync(join(dir, "list.json"), "[]");
  Deno.writeTextFileSync(join(dir, "names.json"), "[1]");
  Deno.utimeSync(join(dir, "list.json"), 1_000, 1_000);
  const { code, given, out } = await importing(["list.json", "names.json", "--accept-removals"]);
  expect(code).toBe(0);
  expect(given).toEqual([{
    provider: "mmf",
    texts: ["list.json: []", "names.json: [1]"],
    savedAt: 1_000_000,
    accept: true,
  }]);
  expect(out).toBe("8,138 rows: 5,290 models, 2,848 repeated, 0 not understood (5,290 new)\n");
});

test("import reads what is piped in, and ends with one summary for programs", async () => {
  const { given, out } = await importing(["-", "--json"], { input: '[{"id":"object-1"}]' });
  expect(given).toMatchObject([
    { texts: ['What was piped in: [{"id":"object-1"}]'], savedAt: null },
  ]);
  const { incomplete: _, ...numbers } = SUMMARY;
  expect(JSON.parse(out)).toEqual({ event: "summary", ...numbers });
});

test("import says that downloads need a sign-in where there is none", async () => {
  const state = fakeEngine().status();
  const providers = state.providers.map((provider) => ({ ...provider, account: null }));
  const { out } = await importing(["-"], { input: "[]", status: () => ({ ...state, providers }) });
  expect(out).toContain("Sign in to download: `mmfsync login mmf`");
});

test("import ends with a code of its own when the list is not believed", async () => {
  const summary = { ...SUMMARY, incomplete: "The site listed nothing at all" };
  expect((await importing(["-"], { input: "[]", summary })).code).toBe(8);
});

test("import --window waits for what the user hands over there", async () => {
  const libraryWindow = { run: () => Promise.resolve(SUMMARY) };
  const { code, given, out } = await importing(["--window"], { libraryWindow });
  expect([code, given]).toEqual([0, []]);
  expect(out).toContain("Sign in to MyMiniFactory in the window");
  expect(out).toContain("5,290 models");
});

test("import --window says that the window was closed, or why there can be none", async () => {
  const closed = await importing(["--window"], {
    libraryWindow: { run: () => Promise.resolve(null) },
  });
  expect(closed.code).toBe(8);
  expect(closed.out).toContain("The window was closed before a list was handed over");
  const state = fakeEngine().status();
  const providers = state.providers.map((provider) => ({ ...provider, hasWindow: false }));
  const none = await importing(["--window"], { status: () => ({ ...state, providers }) });
  expect(none.code).toBe(2);
  expect(none.err).toContain("No window can be opened here");
  const both = await importing(["--window", "list.json"]);
  expect(both.err).toContain("With --window no files are imported");
  expect((await importing([])).err).toContain("Say which files to import");
});

test("import says what is wrong with what it was given", async () => {
  const gone = await importing(["nothing.json"]);
  expect([gone.code, gone.given]).toEqual([2, []]);
  expect(gone.err).toContain('There is no file "');
  const other = await importing(["-", "--provider", "cults3d"]);
  expect(other.err).toContain('Of "cults3d" no list can be imported, only of: mmf');
});
