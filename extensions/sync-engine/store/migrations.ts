import schema from "../../../schema.sql?raw" with { type: "text" };
import { SyncError } from "../platform/errors.ts";
import type { Database } from "./database.ts";
import { int } from "./rows.ts";

/** Version that `schema.sql` describes, kept in the database as `user_version`. */
export const SCHEMA_VERSION = 3;

/** Leads a database from version `to - 1` to version `to`, as SQL. */
export interface Migration {
  readonly to: number;
  readonly sql: string;
}

/** One for each released version after the first, in order. */
export const MIGRATIONS: readonly Migration[] = [
  {
    to: 2,
    sql: `
CREATE TABLE descriptions (
  number INTEGER PRIMARY KEY REFERENCES assets (number) ON DELETE CASCADE,
  text   TEXT NOT NULL
) STRICT;
INSERT INTO descriptions SELECT number, description FROM assets WHERE description IS NOT NULL;
ALTER TABLE assets DROP COLUMN description;
CREATE INDEX assets_by_maker ON assets (creator_key, creator, provider, wanted, files_here, bytes_here);
CREATE TABLE removals (
  file_id TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE
) STRICT;
`,
  },
  {
    to: 3,
    sql: `
CREATE TABLE fingerprints (
  file_id    TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  chunk_size INTEGER NOT NULL,
  hashes     BLOB NOT NULL
) STRICT;
CREATE TRIGGER fingerprints_outdated AFTER UPDATE OF sha256 ON files
WHEN old.sha256 IS NOT NULL AND new.sha256 IS NOT old.sha256 BEGIN
  DELETE FROM fingerprints WHERE file_id = new.id;
END;
CREATE TEMP TABLE parts_before AS SELECT * FROM parts;
DROP TABLE chunks;
DROP TABLE parts;
CREATE TABLE parts (
  file_id    TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  revision   TEXT NOT NULL,
  validator  TEXT,
  size       INTEGER,
  chunk_size INTEGER NOT NULL,
  sha256     TEXT
) STRICT;
CREATE TABLE chunks (
  file_id TEXT NOT NULL REFERENCES parts (file_id) ON DELETE CASCADE,
  n       INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  PRIMARY KEY (file_id, n)
) STRICT, WITHOUT ROWID;
INSERT INTO parts SELECT file_id, revision, validator, size, 4194304, sha256 FROM temp.parts_before;
DROP TABLE temp.parts_before;
CREATE TABLE verifications (
  file_id TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  at      INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('OK', 'MISSING', 'SIZE', 'HASH', 'UNVERIFIED'))
) STRICT;
CREATE INDEX verifications_not_ok ON verifications (verdict) WHERE verdict <> 'OK';
CREATE TABLE strays (
  path     TEXT PRIMARY KEY,
  verdict  TEXT NOT NULL CHECK (verdict IN ('EXTRA', 'SIDECAR')),
  asset_id TEXT REFERENCES assets (id) ON DELETE CASCADE,
  at       INTEGER NOT NULL
) STRICT;
CREATE TABLE repairs (
  file_id     TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  size        INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER verifications_outdated AFTER UPDATE OF downloaded_at ON files
WHEN new.downloaded_at IS NOT old.downloaded_at BEGIN
  DELETE FROM verifications WHERE file_id = new.id;
  DELETE FROM repairs WHERE file_id = new.id;
END;
CREATE TABLE paces (
  provider    TEXT PRIMARY KEY,
  interval_ms INTEGER NOT NULL,
  silences    INTEGER NOT NULL
) STRICT;
CREATE TABLE recognitions (
  file_id TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  way     TEXT NOT NULL CHECK (way IN ('sidecar', 'sha256', 'name', 'chosen'))
) STRICT;
CREATE TABLE sign_ins (
  provider   TEXT NOT NULL,
  scheme     TEXT NOT NULL,
  expires_at INTEGER,
  renews     INTEGER NOT NULL CHECK (renews IN (0, 1)),
  ended      INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)),
  PRIMARY KEY (provider, scheme)
) STRICT;
CREATE TABLE releases (
  number    INTEGER PRIMARY KEY,
  provider  TEXT NOT NULL,
  key       TEXT NOT NULL,
  kind      TEXT NOT NULL DEFAULT 'release' CHECK (kind IN ('release', 'bundle')),
  label     TEXT NOT NULL,
  label_key TEXT NOT NULL,
  owner     TEXT NOT NULL DEFAULT '',
  owner_key TEXT NOT NULL DEFAULT '',
  month     TEXT,
  named     INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1)),
  UNIQUE (provider, key)
) STRICT;
CREATE TABLE release_assets (
  release INTEGER NOT NULL REFERENCES releases (number) ON DELETE CASCADE,
  asset   INTEGER NOT NULL REFERENCES assets (number) ON DELETE CASCADE,
  PRIMARY KEY (release, asset)
) STRICT, WITHOUT ROWID;
CREATE INDEX release_assets_by_asset ON release_assets (asset);
CREATE TRIGGER assets_released AFTER INSERT ON assets WHEN new.releases <> '[]' BEGIN
  INSERT OR IGNORE INTO releases (provider, key, label, label_key)
    SELECT new.provider, value, value, lower(value) FROM json_each(new.releases);
  INSERT OR IGNORE INTO release_assets
    SELECT r.number, new.number FROM json_each(new.releases) e
    JOIN releases r ON r.provider = new.provider AND r.key = e.value;
END;
CREATE TRIGGER assets_released_anew AFTER UPDATE OF releases ON assets
WHEN new.releases <> old.releases BEGIN
  DELETE FROM release_assets WHERE asset = new.number;
  INSERT OR IGNORE INTO releases (provider, key, label, label_key)
    SELECT new.provider, value, value, lower(value) FROM json_each(new.releases);
  INSERT OR IGNORE INTO release_assets
    SELECT r.number, new.number FROM json_each(new.releases) e
    JOIN releases r ON r.provider = new.provider AND r.key = e.value;
END;
INSERT OR IGNORE INTO releases (provider, key, label, label_key)
  SELECT a.provider, e.value, e.value, lower(e.value) FROM assets a, json_each(a.releases) e;
INSERT OR IGNORE INTO release_assets
  SELECT r.number, a.number FROM assets a, json_each(a.releases) e
  JOIN releases r ON r.provider = a.provider AND r.key = e.value;
CREATE TABLE denials (
  asset   INTEGER PRIMARY KEY REFERENCES assets (number) ON DELETE CASCADE,
  kind    TEXT NOT NULL CHECK (kind IN ('locked', 'gone')),
  message TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;
CREATE TABLE sign_in_checks (
  provider TEXT NOT NULL,
  scheme   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  username TEXT,
  scopes   TEXT,
  until    INTEGER,
  PRIMARY KEY (provider, scheme)
) STRICT;
`,
  },
];

