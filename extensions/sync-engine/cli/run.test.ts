import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { ProfileBusyError } from "../profile_busy_error.ts";
import type { EngineDoor, EngineSetup } from "./opened_engine.ts";
import { run } from "./run.ts";
import { type EngineParts, fakeEngine, GOOD_VERIFY, IDLE_SYNC } from "./testing/fake_engine.ts";
import { makeDetail, makeFileRow } from "./testing/make_detail.ts";
import { type FakeWorld, fakeWorld, type FakeWorldOptions } from "./testing/fake_world.ts";

let dir = "";
beforeEach(() => void (dir = Deno.makeTempDirSync()));
afterEach(() => Deno.removeSync(dir, { recursive: true }));

type LibraryDoor = EngineDoor["library"];

interface Ran {
  readonly world: FakeWorld;
  readonly code: number;
  readonly setups: readonly EngineSetup[];
  readonly closed: number;
  /** Lines of stdout as JSON. */
  events(): { readonly event: string; readonly [key: string]: unknown }[];
}

/** Runs a command line in a profile of its own, on a fake engine. */
async function mmfsync(
  line: string,
  parts: EngineParts = {},
  options: FakeWorldOptions = {},
): Promise<Ran> {
  const setups: EngineSetup[] = [];
  let closed = 0;
  const world = fakeWorld({
    cwd: dir,
    ...options,
    env: { MMFSYNC_HOME: join(dir, "profile"), ...options.env },
    openEngine: options.openEngine ?? ((setup) => {
      setups.push(setup);
      return Promise.resolve({
        engine: fakeEngine(parts),
        close: () => Promise.resolve(void closed++),
      });
    }),
  });
  const code = await run(line.split(" ").filter((word) => word !== ""), world);
  return {
    world,
    code,
    setups,
    closed,
    events: () => world.stdout.text.split("\n").slice(0, -1).map((text) => JSON.parse(text)),
  };
}

/** An engine part that records what it is given. */
function recorder<A extends readonly unknown[], R>(answer: R) {
  const calls: A[] = [];
  const part = (...args: A): R => {
    calls.push(args);
    return answer;
  };
  return { calls, part };
}

test("run() without a command shows the help with all exit codes", async () => {
  for (const line of ["", "--help", "help"]) {
    const { world, code } = await mmfsync(line);
    expect(code).toBe(0);
    expect(world.stdout.text).toMatch(/Usage: mmfsync[^]*sync \[options\][^]*143 {2}stopped/);
  }
});

test("run() keeps even help and version pure with --json", async () => {
  for (const line of ["--help --json", "--json --version", "sync --help --json"]) {
    const ran = await mmfsync(line);
    expect([ran.code, ran.events()[0]?.event]).toEqual([0, "text"]);
  }
});

test.each([
  ["nonsense", /unknown command 'nonsense'/],
  ["sync --nonsense", /unknown option '--nonsense'/],
  ["sync --concurrency 17", /whole number from 1 to 16/],
  ["sync --concurrency 1.5", /whole number/],
  ["sync --demo-objects 9", /whole number from 10/],
  ["list --wanted --unwanted", /cannot be used with/],
  ["list --sort size", /Allowed choices are title/],
  ["list --limit -1", /whole number/],
  ["want", /Say which models/],
  ["want mmf:object-1 --everything", /Say which models/],
  ["unwant --everything --creator X", /Say which models/],
  ["login", /missing required argument 'provider'/],
  ["login mmf secret", /too many arguments/],
  ["login other", /no provider "other", known are: mmf/],
  ["plugins", /A command is missing/],
  ["settings set nonsense 1", /Allowed choices are root/],
  ["settings set concurrency many", /a whole number from 1 to 16/],
  ["settings set newWanted maybe", /true or false/],
  ["status --key-file nothing", /does not exist/],
  ["verify --root elsewhere", /There is no library in.* settings set root '.*elsewhere' --move$/m],
  ["settings set bandwidth 5", /kilobytes a second/],
  ["settings set bandwidth-windows 7-8=500", /by time of day/],
  ["queue", /A command is missing/],
  ["queue cancel", /Say which: ids, --provider, or --all/],
  ["queue pause mmf:object-1 --all", /Say which/],
  ["queue pause --provider other", /no provider "other", known are: mmf/],
  ["queue pause mmf:object-1", /There is no such model/],
  ["queue move sideways mmf:object-1", /Allowed choices are front/],
  ["queue move front", /missing required argument 'ids'/],
  ["queue list --state done", /Allowed choices are queued/],
  ["history --outcome lost", /Allowed choices are succeeded/],
  ["list --provider other", /no provider "other", known are: mmf/],
  ["list --not-understood --provider other", /no provider "other", known are: mmf/],
  ["list --not-understood word", /leave the words out/],
  ["list --not-understood --wanted", /cannot be used with/],
  ["unwant --provider other", /no provider "other", known are: mmf/],
])("run() ends %j with 2 and says what is wrong", async (line, message) => {
  const plain = await mmfsync(line);
  expect(plain.code).toBe(2);
  expect(plain.world.stderr.text).toMatch(message);
  const json = await mmfsync(`${line} --json`);
  expect(json.code).toBe(2);
  expect(json.events()).toEqual([{
    event: "error",
    code: "badInput",
    message: expect.stringMatching(message),
  }]);
});

