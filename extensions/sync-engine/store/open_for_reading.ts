import { join } from "node:path";
import { SyncError } from "../platform/errors.ts";
import { Database } from "./database.ts";
import { migrate, refuseNewer, SCHEMA_VERSION, schemaVersion } from "./migrations.ts";
import { DATABASE_NAME } from "./open_database.ts";
import { isDamage } from "./sqlite_error.ts";

/**
 * Opens the database of an app data directory beside whoever writes to it. Nothing is changed or made, but for
 * the empty journal files that SQLite needs for it, which the next writer removes. Where there is no database yet, an
 * empty one in memory takes its place.
 *
 * @throws {SyncError} `integrity` when it is damaged, `badInput` when it is of another version.
 */
export function openForReading(dir: string): Database {
  const path = join(dir, DATABASE_NAME);
  if (!exists(path)) return inMemory();
  let db: Database | null = null;
  try {
    db = new Database(path, { readOnly: true });
    if (hasSchema(db)) return db;
    db.close();
    return inMemory();
  } catch (error) {
    db?.close();
    if (!isDamage(error)) throw error;
    throw new SyncError(
      "integrity",
      `The database "${path}" is damaged: the next sync puts it aside and starts a new one`,
      { cause: error },
    );
  }
}

/** False when whoever makes it has only begun. */
function hasSchema(db: Database): boolean {
  refuseNewer(db);
  const version = schemaVersion(db);
  if (version === 0) return false;
  if (version === SCHEMA_VERSION) return true;
  throw new SyncError("badInput", "The library is of an older version: sync once to bring it up");
}

function inMemory(): Database {
  const db = new Database(":memory:");
  migrate(db);
  return db;
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw new SyncError("permission", `Cannot look at "${path}"`, { cause: error });
  }
}