/** Options for {@linkcode migrate}. */
export interface MigrateOptions {
  /**
   * Called before an existing database is changed, with the version it has.
   * @default {() => {}}
   */
  backup?: (version: number) => void;
  /** @default {schema.sql} */
  schema?: string;
  /** @default {SCHEMA_VERSION} */
  version?: number;
  /** @default {MIGRATIONS} */
  migrations?: readonly Migration[];
}

/**
 * Brings a database to the newest schema: an empty one gets `schema.sql`, an older one each missing
 * migration, all in one transaction.
 *
 * @throws {SyncError} `badInput` when the database is newer than this program; it is left untouched.
 */
export function migrate(db: Database, options: MigrateOptions = {}): void {
  const { backup = () => {}, version = SCHEMA_VERSION, migrations = MIGRATIONS } = options;
  refuseNewer(db, version);
  const found = schemaVersion(db);
  if (found === version) return;
  if (found === 0) return db.transaction(() => create(db, options.schema ?? schema, version));
  const missing = migrations.filter((one) => one.to > found && one.to <= version);
  if (missing.length !== version - found) {
    throw new SyncError("bug", `Cannot migrate the database from version ${found}: no way known`);
  }
  backup(found);
  db.transaction(() => {
    for (const { sql, to } of missing) {
      db.exec(sql);
      setVersion(db, to);
    }
  });
}

/**
 * Changes nothing.
 *
 * @throws {SyncError} `badInput` when the database is newer than `version`.
 */
export function refuseNewer(db: Database, version = SCHEMA_VERSION): void {
  const found = schemaVersion(db);
  if (found <= version) return;
  throw new SyncError(
    "badInput",
    `Cannot open the database: its version is ${found}, this program knows versions up to ` +
      `${version}. Install the newest version of the program`,
  );
}

/** `user_version` of a database, 0 for an empty one. */
export function schemaVersion(db: Database): number {
  return int(db.get("PRAGMA user_version") ?? {}, "user_version");
}

function create(db: Database, sql: string, version: number): void {
  db.exec(sql);
  setVersion(db, version);
}

function setVersion(db: Database, version: number): void {
  db.exec(`PRAGMA user_version = ${version}`);
}
