import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { BACKUP_INTERVAL_MS } from "./backups.ts";
import { networkDrive } from "./network_drive.ts";
import { readRecovery } from "./recover.ts";
import { openStore, type Store } from "./store.ts";
import { makeAsset } from "./testing/make_assets.ts";

let dir: string;
let path: string;
let clock: FakeClock;
beforeEach(() => {
  dir = Deno.makeTempDirSync();
  path = `${dir}/sync.db`;
  clock = new FakeClock(Date.UTC(2026, 0, 2));
});
afterEach(() => Deno.removeSync(dir, { recursive: true }));

function open(): Store {
  return openStore({ dir, clock });
}

function names(): string[] {
  return [...Deno.readDirSync(dir)].map((entry) => entry.name).sort();
}

/** A database with an asset, a backup of it, and one asset more. */
function backedUp(): number {
  const store = open();
  store.assets.upsertMany([makeAsset(1)], 1);
  expect(store.backUpWeekly()).toBe(true);
  const at = clock.now();
  store.assets.upsertMany([makeAsset(2)], 1);
  store.close();
  return at;
}

test("backUpWeekly() makes one backup a week and keeps the newest two", async () => {
  const store = open();
  const made: boolean[] = [];
  for (let day = 0; day < 30; day++) {
    made.push(store.backUpWeekly());
    await clock.advance(BACKUP_INTERVAL_MS / 7);
  }
  store.close();
  expect(made.filter(Boolean)).toHaveLength(5);
  expect(names()).toEqual(["sync.db", "sync.db.backup-2026-01-23", "sync.db.backup-2026-01-30"]);
});

test("backUpWeekly() is not kept off by a backup from the future", () => {
  clock = new FakeClock(Date.UTC(2030, 0, 1));
  backedUp();
  clock = new FakeClock(Date.UTC(2026, 0, 2));
  const store = open();
  expect(store.backUpWeekly()).toBe(true);
  store.close();
});

test("a damaged database is replaced by its newest backup", () => {
  const backupAt = backedUp();
  Deno.writeTextFileSync(path, "no database".repeat(1000));
  const store = open();
  expect(store.recovered).toEqual({ aside: expect.stringContaining(".damaged-"), backupAt });
  expect(store.assets.query().total).toBe(1);
  store.close();
});

test("a database that is gone is replaced by its newest backup", () => {
  const backupAt = backedUp();
  Deno.removeSync(path);
  // Of another database: it must not be applied to the backup.
  Deno.writeFileSync(`${path}-wal`, new Uint8Array(5000).fill(7));
  const store = open();
  expect(store.recovered).toEqual({ aside: null, backupAt });
  expect(store.assets.query().total).toBe(1);
  store.close();
});

test("a damaged backup is passed over for an older one", () => {
  backedUp();
  const older = `${path}.backup-2026-01-02`;
  const newer = `${path}.backup-2026-01-09`;
  Deno.copyFileSync(older, newer);
  Deno.truncateSync(newer, 3 * 4096);
  Deno.truncateSync(path, 3 * 4096);
  const store = open();
  expect(store.recovered?.backupAt).toBe(Date.UTC(2026, 0, 2));
  expect(store.assets.query().total).toBe(1);
  store.close();
  expect(names().some((name) => name.includes("recover"))).toBe(false);
});

test("without a backup, settings and accounts are saved out of what is damaged", () => {
  const before = open();
  before.accounts.set({ provider: "mmf", accountId: "1", name: "Ann", signedInAt: 5 });
  before.assets.upsertMany(Array.from({ length: 500 }, (_, n) => makeAsset(n)), 1);
  before.close();
  // Behind all tables but those of assets.
  const { size } = Deno.statSync(path);
  {
    using file = Deno.openSync(path, { write: true });
    file.seekSync(size - 4096 * 20, Deno.SeekMode.Start);
    file.writeSync(new Uint8Array(4096 * 19).fill(0xa5));
  }
  Deno.writeTextFileSync(`${path}.suspect`, "");
  const store = open();
  expect(store.recovered?.aside).toContain(".damaged-");
  expect(store.assets.query().total).toBe(0);
  expect(store.accounts.get("mmf")?.name).toBe("Ann");
  store.close();
});

test("a recovery that was cut off before the new database had its name is gone on with", () => {
  backedUp();
  Deno.truncateSync(path, 3 * 4096);
  open().close();
  Deno.renameSync(path, `${path}.recovered`);
  const store = open();
  expect(readRecovery(store.settings)).toMatchObject({ backupAt: expect.any(Number) });
  expect(store.assets.query().total).toBe(1);
  store.close();
});

test("networkDrive() knows a share of Windows by its path and a local disk by its silence", () => {
  expect(networkDrive("\\\\nas\\home", "windows")).toBe("SMB");
  expect(networkDrive("\\\\?\\C:\\Users", "windows")).toBeNull();
  expect(networkDrive("C:\\Users", "windows")).toBeNull();
  expect(networkDrive("/nowhere/at/all", "linux")).toBeNull();
  expect(networkDrive("/proc", "linux")).toBeNull();
});
