import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { adoptText, unclearText } from "./adopt_text.ts";
import { recoveryText } from "./recovery_text.ts";
import { run } from "./run.ts";
import { type EngineParts, fakeEngine } from "./testing/fake_engine.ts";
import { fakeWorld } from "./testing/fake_world.ts";

let dir = "";
beforeEach(() => void (dir = Deno.makeTempDirSync()));
afterEach(() => Deno.removeSync(dir, { recursive: true }));

const SUMMARY = {
  dryRun: false,
  looked: 9,
  adopted: 3,
  bytes: 3_000_000,
  by: { sidecar: 0, sha256: 1, name: 2, chosen: 0 },
  here: 1,
  ambiguous: 2,
  unknown: 1,
  own: 1,
  failed: 1,
  took: 5,
};

async function mmfsync(line: string, parts: EngineParts = {}) {
  const world = fakeWorld({
    cwd: dir,
    env: { MMFSYNC_HOME: join(dir, "profile") },
    openEngine: () =>
      Promise.resolve({ engine: fakeEngine(parts), close: () => Promise.resolve() }),
  });
  const code = await run(line.split(" "), world);
  return { code, out: world.stdout.text, err: world.stderr.text };
}

test("run() adopt looks through a folder, and tells by its exit code what is left", async () => {
  const asked: unknown[] = [];
  const adoption = {
    run: (params: unknown) => {
      asked.push(params);
      return Promise.resolve(SUMMARY);
    },
  };
  const ran = await mmfsync("adopt old/models --move", { adoption });
  expect([ran.code, ran.out]).toEqual([4, `${adoptText(SUMMARY)}\n`]);
  await mmfsync("adopt . --dry-run --no-look", { adoption });
  await mmfsync("adopt a/b.stl --as mmf:object-1/file-1 --link", { adoption });
  expect(asked).toEqual([
    { folder: join(dir, "old/models"), how: "move", look: true, dryRun: false },
    { folder: dir, how: "copy", look: false, dryRun: true },
    {
      folder: join(dir, "a"),
      how: "link",
      choices: [{ path: "b.stl", fileId: "mmf:object-1/file-1" }],
    },
  ]);
  expect((await mmfsync("adopt . --move --link")).code).toBe(2);
  expect((await mmfsync("adopt a --as x --dry-run")).code).toBe(2);
});

test("adoptText() accounts for each file, and says how to choose", () => {
  const text = adoptText(SUMMARY);
  expect(text).toContain("Took over 3 files (3 MB): 1 by SHA-256, 2 by size and name");
  expect(text).toContain("1 here already, 2 not clear, 1 not of the library");
  expect(text).toContain("--as");
  expect(adoptText({ ...SUMMARY, dryRun: true })).toMatch(
    /Would take over[^]*Nothing was changed$/,
  );
});

test("unclearText() names both sides, and steers no terminal", () => {
  const files = [{ fileId: "mmf:object-1/f", title: "Dra\x1bgon", name: "base.stl", path: "" }];
  expect(unclearText({ paths: ["/a\n", "/b"], size: 1, files })).toBe(
    "Not clear, so left alone:\n  /a \n  /b\ncould each be\n  mmf:object-1/f  Dra gon / base.stl",
  );
});

test("run() versions lists, asks before it deletes, and puts back", async () => {
  const dropped: unknown[] = [];
  const row = {
    assetId: "mmf:object-1",
    title: "Dragon",
    version: "body.20260101T000000Z-abcdef12.stl",
    fileId: "mmf:object-1/f",
    name: "body.stl",
    size: 5,
    at: 0,
  };
  const versions = {
    list: () => Promise.resolve({ rows: [row], total: 1, bytes: 5 }),
    drop: (params: unknown) => {
      dropped.push(params);
      return Promise.resolve({ dropped: 1, bytes: 5 });
    },
    restore: () => Promise.resolve({ path: "P/C/M/files/body.stl" }),
  };
  expect((await mmfsync("versions", { versions })).out).toMatch(
    /body\.20260101T000000Z-abcdef12\.stl · Dragon\n1 old version \(5 B\)\n$/,
  );
  expect((await mmfsync("versions drop", { versions })).code).toBe(2);
  // Nobody is there to be asked.
  expect((await mmfsync("versions drop --all", { versions })).code).toBe(2);
  await mmfsync("versions drop mmf:object-1 --older-than 30 --yes", { versions });
  expect(dropped).toEqual([{ assetId: "mmf:object-1", olderThan: 30 }]);
  const restored = await mmfsync(`versions restore mmf:object-1 ${row.version}`, { versions });
  expect(restored.out).toBe("Put back: P/C/M/files/body.stl\n");
});

test("run() export writes nothing but the library to the standard output", async () => {
  const exporting = {
    *pieces() {
      yield { text: "a,b\r\n", assets: 0, files: 0 };
      yield { text: "1,2\r\n", assets: 1, files: 1 };
    },
  };
  expect((await mmfsync("export --format csv", { exporting })).out).toBe("a,b\r\n1,2\r\n");
  const ran = await mmfsync("export --out x.json --json");
  expect(JSON.parse(ran.out)).toMatchObject({ event: "exported", path: join(dir, "x.json") });
  expect((await mmfsync("export --format xml")).code).toBe(2);
});

test("run() tells on any command how a damaged database was replaced", async () => {
  const recovered = { aside: "/p/sync.db.damaged-1", backupAt: null, rebuilt: null };
  const engine = fakeEngine();
  const status = () => ({ ...engine.status(), recovered });
  const ran = await mmfsync("status", { status });
  expect(ran.out).toContain("The database was damaged and is now in /p/sync.db.damaged-1");
  expect(recoveryText({ ...recovered, aside: null, backupAt: 0 }, 0))
    .toMatch(/^The database was gone; the backup of .* takes its place\. What the model folders/);
});