test.each([
  ["plugins", /Usage: mmfsync plugins[^]*\n\nError: A command is missing/],
  ["settings", /Usage: mmfsync settings[^]*\n\nError: A command is missing/],
  ["help nope", /Usage: mmfsync \[options\][^]*\n\nError: There is no command "nope"/],
])("run() shows the help for %j, says why and ends with 2", async (line, text) => {
  const { world, code } = await mmfsync(line);
  expect([code, world.stdout.text, world.stderr.text]).toEqual([
    2,
    "",
    expect.stringMatching(text),
  ]);
});

test.each(["sync", "plugins list", "settings set"])(
  "run() lists the exit codes in the help of %s",
  async (command) => {
    const { world, code } = await mmfsync(`${command} --help`);
    expect([code, world.stdout.text]).toEqual([0, expect.stringMatching(/143 {2}stopped by/)]);
  },
);

test("run() lists the keys of settings and what they take", async () => {
  expect((await mmfsync("settings set --help")).world.stdout.text).toMatch(
    /root +a folder[^]*concurrency +a whole number from 1 to 16[^]*newWanted +true or false/,
  );
});

test("run() does not repeat a secret that was given as an argument", async () => {
  const { world } = await mmfsync("login mmf PHPSESSID=abcdef");
  expect(world.stderr.text + world.stdout.text).not.toContain("abcdef");
});

test.each(
  [
    ["needsAuth", 3],
    ["diskFull", 5],
    ["permission", 5],
    ["badInput", 2],
    ["retryable", 8],
    ["bug", 1],
  ] as const,
)("run() ends a sync that fails with %s with %i, as JSON too", async (kind, code) => {
  const sync = () => Promise.reject(new SyncError(kind, "No luck"));
  const ran = await mmfsync("sync --headless --json", { sync });
  expect([ran.code, ran.closed]).toEqual([code, 1]);
  expect(ran.events()).toMatchObject([{ event: "error", code: kind, message: "No luck" }]);
});

test("run() ends with 6 when the profile is busy", async () => {
  const openEngine = () => Promise.reject(new ProfileBusyError("Process 7 works with it"));
  const ran = await mmfsync("verify", {}, { openEngine });
  expect([ran.code, ran.world.stderr.text]).toEqual([
    6,
    expect.stringMatching(/Process 7.*\nWait until/),
  ]);
});

test("run() survives an unexpected fault with 1", async () => {
  const status = () => {
    throw new TypeError("x is not a function");
  };
  const ran = await mmfsync("list --json", { status });
  expect([ran.code, ran.closed]).toEqual([1, 1]);
  expect(ran.events().at(-1)).toMatchObject({ event: "error", code: "bug" });
});

test.each([[{}, 0], [{ failed: 1 }, 4], [{ waiting: 2 }, 4]])(
  "run() ends a sync with its summary %o and %i",
  async (change, code) => {
    const summary = { ...IDLE_SYNC, ...change };
    const ran = await mmfsync("sync --headless --json", { sync: () => Promise.resolve(summary) });
    expect(ran.code).toBe(code);
    expect(ran.events()).toEqual([{ event: "summary", ...summary }]);
  },
);

test("run() hands the options of sync on", async () => {
  const sync = recorder(Promise.resolve(IDLE_SYNC));
  await mmfsync("sync --headless --provider a --provider b --dry-run --full --accept-removals", {
    sync: sync.part,
  });
  await mmfsync("sync --headless", { sync: sync.part });
  expect(sync.calls).toEqual([
    [
      { providers: ["a", "b"], dryRun: true, full: true, acceptRemovals: true },
      expect.any(AbortSignal),
    ],
    [{ dryRun: false, full: false, acceptRemovals: false }, expect.any(AbortSignal)],
  ]);
});

test("run() uses another concurrency for one sync only", async () => {
  const changes = recorder(fakeEngine().settings());
  await mmfsync("sync --headless --concurrency 8", { changeSettings: changes.part });
  expect(changes.calls).toEqual([[{ concurrency: 8 }], [{ concurrency: 3 }]]);
});

test("run() says at once what a sync begins with", async () => {
  const { world, code } = await mmfsync("sync");
  expect([code, world.stdout.text]).toEqual([
    0,
    expect.stringMatching(/^Reading the list of MyMiniFactory …\nNothing new/),
  ]);
});

