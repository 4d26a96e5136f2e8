import { basename, dirname, join } from "node:path";
import type { Database } from "./database.ts";

/** Longest age of the newest backup before another one is due: a week, in milliseconds. */
export const BACKUP_INTERVAL_MS = 7 * 24 * 3_600_000;

/** Weekly backups that are kept. */
const KEPT = 2;

/** A copy of the whole database. */
export interface Backup {
  readonly path: string;
  /** When it was made; milliseconds since the Unix epoch. */
  readonly at: number;
}

/** What the weekly ones are called behind the database's name; those of migrations end with a version. */
const WEEKLY = /\.backup-\d{4}-\d\d-\d\d$/;
const ANY = /\.backup-(\d{4}-\d\d-\d\d|v\d+)$/;

/** The backups of the database at `path`, newest first. */
export function listBackups(path: string): Backup[] {
  return backupsOf(path, ANY);
}

/**
 * Makes a backup when the newest weekly one is older than a week, and keeps the newest two. A damaged database replaces
 * no backup.
 *
 * @param path Of the open database.
 * @param now Milliseconds since the Unix epoch.
 * @returns Whether one was made.
 */
export function backUpWeekly(db: Database, path: string, now: number): boolean {
  const [newest] = backupsOf(path, WEEKLY);
  // A clock that once ran ahead must not keep the next one away for years.
  if (newest && newest.at <= now && now - newest.at < BACKUP_INTERVAL_MS) return false;
  if (findDamage(db) !== null) return false;
  const target = `${path}.backup-${new Date(now).toISOString().slice(0, 10)}`;
  backUp(db, target);
  Deno.utimeSync(target, new Date(now), new Date(now));
  for (const old of backupsOf(path, WEEKLY).filter((one) => one.path !== target).slice(KEPT - 1)) {
    Deno.removeSync(old.path);
  }
  return true;
}

/** Copies the whole database to `path`, replacing what is there. It is on stable storage when this returns. */
export function backUp(db: Database, path: string): void {
  const partial = `${path}.part`;
  try {
    Deno.removeSync(partial);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  db.run("VACUUM INTO ?", partial);
  // SQLite itself flushes nothing of such a copy.
  using file = Deno.openSync(partial, { write: true });
  file.syncSync();
  Deno.renameSync(partial, path);
}

/** The first thing that SQLite's quick check finds wrong, null when nothing. */
export function findDamage(db: Database): string | null {
  const rows = db.all("PRAGMA quick_check(1)");
  const answer = String(Object.values(rows[0] ?? {})[0]);
  return answer === "ok" ? null : answer;
}

function backupsOf(path: string, pattern: RegExp): Backup[] {
  const dir = dirname(path);
  return [...Deno.readDirSync(dir)]
    .filter(({ name, isFile }) =>
      isFile && name.startsWith(`${basename(path)}.backup-`) && pattern.test(name)
    )
    .map(({ name }) => join(dir, name))
    .map((one) => ({ path: one, at: Deno.statSync(one).mtime?.getTime() ?? 0 }))
    .sort((a, b) => b.at - a.at);
}
