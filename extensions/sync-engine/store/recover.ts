import * as v from "valibot";
import { listBackups } from "./backups.ts";
import { Database } from "./database.ts";
import type { Settings } from "./settings.ts";

/** How a database that was damaged or lost was replaced. */
export interface Recovered {
  /** Where the damaged one is now; null when it was not there any more. */
  readonly aside: string | null;
  /** When the backup was made that took its place (milliseconds since the Unix epoch); null when none could be used. */
  readonly backupAt: number | null;
}

const KEY = "recovery";

const RecoveredSchema = v.object({
  aside: v.nullable(v.string()),
  backupAt: v.nullable(v.number()),
});

/** What is remembered until the library has been read back from its folders. */
export function readRecovery(settings: Settings): Recovered | null {
  return settings.get(KEY, v.nullable(RecoveredSchema), null);
}

/** What the model folders know is missing, though no database was put aside. */
export function beginRecovery(settings: Settings): void {
  settings.set(KEY, RecoveredSchema, { aside: null, backupAt: null });
}

/** The library has been read back. */
export function endRecovery(settings: Settings): void {
  settings.remove(KEY);
}

/**
 * Makes a database for the place of one that is damaged or gone: a copy of the newest backup that is sound, else a new
 * one with the settings and accounts that can still be read out of the damaged one. What the model folders know is
 * missing in both, which {@linkcode readRecovery} says from then on.
 *
 * @param path Of the database that is damaged or gone; it is only read.
 * @param aside Where the damaged one is going to be, null when there is none.
 * @param prepare Opens a database file, checks it and brings it to the newest schema; throws when it is no good.
 * @returns Where the new one waits to be given its name.
 */
export function recover(
  path: string,
  aside: string | null,
  prepare: (path: string) => Database,
): string {
  const made = `${path}.recovering`;
  for (const backup of listBackups(path)) {
    clear(made);
    try {
      Deno.copyFileSync(backup.path, made);
      return finish(prepare(made), path, made, { aside, backupAt: backup.at });
    } catch {
      // The next one may be sound.
    }
  }
  clear(made);
  const db = prepare(made);
  if (aside !== null) salvage(db, path);
  return finish(db, path, made, { aside, backupAt: null });
}

/** Where a database waits that {@linkcode recover} has made for the place at `path`. */
export function recoveredPath(path: string): string {
  return `${path}.recovered`;
}

/** The note is in it before it gets its place: a crash loses neither. */
function finish(db: Database, path: string, made: string, recovered: Recovered): string {
  try {
    db.run(
      "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)",
      KEY,
      JSON.stringify(recovered),
    );
  } finally {
    db.close();
  }
  const ready = recoveredPath(path);
  Deno.renameSync(made, ready);
  return ready;
}

/** Takes over what needs no folder to be known: where the library is, and who is signed in. */
function salvage(db: Database, path: string): void {
  for (const table of ["settings", "accounts"]) {
    try {
      const damaged = new Database(path, { readOnly: true });
      try {
        const rows = damaged.all(`SELECT * FROM ${table}`);
        db.transaction(() => {
          for (const row of rows) {
            const columns = Object.keys(row);
            db.run(
              `INSERT OR REPLACE INTO ${table} (${columns.join(", ")})
              VALUES (${columns.map(() => "?").join(", ")})`,
              ...Object.values(row),
            );
          }
        });
      } finally {
        damaged.close();
      }
    } catch {
      // What cannot be read is lost.
    }
  }
}

function clear(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    try {
      Deno.removeSync(path + suffix);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