test("run() asks for a sign-in before a sync", async () => {
  const engine = fakeEngine();
  const state = engine.status();
  const status = () => ({
    ...state,
    providers: state.providers.map((provider) => ({ ...provider, account: null })),
  });
  const { world, code } = await mmfsync("sync --headless", { status });
  expect([code, world.stderr.text]).toEqual([
    3,
    "Error: You are not signed in to MyMiniFactory: run `mmfsync login mmf`, " +
    "or try `mmfsync sync --demo` first\n",
  ]);
});

test("run() lets the user choose the root with sync --root, from where the user stands", async () => {
  const changes = recorder(fakeEngine().settings());
  await mmfsync("sync --headless --root mine", { changeSettings: changes.part });
  expect(changes.calls).toEqual([[{ root: join(dir, "mine") }]]);
});

test.each(
  [
    ["is remembered when the sync goes well", "sync", null, "mine"],
    ["is remembered when files failed", "sync", "retryable", "mine"],
    ["is not remembered when it cannot be used", "sync", "permission", "before"],
    ["is not remembered by a dry run", "sync --dry-run", null, "before"],
  ] as const,
)("run() sync --root %s", async (_what, command, failure, expected) => {
  const engine = fakeEngine({
    sync: () => failure ? Promise.reject(new SyncError(failure, "x")) : Promise.resolve(IDLE_SYNC),
  });
  engine.changeSettings({ root: join(dir, "before") });
  await mmfsync(`${command} --headless --root mine`, engine);
  expect(engine.settings().root).toBe(join(dir, expected));
});

test("run() hands profile, key and connections on", async () => {
  Deno.writeTextFileSync(join(dir, "key"), "passphrase\n");
  const connectTo = { "https://a.example": "http://127.0.0.1:1" };
  const { setups } = await mmfsync("status --app-data p --key-file key", {}, {
    env: { MMFSYNC_KEY: "other", MMFSYNC_CONNECT_TO: JSON.stringify(connectTo) },
  });
  expect(setups).toMatchObject([{
    profile: join(dir, "p"),
    ownProfile: false,
    key: "passphrase",
    simulated: false,
    connectTo,
  }]);
});

test("run() refuses a demo in the profile of a real library", async () => {
  Deno.mkdirSync(join(dir, "lib/.mmfsync"), { recursive: true });
  Deno.writeTextFileSync(join(dir, "lib/.mmfsync/sync.db"), "");
  const { world, code, setups } = await mmfsync("sync --demo --root lib");
  expect([code, setups]).toEqual([2, []]);
  expect(world.stderr.text).toMatch(/is of a real library/);
});

test.each([
  [{}, 0],
  [{ missing: 1 }, 7],
  [{ size: 1 }, 7],
  [{ hash: 1 }, 7],
  [{ unverified: 1 }, 7],
  [{ sidecars: 1 }, 7],
  [{ extra: 1 }, 0],
])(
  "run() ends a verification with %o with %i",
  async (change, code) => {
    const verify = () => Promise.resolve({ ...GOOD_VERIFY, ...change });
    const ran = await mmfsync("verify --json", { verify });
    expect(ran.code).toBe(code);
    expect(ran.events()).toEqual([{ event: "summary", ...GOOD_VERIFY, ...change }]);
  },
);

const DONE = {
  queued: 1,
  fetched: 1,
  failed: 0,
  waiting: 0,
  reusedBytes: 0,
  keptAside: 0,
  sidecars: 0,
  problems: [],
  doubt: null,
};

test.each([
  [{}, 0],
  [{ fetched: 0, waiting: 1 }, 4],
  [{ fetched: 0, failed: 1 }, 4],
  [{ queued: 0, fetched: 0 }, 7],
  [{ waiting: 1, problems: [{ code: "needsAuth", message: "Signed out" }] }, 3],
])(
  "run() ends a repair with %o with %i",
  async (change, code) => {
    const asked: unknown[] = [];
    const verify: EngineDoor["verify"] = (params) => {
      asked.push(params);
      return Promise.resolve({ ...GOOD_VERIFY, hash: 1, repair: { ...DONE, ...change } });
    };
    for (const command of ["verify --repair", "repair"]) {
      expect((await mmfsync(command, { verify })).code).toBe(code);
    }
    expect(asked).toEqual([{ repair: true }, { repair: true }]);
  },
);

test("run() asks before it repairs so much that something else may be wrong", async () => {
  const asked: unknown[] = [];
  const verify: EngineDoor["verify"] = (params = {}) => {
    asked.push(params);
    const doubt = params.acceptBad ? null : { bad: 600, of: 1000 };
    return Promise.resolve({ ...GOOD_VERIFY, missing: 600, repair: { ...DONE, doubt } });
  };
  const unasked = await mmfsync("repair", { verify });
  expect(unasked.code).toBe(2);
  expect(unasked.world.stderr.text).toContain("--yes");
  const refused = await mmfsync("repair", { verify }, { terminal: true, input: "n\n" });
  expect(refused.world.stderr.text).toContain("600 of 1,000 files are missing or damaged");
  expect(refused.code).toBe(7);
  await mmfsync("repair", { verify }, { terminal: true, input: "y\n" });
  await mmfsync("repair --yes", { verify });
  expect(asked).toEqual([
    { repair: true },
    { repair: true },
    { repair: true },
    { repair: true, subset: { kind: "bad" }, acceptBad: true },
    { repair: true, acceptBad: true },
  ]);
});

