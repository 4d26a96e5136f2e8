import { dirname, join } from "node:path";
import type { Clock, Log } from "../platform/ports.ts";
import { SyncError } from "../platform/errors.ts";
import { backUp, findDamage, listBackups } from "./backups.ts";
import { Database } from "./database.ts";
import { migrate, refuseNewer, schemaVersion } from "./migrations.ts";
import { networkDrive } from "./network_drive.ts";
import { recover, recoveredPath } from "./recover.ts";
import { isDamage } from "./sqlite_error.ts";

/** The database's file in the app data directory. */
export const DATABASE_NAME = "sync.db";

/** Options for {@linkcode openDatabase}. */
export interface OpenDatabaseOptions {
  /** App data directory; made when absent. */
  readonly dir: string;
  readonly clock: Clock;
  /** @default {undefined} */
  readonly log?: Log;
}

/** An open database and where it is. */
export interface OpenedDatabase {
  readonly db: Database;
  /** Absolute. */
  readonly path: string;
}

/**
 * Opens the database, makes it when there is none, and brings it to the newest schema. A file that is
 * damaged or no database of ours is moved aside, never removed; what takes its place, or that of one that is gone, says
 * so in its settings, see `recover.ts`.
 */
export function openDatabase(options: OpenDatabaseOptions): OpenedDatabase {
  const { dir, clock, log } = options;
  const path = join(dir, DATABASE_NAME);
  makeDirectory(dir);
  if (sizeOf(path) < 0 && sizeOf(recoveredPath(path)) >= 0) giveName(path);
  if (sizeOf(path) <= 0 && listBackups(path).length > 0) {
    log?.warn("The database is gone, a backup takes its place");
    return { db: replace(path, clock), path };
  }
  try {
    return { db: openChecked(path), path };
  } catch (error) {
    if (!isDamage(error)) throw error;
    log?.warn("The database is damaged and is put aside", { reason: String(error) });
    return { db: replace(path, clock), path };
  }
}

/** Each step leaves a state that the next start goes on from. */
function replace(path: string, clock: Clock): Database {
  const aside = sizeOf(path) < 0 ? null : freeName(path, clock);
  recover(path, aside, (made) => openChecked(made, { suspect: true, keepsOld: false }));
  if (aside !== null) moveAside(path, aside);
  giveName(path);
  return openChecked(path);
}

function giveName(path: string): void {
  removeIfThere(suspectMark(path));
  removeIfThere(`${path}-wal`);
  removeIfThere(`${path}-shm`);
  Deno.renameSync(recoveredPath(path), path);
}

/** @param options `keepsOld`: whether a backup is made before a migration. */
function openChecked(
  path: string,
  { suspect = isSuspect(path), keepsOld = true } = {},
): Database {
  const db = new Database(path, { onDamage: () => markSuspect(path) });
  try {
    // Before anything is written: a newer or foreign database must stay as it is.
    refuseForeign(db);
    refuseNewer(db);
    db.configure({ sharesMemory: networkDrive(dirname(path)) === null });
    if (suspect) quickCheck(db);
    migrate(db, {
      backup: (version) => keepsOld && backUp(db, `${path}.backup-v${version}`),
    });
    removeIfThere(suspectMark(path));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function refuseForeign(db: Database): void {
  const tables = db.all("SELECT name FROM sqlite_schema WHERE type = 'table'");
  const version = schemaVersion(db);
  const ours = tables.some(({ name }) => name === "assets");
  if (version === 0 ? tables.length > 0 : !ours) {
    throw damage("file is not a database of this program");
  }
}

function quickCheck(db: Database): void {
  const found = findDamage(db);
  if (found !== null) throw damage(`disk image is malformed: ${found}`);
}

function damage(text: string): SyncError {
  return new SyncError("bug", `Cannot open the database: ${text}`, { cause: new Error(text) });
}

/**
 * Whether the file deserves a check: the last process did not close it, a statement found damage, or it is
 * not as long as its own header says (offsets as in https://www.sqlite.org/fileformat.html).
 */
function isSuspect(path: string): boolean {
  if (sizeOf(`${path}-wal`) > 0 || sizeOf(suspectMark(path)) >= 0) return true;
  const size = sizeOf(path);
  if (size <= 0) return false;
  const header = readStart(path, 100);
  if (header.length < 100) return true;
  const view = new DataView(header.buffer);
  const pageSize = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
  const headerIsCurrent = view.getUint32(24) === view.getUint32(92);
  return headerIsCurrent && size !== pageSize * view.getUint32(28);
}

function suspectMark(path: string): string {
  return `${path}.suspect`;
}

function markSuspect(path: string): void {
  try {
    Deno.writeTextFileSync(suspectMark(path), "");
  } catch {
    // The damage itself is reported; without the mark the next start merely checks less.
  }
}

/** A name for a damaged database that none has yet. */
function freeName(path: string, clock: Clock): string {
  const time = new Date(clock.now()).toISOString().replaceAll(":", "-");
  let target = `${path}.damaged-${time}`;
  for (let n = 2; sizeOf(target) >= 0; n++) target = `${path}.damaged-${time}-${n}`;
  return target;
}

/** The database goes last: as long as it is there, the next start does all of this again. */
function moveAside(path: string, target: string): void {
  for (const suffix of ["-shm", "-wal", ""]) {
    if (sizeOf(path + suffix) >= 0) Deno.renameSync(path + suffix, target + suffix);
  }
}

function makeDirectory(dir: string): void {
  try {
    Deno.mkdirSync(dir, { recursive: true });
  } catch (cause) {
    throw new SyncError("permission", `Cannot make the app data directory "${dir}"`, { cause });
  }
}

/** -1 when there is nothing. */
function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return -1;
  }
}

function readStart(path: string, length: number): Uint8Array<ArrayBuffer> {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(length);
  return bytes.slice(0, file.readSync(bytes) ?? 0);
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
