import { afterEach, beforeEach, expect, test } from "vitest";
import { DatabaseSync } from "node:sqlite";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { SCHEMA_VERSION } from "./migrations.ts";
import { endRecovery } from "./recover.ts";
import { openStore, type Store } from "./store.ts";
import { makeAsset, makeFile } from "./testing/make_assets.ts";
import { runProgram } from "./testing/run_program.ts";

let dir: string;
let path: string;
beforeEach(() => {
  dir = Deno.makeTempDirSync();
  path = `${dir}/sync.db`;
});
afterEach(() => Deno.removeSync(dir, { recursive: true }));

const clock = new FakeClock(Date.UTC(2026, 0, 2, 3, 4, 5));

function open(): Store {
  return openStore({ dir, clock });
}

function fill(): void {
  const store = open();
  const assets = Array.from({ length: 500 }, (_, n) => makeAsset(n));
  store.assets.upsertMany(assets, 1);
  for (const { id } of assets) store.files.upsertForAsset(id, [makeFile(id, 1), makeFile(id, 2)]);
  store.close();
}

function names(): string[] {
  return [...Deno.readDirSync(dir)].map((entry) => entry.name).sort();
}

function overwrite(at: number, bytes: Uint8Array): void {
  using file = Deno.openSync(path, { write: true });
  file.seekSync(at, Deno.SeekMode.Start);
  file.writeSync(bytes);
}

test("openStore() makes the directory and a database in WAL mode", () => {
  const store = openStore({ dir: `${dir}/a/b`, clock });
  expect(store.recovered).toBeNull();
  expect(store.assets.query()).toEqual({ rows: [], total: 0 });
  store.close();
  using db = new DatabaseSync(`${dir}/a/b/sync.db`);
  expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: SCHEMA_VERSION });
});

test("openStore() finds everything again, and leaves one file when it was closed", () => {
  fill();
  expect(names()).toEqual(["sync.db"]);
  const store = open();
  expect(store.recovered).toBeNull();
  expect(store.assets.query({ search: "model 7" }).total).toBe(11);
  store.close();
});

test.each([
  ["is cut short", () => Deno.truncateSync(path, 20 * 4096)],
  ["is cut within a page", () => Deno.truncateSync(path, 5000)],
  ["is shorter than a header", () => Deno.truncateSync(path, 50)],
  ["has a garbage header", () => overwrite(0, new Uint8Array(100).fill(0x5a))],
  ["is some text", () => Deno.writeTextFileSync(path, "this is no database\n".repeat(1000))],
  ["has a garbage schema page", () => overwrite(100, new Uint8Array(3000).fill(0xa5))],
])("openStore() puts a database aside that %s, and starts afresh", (_, spoil) => {
  fill();
  spoil();
  const before = Deno.readFileSync(path);
  const store = open();
  const aside = `${path}.damaged-2026-01-02T03-04-05.000Z`;
  expect(store.recovered).toEqual({ aside, backupAt: null });
  expect(Deno.readFileSync(aside)).toEqual(before);
  expect(store.assets.query().total).toBe(0);
  store.assets.upsertMany([makeAsset(1)], 1);
  endRecovery(store.settings);
  store.close();
  const again = open();
  expect(again.recovered).toBeNull();
  expect(again.assets.query().total).toBe(1);
  again.close();
});

test("openStore() checks the pages at the next start when a statement met a garbage one", () => {
  fill();
  const db = new DatabaseSync(path);
  const root = db.prepare("SELECT rootpage AS n FROM sqlite_schema WHERE name = 'assets'").get();
  db.close();
  overwrite((Number(root?.["n"]) - 1) * 4096, new Uint8Array(4096).fill(0xa5));
  const store = open();
  expect(store.recovered).toBeNull();
  expect(() => store.assets.query()).toThrow(/damaged.*Restart/);
  store.close();
  const again = open();
  expect(again.recovered?.aside).toContain(".damaged-");
  again.close();
  expect(names().filter((name) => name.includes("suspect"))).toEqual([]);
});

test("openStore() checks the pages after an unclean end", () => {
  fill();
  Deno.writeFileSync(`${path}-wal`, new Uint8Array(32));
  const size = Deno.statSync(path).size;
  overwrite(size - 8 * 4096, new Uint8Array(4096).fill(0xa5));
  const store = open();
  expect(store.recovered).not.toBeNull();
  expect(store.assets.query().total).toBe(0);
  store.close();
});

test("openStore() never overwrites an earlier damaged database", () => {
  for (const text of ["first", "second"]) {
    Deno.writeTextFileSync(path, text.repeat(100));
    open().close();
  }
  const kept = names().filter((name) => name.includes("damaged"));
  expect(kept.map((name) => Deno.readTextFileSync(`${dir}/${name}`).slice(0, 5))).toEqual([
    "first",
    "secon",
  ]);
});

test("openStore() puts a database of another program aside", () => {
  using other = new DatabaseSync(path);
  other.exec("CREATE TABLE bookmarks (url TEXT)");
  other.close();
  const store = open();
  expect(store.recovered).not.toBeNull();
  store.close();
  using aside = new DatabaseSync(store.recovered?.aside ?? "");
  expect(aside.prepare("SELECT name FROM sqlite_schema").get()).toEqual({ name: "bookmarks" });
});

test("openStore() refuses a newer database and leaves it untouched", () => {
  fill();
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  db.close();
  const before = Deno.readFileSync(path);
  expect(open).toThrow(
    new RegExp(`version is ${SCHEMA_VERSION + 1}.*Install the newest version`),
  );
  expect(open).toThrow(expect.objectContaining({ kind: "badInput" }));
  expect(Deno.readFileSync(path)).toEqual(before);
  expect(names()).toEqual(["sync.db"]);
});

test("openStore() keeps every finished transaction of a process that is killed while it writes", async () => {
  for (const lines of [1, 20, 200]) {
    const child = runProgram("write_forever.ts", `${dir}/${lines}`);
    let said = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (said.split("\n").length > lines) child.kill("SIGKILL");
      if (said.split("\n").length > lines) break;
    }
    await child.status;
    const store = openStore({ dir: `${dir}/${lines}`, clock });
    expect(store.recovered).toBeNull();
    const { total } = store.assets.query();
    expect(total).toBeGreaterThanOrEqual(Number(said.split("\n").at(-2)));
    expect(total % 50).toBe(0);
    expect(store.assets.query({ search: "model" }).total).toBe(total);
    store.close();
  }
});