test("run() verifies samples, and what was not looked at for long", async () => {
  const asked: unknown[] = [];
  const verify: EngineDoor["verify"] = (params) => {
    asked.push(params);
    return Promise.resolve(GOOD_VERIFY);
  };
  await mmfsync("verify --subset 10G --oldest", { verify });
  await mmfsync("verify --older 30d --restart", { verify });
  await mmfsync("repair --known-bad", { verify });
  expect(asked).toEqual([
    { repair: false, subset: { kind: "size", bytes: 10e9 }, oldest: true },
    { repair: false, olderThan: 30 * 24 * 3_600_000, restart: true },
    { repair: true, subset: { kind: "bad" } },
  ]);
  expect((await mmfsync("verify --subset 0%", { verify })).code).toBe(2);
});

test("run() lists page by page up to the limit", async () => {
  const pages: unknown[] = [];
  const query: LibraryDoor["query"] = ({ offset, limit, filter }) => {
    pages.push({ offset, limit, filter });
    return { rows: Array.from({ length: Math.min(limit, 1200 - offset) }, asset), total: 1200 };
  };
  const ran = await mmfsync("list --all --json red dragon --updates --unwanted", {
    library: { query },
  });
  const filter = { search: "red dragon", hasUpdates: true, wanted: false };
  expect(pages).toEqual([0, 500, 1000].map((offset) => ({ offset, limit: 500, filter })));
  expect(ran.events()).toHaveLength(1201);
  expect(ran.events().at(-1)).toEqual({ event: "summary", total: 1200, shown: 1200 });
});

test("run() shows one model on one line, whatever its title", async () => {
  const query = () => ({ rows: [{ ...asset(), title: "Dra\x1b[2J\ngon" }], total: 70 });
  const { world } = await mmfsync("list --limit 1", { library: { query } });
  expect(world.stdout.text).toBe(
    "partly    mmf:object-1             1/2     1 kB  Dra [2J gon · Somebody\n" +
      "1 of 70 models; --all shows them all\n",
  );
});

test("run() shows a model, in words or as one object", async () => {
  const library = { asset: () => makeDetail() };
  expect((await mmfsync("show mmf:object-1", { library })).world.stdout.text).toMatch(/^Dragon\n/);
  const ran = await mmfsync("show mmf:object-1 --json", { library });
  expect(ran.events()).toEqual([{ event: "asset", ...makeDetail() }]);
});

test("run() removes files after a yes, or with --yes where nobody can be asked", async () => {
  const set = recorder<Parameters<EngineDoor["files"]["remove"]>, Removed>(
    Promise.resolve({ removed: 1, bytes: 1_500_000 }),
  );
  const parts = { library: { asset: () => makeDetail() }, files: { remove: set.part } };
  const terminal = (input: string) => ({ terminal: true, input });
  const no = await mmfsync("remove mmf:object-1", parts, terminal("n\n"));
  expect([no.code, no.world.stderr.text, set.calls]).toEqual([
    0,
    expect.stringContaining("Delete 1 file of Dragon from disk (1.5 MB)? [y/N]"),
    [],
  ]);
  expect((await mmfsync("remove mmf:object-1", parts)).code).toBe(2);
  expect(set.calls).toEqual([]);
  await mmfsync("remove mmf:object-1", parts, terminal("y\n"));
  const ran = await mmfsync("remove mmf:object-1 --file archive-1 --yes", parts);
  expect(set.calls).toEqual([
    [{ assetId: "mmf:object-1" }],
    [{ assetId: "mmf:object-1", fileIds: ["mmf:object-1/archive-1"] }],
  ]);
  expect(ran.world.stdout.text)
    .toBe("Removed 1 file (1.5 MB); `restore mmf:object-1` takes that back\n");
});

type Removed = ReturnType<EngineDoor["files"]["remove"]>;

test("run() restores and refetches files by their short or whole ids", async () => {
  const seen: unknown[] = [];
  const parts = {
    library: { asset: () => makeDetail({ fileRows: [makeFileRow({ state: "removed" })] }) },
    files: {
      restore: (which: unknown) => Promise.resolve({ restored: seen.push(which) }),
      refetch: (which: unknown) => Promise.resolve({ queued: seen.push(which) }),
    },
  };
  const restored = await mmfsync("restore mmf:object-1 --json", parts);
  await mmfsync("refetch mmf:object-1 --file mmf:object-1/archive-1", parts);
  expect(seen).toEqual([
    { assetId: "mmf:object-1" },
    { assetId: "mmf:object-1", fileIds: ["mmf:object-1/archive-1"] },
  ]);
  expect(restored.events()).toEqual([{ event: "restored", restored: 1 }]);
  const ran = await mmfsync("refetch mmf:object-1 --file nope", parts);
  expect([ran.code, ran.world.stderr.text]).toEqual([
    2,
    expect.stringMatching(/no file "nope": see/),
  ]);
});

