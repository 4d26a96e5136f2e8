import { type FailureKind, SyncError } from "../platform/errors.ts";

// Deno's driver gives SQLite's text and no result code, so the texts of sqlite3ErrStr() decide.
const KINDS: readonly (readonly [text: string, kind: FailureKind, message: string])[] = [
  ["disk is full", "diskFull", "Cannot write the database: the disk is full"],
  ["readonly database", "permission", "Cannot write the database: it is read-only"],
  ["unable to open database", "permission", "Cannot open the database: check its folder"],
  ["database is locked", "retryable", "Cannot use the database: another program holds it"],
  ["disk I/O error", "diskFault", "Cannot read or write the database: the disk reports an error"],
];

const DAMAGE = ["disk image is malformed", "file is not a database", "malformed database schema"];

/** Whether SQLite says that the file's content is broken (SQLITE_CORRUPT, SQLITE_NOTADB). */
export function isDamage(error: unknown): boolean {
  const cause = error instanceof SyncError ? error.cause : error;
  return cause instanceof Error && DAMAGE.some((text) => cause.message.includes(text));
}

/** Turns what the SQLite driver throws into a `SyncError`; one of those passes unchanged. */
export function toSyncError(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (isDamage(error)) {
    const message = `Cannot read the database: it is damaged (${text}). Restart to have it rebuilt`;
    return new SyncError("bug", message, { cause: error });
  }
  for (const [part, kind, message] of KINDS) {
    if (text.includes(part)) return new SyncError(kind, message, { cause: error });
  }
  return new SyncError("bug", `Cannot run a database statement: ${text}`, { cause: error });
}