test("run() verifies the models that are named", async () => {
  const seen: unknown[] = [];
  const verify: EngineDoor["verify"] = (params) => {
    seen.push(params);
    return Promise.resolve(GOOD_VERIFY);
  };
  await mmfsync("verify", { verify });
  await mmfsync("verify mmf:object-1 mmf:object-2", { verify });
  expect(seen).toEqual([
    { repair: false },
    { repair: false, assetIds: ["mmf:object-1", "mmf:object-2"] },
  ]);
  const unknownIds = (ids: readonly string[]) => ids;
  expect((await mmfsync("verify nope", { library: { unknownIds } })).code).toBe(2);
});

type SetWanted = ReturnType<LibraryDoor["setWanted"]>;

function marked(changed: number): SetWanted {
  return Promise.resolve({ changed, undo: "undo" });
}

test("run() marks by ids, by filter and everything", async () => {
  const set = recorder<Parameters<LibraryDoor["setWanted"]>, SetWanted>(marked(2));
  await mmfsync("want mmf:object-1 mmf:object-2", { library: { setWanted: set.part } });
  await mmfsync("unwant --creator X --provider mmf", { library: { setWanted: set.part } });
  const ran = await mmfsync("unwant --everything --json", { library: { setWanted: set.part } });
  expect(set.calls).toEqual([
    [{ which: ["mmf:object-1", "mmf:object-2"], wanted: true }],
    [{ which: { creator: "X", provider: "mmf" }, wanted: false }],
    [{ which: {}, wanted: false }],
  ]);
  expect(ran.events()).toEqual([{ event: "unwanted", changed: 2 }]);
});

test("run() refuses to mark ids that the library has not", async () => {
  const set = recorder<Parameters<LibraryDoor["setWanted"]>, SetWanted>(marked(1));
  const unknownIds = (ids: readonly string[]) => ids.filter((id) => id !== "mmf:object-1");
  const ran = await mmfsync("unwant mmf:object-1 nope no", {
    library: { setWanted: set.part, unknownIds },
  });
  expect([ran.code, ran.world.stderr.text, set.calls]).toEqual([
    2,
    expect.stringMatching(/has no "nope", "no": see/),
    [],
  ]);
});

test.each([[1, "1 model wanted now; `sync` fetches it\n"], [
  4,
  "4 models wanted now; `sync` fetches them\n",
]])("run() says of %i models what becomes of them", async (changed, text) => {
  const { world } = await mmfsync("want --everything", {
    library: { setWanted: () => marked(changed) },
  });
  expect(world.stdout.text).toBe(text);
});

test("run() takes creator and source in any case", async () => {
  const seen: unknown[] = [];
  const query: LibraryDoor["query"] = ({ filter, limit }) => {
    seen.push(filter);
    const known = filter.creator === undefined || filter.creator === "Somebody";
    return { rows: known && limit > 0 ? [asset()] : [], total: known ? 1 : 0 };
  };
  await mmfsync("list --creator SOMEBODY --source Tribe", { library: { query } });
  expect(seen).toEqual([
    { creator: "SOMEBODY" },
    { search: "SOMEBODY" },
    { creator: "Somebody", source: "tribe" },
  ]);
});

test.each([
  ["list nothing", 0, 2, "Nothing matches\n"],
  [
    "list",
    0,
    0,
    "The library is empty. After a sign-in, `sync` fills it; a saved list, `import`.\n",
  ],
  ["list --offset 50", 44, 44, "Nothing left: there are 44 models, and --offset leaves 50 out\n"],
])("run() says of %j why it shows nothing", async (line, total, assets, text) => {
  const state = fakeEngine().status();
  const status = () => ({ ...state, library: { ...state.library, assets } });
  const ran = await mmfsync(line, { status, library: { query: () => ({ rows: [], total }) } });
  expect([ran.code, ran.world.stdout.text]).toEqual([0, text]);
});

test("run() tells which part of a list it shows", async () => {
  const query = () => ({ rows: [asset(), asset()], total: 44 });
  const { world } = await mmfsync("list --offset 42", { library: { query } });
  expect(world.stdout.text).toMatch(/\n43 to 44 of 44 models\n$/);
});

test("run() shows no files of a bundle that has none", async () => {
  const query = () => ({ rows: [{ ...asset(), files: 0, filesHere: 0, bytes: 0 }], total: 1 });
  const { world } = await mmfsync("list", { library: { query } });
  expect(world.stdout.text).toMatch(/^no files +mmf:object-1 {2,}Dragon · Somebody\n/);
});

test("run() lists what is not understood, with the reasons", async () => {
  const row = { provider: "mmf", item: "object-9\x1b", reason: "It has no title" };
  const quarantine = recorder<
    Parameters<LibraryDoor["quarantine"]>,
    { rows: [typeof row]; total: 1 }
  >(
    { rows: [row], total: 1 },
  );
  const parts = { library: { quarantine: quarantine.part } };
  const plain = await mmfsync("list --not-understood --provider mmf", parts);
  expect(plain.world.stdout.text).toBe("mmf:object-9   It has no title\n1 item\n");
  expect(quarantine.calls).toEqual([[{ provider: "mmf", offset: 0, limit: 50 }]]);
  const json = await mmfsync("list --not-understood --json", parts);
  expect(json.events()).toEqual([
    { event: "notUnderstood", ...row },
    { event: "summary", total: 1, shown: 1 },
  ]);
});

const PICTURES = makeFileRow({ id: "mmf:object-1/image-2" });

test.each(
  [
    ["queue pause", "pause", {}],
    ["queue resume --all", "resume", {}],
    ["queue retry --provider mmf", "retry", { provider: "mmf" }],
    ["queue cancel --all", "cancel", {}],
    ["queue cancel mmf:object-1/image-2", "cancel", { fileIds: ["mmf:object-1/image-2"] }],
    ["queue pause mmf:object-1", "pause", {
      fileIds: ["mmf:object-1/archive-1", "mmf:object-1/image-2"],
    }],
    ["queue move up mmf:object-1/image-2", "move", { fileIds: ["mmf:object-1/image-2"], to: "up" }],
  ] as const,
)("run() does %j by %s(%o)", async (line, method, which) => {
  const calls: unknown[] = [];
  const act = (params: unknown) => {
    calls.push(params);
    return { changed: 2 };
  };
  const queue = { [method]: method === "cancel" ? (p: unknown) => Promise.resolve(act(p)) : act };
  const library = { asset: () => makeDetail({ fileRows: [makeFileRow(), PICTURES] }) };
  const { code, world } = await mmfsync(line, { queue, library });
  expect([code, calls, world.stderr.text]).toEqual([0, [which], ""]);
  expect(world.stdout.text).toMatch(/^2 downloads /);
});

test("run() says that nothing changed in the queue, and that it is held", async () => {
  const status = () => ({ ...fakeEngine().status(), paused: true });
  const { world } = await mmfsync("queue pause", { status });
  expect(world.stdout.text).toMatch(/^Nothing changed; the queue is held/);
  expect((await mmfsync("queue list", { status })).world.stdout.text)
    .toBe("Nothing is queued\nThe queue is held: `queue resume` lets it go on\n");
  expect((await mmfsync("queue pause --json", { status })).events())
    .toEqual([{ event: "queue", changed: 0, paused: true }]);
});

test("run() lists queue and history page by page", async () => {
  const pages: unknown[] = [];
  const empty = (query: unknown) => {
    pages.push(query);
    return { rows: [], total: 0 };
  };
  await mmfsync("queue list --state failed --provider mmf --limit 7", { queue: { list: empty } });
  await mmfsync("history --outcome removed --offset 3 --all", { history: { list: empty } });
  expect(pages).toEqual([
    { state: "failed", provider: "mmf", offset: 0, limit: 7 },
    { outcome: "removed", offset: 3, limit: 500 },
  ]);
});

test("run() leaves out of --json what is told to views", async () => {
  const openEngine = ({ emit }: EngineSetup) => {
    const sync = () => {
      emit("libraryChanged", {});
      emit("queueChanged", {});
      emit("statusChanged", fakeEngine().status());
      return Promise.resolve(IDLE_SYNC);
    };
    return Promise.resolve({ engine: fakeEngine({ sync }), close: () => Promise.resolve() });
  };
  const ran = await mmfsync("sync --json", {}, { openEngine });
  expect(ran.events().map(({ event }) => event)).toEqual(["summary"]);
});

test.each([
  ["status", true],
  ["list", true],
  ["doctor", true],
  ["accounts", true],
  ["accounts --check", false],
  ["plugins list", true],
  ["settings get", true],
  ["queue list", true],
  ["history", true],
  ["queue pause", false],
  ["queue move front mmf:object-1", false],
  ["sync", false],
  ["verify", false],
  ["restore mmf:object-1", false],
  ["want --everything", false],
  ["settings set concurrency 2", false],
  ["plugins disable mmf", false],
  ["logout mmf", false],
])("run() opens the profile of %j only to read: %s", async (line, readOnly) => {
  const library = { asset: () => makeDetail() };
  expect((await mmfsync(line, { library })).setups).toMatchObject([{ readOnly, root: null }]);
});

test("run() only reads a library that carries its profile, wherever it lies now", async () => {
  Deno.mkdirSync(join(dir, "lib/.mmfsync"), { recursive: true });
  Deno.writeTextFileSync(join(dir, "lib/.mmfsync/sync.db"), "");
  const changes = recorder(fakeEngine().settings());
  const options = { env: { MMFSYNC_HOME: "" } };
  const ran = await mmfsync("status --root lib", { changeSettings: changes.part }, options);
  expect([ran.code, changes.calls]).toEqual([0, []]);
  expect(ran.setups).toMatchObject([{ readOnly: true, root: join(dir, "lib") }]);
});

test.each([["", "adopt"], [" --move", "move"]])(
  "run() changes the root with settings set root%s",
  async (option, how) => {
    const change = recorder<Parameters<EngineDoor["roots"]["run"]>, Promise<string>>(
      Promise.resolve("/r"),
    );
    const ran = await mmfsync(`settings set root there${option}`, { roots: { run: change.part } });
    expect(ran.code).toBe(0);
    expect(change.calls[0]?.[0]).toEqual({ path: join(dir, "there"), how });
  },
);

test("run() moves nothing with a setting that is no folder", async () => {
  const { code, world } = await mmfsync("settings set concurrency 5 --move");
  expect([code, world.stderr.text]).toMatchObject([
    2,
    expect.stringContaining("nothing to move when concurrency is set"),
  ]);
});

test("run() writes a report next to the doctor's findings when it is asked to", async () => {
  const ran = await mmfsync("doctor --export --json");
  const path = String(ran.events().at(-1)?.["path"]);
  expect(path).toContain(join(dir, "profile", "diagnostics", "mmfsync-"));
  expect(JSON.parse(Deno.readTextFileSync(path))).toMatchObject({ version: expect.any(String) });
});

test("run() shows the newest lines of the log", async () => {
  Deno.mkdirSync(join(dir, "profile", "logs"), { recursive: true });
  Deno.writeTextFileSync(join(dir, "profile", "logs", "mmfsync.log"), "one\ntwo\nthree\n");
  expect((await mmfsync("log -n 2")).world.stdout.text).toBe("two\nthree\n");
  expect((await mmfsync("log -n 1 --json")).events()).toEqual([{ event: "log", line: "three" }]);
  expect((await mmfsync("log -n 0")).code).toBe(2);
});

test("run() puts the library into ~/MyMiniFactorySync until the user chooses", async () => {
  expect((await mmfsync("status")).setups).toMatchObject([
    { defaultRoot: join("/home/somebody", "MyMiniFactorySync") },
  ]);
});

test.each(
  [
    ["retryable", 8, "Check the connection, then sign in again. Nothing was changed."],
    ["throttled", 8, "Wait a while, then sign in again. Nothing was changed."],
  ] as const,
)("run() promises nothing when a sign-in fails with %s", async (kind, code, hint) => {
  const login = () => Promise.reject(new SyncError(kind, "No luck"));
  const ran = await mmfsync("login mmf --json", { accounts: { login } }, { input: "a=1" });
  expect([ran.code, ran.events()]).toMatchObject([code, [{ code: kind, hint }]]);
});

test("run() says of a logout without keychain and sign-in that nobody was signed in", async () => {
  const logout = () => Promise.reject(new SyncError("permission", "D-Bus is not there"));
  const state = fakeEngine().status();
  const signedOut = state.providers.map((provider) => ({ ...provider, account: null }));
  const status = () => ({ ...state, providers: signedOut });
  const ran = await mmfsync("logout mmf", { accounts: { logout }, status });
  expect([ran.code, ran.world.stdout.text, ran.world.stderr.text]).toEqual([
    0,
    "Not signed in to MyMiniFactory\n",
    "",
  ]);
  expect((await mmfsync("logout mmf", { accounts: { logout } })).code).toBe(5);
});

test.each([[{}, /system's keychain/], [{ MMFSYNC_KEY: "passphrase" }, /encrypted file/]])(
  "run() says with %o where a sign-in is kept",
  async (env, where) => {
    const { world } = await mmfsync("login mmf", {}, { terminal: true, input: "a=1\r", env });
    expect(world.stdout.text).toMatch(where);
  },
);

test("run() signs in with a piped secret and shows nothing of it", async () => {
  const login = recorder<
    Parameters<EngineDoor["accounts"]["login"]>,
    Promise<{ id: string; name: string }>
  >(
    Promise.resolve({ id: "1", name: "Some\x07body" }),
  );
  const { world, code } = await mmfsync("login mmf", { accounts: { login: login.part } }, {
    input: "Cookie: PHPSESSID=abcdef\n",
  });
  expect(code).toBe(0);
  expect(login.calls[0]?.[0]).toEqual({
    provider: "mmf",
    scheme: "session",
    secret: "PHPSESSID=abcdef",
  });
  expect(world.stdout.text).toMatch(/^Signed in to MyMiniFactory as Some body\./);
  expect(world.stdout.text + world.stderr.text).not.toContain("abcdef");
});

test("run() explains at the prompt where the secret is found", async () => {
  const { world } = await mmfsync("login mmf", {}, { terminal: true, input: "a=1\r" });
  expect(world.stdout.text).toContain(
    [
      "MyMiniFactory website session: https://www.myminifactory.com/login",
      "  1. Sign in there.",
      "  2. Copy the value.",
      "It can:",
      "  - Read your library",
      "It cannot:",
      "  - Last for ever",
    ].join("\n"),
  );
  expect(world.stderr.text).toMatch(/it is not shown/);
});

test("run() reads and changes settings", async () => {
  expect((await mmfsync("settings get concurrency")).world.stdout.text).toBe("3\n");
  expect((await mmfsync("settings set bandwidth-windows 7:00-9:30=500")).world.stdout.text)
    .toBe("bandwidthWindows = 07:00-09:30=500\n");
  expect((await mmfsync("settings get")).world.stdout.text).toMatch(/^bandwidth = unlimited$/m);
  const ran = await mmfsync("settings set root here --json");
  expect(ran.events()).toMatchObject([{ event: "settings", root: join(dir, "here") }]);
});

test("run() ends a doctor's visit that found something with 1", async () => {
  const findings = [{ name: "space", ok: false, text: "Only 100 MB free" }];
  const ran = await mmfsync("doctor --json", {
    doctor: () => Promise.resolve({ ok: false, findings }),
  });
  expect(ran.code).toBe(1);
  expect(ran.events().at(-1)).toEqual({ event: "summary", ok: false, problems: 1 });
});

test.each([["SIGINT", 130], ["SIGTERM", 143]] as const)(
  "run() stops a sync at %s, tells what is saved and ends with %i",
  async (name, code) => {
    for (const endsBy of ["throwing", "returning"]) {
      let world: FakeWorld | null = null;
      const sync: EngineDoor["sync"] = (_params, signal) => {
        world?.send(name);
        expect(signal?.aborted).toBe(true);
        return endsBy === "throwing"
          ? Promise.reject(new SyncError("cancelled", "Stopped"))
          : Promise.resolve(IDLE_SYNC);
      };
      world = fakeWorld({
        cwd: dir,
        env: { MMFSYNC_HOME: dir },
        openEngine: () =>
          Promise.resolve({ engine: fakeEngine({ sync }), close: () => Promise.resolve() }),
      });
      expect(await run(["sync", "--headless", "--json"], world)).toBe(code);
      const events = world.stdout.text.trim().split("\n").map((line) => JSON.parse(line));
      expect(events).toEqual([
        { event: "stopped", files: 3, bytes: 4_200_000, waiting: 1 },
        { event: "error", code: "cancelled", message: "Stopped", hint: expect.any(String) },
      ]);
    }
  },
);

function asset(): ReturnType<LibraryDoor["query"]>["rows"][number] {
  return {
    id: "mmf:object-1",
    provider: "mmf",
    title: "Dragon",
    creator: "Somebody",
    updatedAt: null,
    thumbUrl: null,
    url: null,
    tags: [],
    sources: [],
    releases: [],
    revision: "1",
    wanted: true,
    license: null,
    detailRevision: "1",
    availability: "public",
    denied: null,
    folder: null,
    addedAt: 0,
    syncedAt: null,
    seenScan: 1,
    files: 2,
    filesHere: 1,
    bytes: 1000,
    bytesHere: 500,
    hasUpdates: false,
  };
}

test.each(
  [
    ["good", 0, "MyMiniFactory, oauth: good"],
    ["ended", 3, "sign in again (`mmfsync login mmf --scheme oauth`)"],
    ["unknown", 8, "could not be asked: Nobody answers"],
  ] as const,
)("run() tells of a sign-in that is checked as %s", async (outcome, code, text) => {
  const nothing = { at: 1, username: null, scopes: null, until: null };
  const check = outcome === "good" ? nothing : null;
  const problem = outcome === "unknown" ? { code: "retryable", message: "Nobody answers" } : null;
  const answer = () => Promise.resolve([{ scheme: "oauth", outcome, check, problem }]);
  const ran = await mmfsync("accounts --check", { accounts: { check: answer } });
  expect([ran.code, ran.world.stdout.text]).toEqual([code, expect.stringContaining(text)]);
});

test.each(["status", "queue list"])(
  "run() says with %s what a site wants to wait for",
  async (line) => {
    const state = fakeEngine().status();
    const pause = { until: new Date(2026, 0, 2, 12, 30).getTime(), reason: "challenged" } as const;
    const status = () => ({
      ...state,
      providers: state.providers.map((one) => ({ ...one, pause })),
    });
    const list = () => ({ rows: [], total: 1 });
    const { world } = await mmfsync(line, { status, queue: { list } });
    expect(world.stdout.text).toMatch(
      /Paused until .*12:30\. The site wants to check for robots\./,
    );
  },
);
