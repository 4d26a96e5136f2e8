-- The newest schema of sync.db. Migrations lead to it (extensions/sync-engine/store/migrations.ts),
-- and a test proves that both give the same database. Times are milliseconds since the Unix epoch.

CREATE TABLE assets (
  number          INTEGER PRIMARY KEY,             -- row number that assets_fts refers to, kept by VACUUM
  id              TEXT NOT NULL UNIQUE,            -- <provider>:<kind>-<n>
  provider        TEXT NOT NULL,
  title           TEXT NOT NULL,
  creator         TEXT NOT NULL DEFAULT '',        -- '' when the site does not say
  updated_at      TEXT,                            -- ISO 8601, as the site gives it
  thumb_url       TEXT,
  wanted          INTEGER NOT NULL DEFAULT 1 CHECK (wanted IN (0, 1)),
  url             TEXT,
  tags            TEXT NOT NULL DEFAULT '[]',      -- JSON array of strings
  sources         TEXT NOT NULL DEFAULT '[]',      -- JSON array of strings
  releases        TEXT NOT NULL DEFAULT '[]',      -- JSON array of strings
  license         TEXT,
  revision        TEXT NOT NULL,                   -- the provider's change signal
  detail_revision TEXT,                            -- the revision whose files are known, null before the first look
  ref             TEXT NOT NULL,                   -- opaque to the core
  availability    TEXT NOT NULL DEFAULT 'public' CHECK (availability IN ('public', 'withdrawn', 'locked', 'gone')),
  folder          TEXT,                            -- below the root, '/'-separated; set once, never changed by a rename
  folder_key      TEXT UNIQUE,                     -- case- and form-folded folder: two assets never share one
  added_at        INTEGER NOT NULL,
  synced_at       INTEGER,                         -- when all its files were last known to be here
  seen_scan       INTEGER NOT NULL,                -- last complete or running scan that listed it
  looked          INTEGER NOT NULL DEFAULT 0 CHECK (looked IN (0, 1, 2)),  -- files known: not, all, of an older revision
  -- What the title, the creator and the time of the update are sorted by.
  title_key       TEXT NOT NULL,
  creator_key     TEXT NOT NULL,
  updated_key     INTEGER NOT NULL,
  -- Sums over the files, kept by the triggers below. Files that the user removed do not count.
  files           INTEGER NOT NULL DEFAULT 0,
  files_here      INTEGER NOT NULL DEFAULT 0,
  bytes           INTEGER NOT NULL DEFAULT 0,
  bytes_here      INTEGER NOT NULL DEFAULT 0,
  files_outdated  INTEGER NOT NULL DEFAULT 0       -- the site has something newer than what is here
) STRICT;

-- One for each sort of the library view. Ties go by number, which every index ends with; numbers are given in the
-- order of addition.
CREATE INDEX assets_by_title ON assets (title_key);
CREATE INDEX assets_by_creator ON assets (creator_key, title_key);
CREATE INDEX assets_by_provider ON assets (provider);
CREATE INDEX assets_by_update ON assets (updated_key);
CREATE INDEX assets_by_sync ON assets (synced_at);

-- Covers the sums by creator.
CREATE INDEX assets_by_maker ON assets (creator_key, creator, provider, wanted, files_here, bytes_here);

-- Covers filters and totals, so that they never read the wide table.
CREATE INDEX assets_by_state ON assets (
  wanted, availability, provider, sources, looked, files, files_here, bytes, bytes_here, files_outdated
);

-- Long texts, apart from their assets so that marking these writes little.
CREATE TABLE descriptions (
  number INTEGER PRIMARY KEY REFERENCES assets (number) ON DELETE CASCADE,
  text   TEXT NOT NULL
) STRICT;

CREATE TRIGGER assets_looked AFTER UPDATE OF revision, detail_revision ON assets BEGIN
  UPDATE assets SET looked = iif(new.detail_revision IS NULL, 0, iif(new.detail_revision = new.revision, 1, 2))
  WHERE number = new.number;
END;

-- Kept in step by the repository: written from a trigger, FTS5 flushes its buffer at every row, ten times slower.
-- The words come folded (store/fold_text.ts), so the tokenizer has nothing left to do but split at blanks.
CREATE VIRTUAL TABLE assets_fts USING fts5 (
  words,
  content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3'
);

CREATE TRIGGER assets_fts_delete AFTER DELETE ON assets BEGIN
  DELETE FROM assets_fts WHERE rowid = old.number;
END;

-- What assets come in: months of tribes, pledges, bundles. `key` is what stands in assets.releases.
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

-- Narrow, for filters and counts. A release that nobody has named yet is called by its key.
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

CREATE TABLE files (
  id                  TEXT PRIMARY KEY,            -- <asset id>/<the provider's file id>
  asset_id            TEXT NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
  provider            TEXT NOT NULL,
  kind                TEXT NOT NULL CHECK (kind IN ('model', 'image')),
  name                TEXT NOT NULL,               -- as the site names it
  path                TEXT NOT NULL,               -- below the root, '/'-separated
  path_key            TEXT NOT NULL UNIQUE,        -- case- and form-folded path: two files never share one
  size                INTEGER,                     -- bytes as the site claims, or as downloaded
  revision            TEXT NOT NULL,               -- the provider's change signal
  ref                 TEXT NOT NULL,               -- opaque to the core
  expected_sha256     TEXT,                        -- where the site gives one
  sha256              TEXT,                        -- of the file on disk, null until it is there
  validator           TEXT,                        -- strong ETag or Last-Modified of the download
  downloaded_revision TEXT,                        -- the revision on disk
  downloaded_size     INTEGER,                     -- its bytes, as measured: what the site claims may change before it is fetched
  downloaded_at       INTEGER,
  removed             INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),  -- by the user: never fetched again by itself
  listed              INTEGER NOT NULL DEFAULT 1 CHECK (listed IN (0, 1)),   -- 0: the site no longer lists it
  -- What the file adds to the sums of its asset.
  counts              INTEGER NOT NULL AS (removed = 0 AND (listed = 1 OR downloaded_revision IS NOT NULL)),
  counts_here         INTEGER NOT NULL AS (removed = 0 AND downloaded_revision IS NOT NULL),
  counts_outdated     INTEGER NOT NULL AS (removed = 0 AND listed = 1 AND ifnull(downloaded_revision <> revision, 0))
) STRICT;

CREATE INDEX files_by_asset ON files (asset_id);

-- What is to be fetched: stays small once a library is here. A downloaded_revision of '' has a file fetched anew.
CREATE INDEX files_to_fetch ON files (asset_id)
  WHERE listed = 1 AND removed = 0 AND downloaded_revision IS NOT revision;

CREATE TRIGGER files_added AFTER INSERT ON files BEGIN
  UPDATE assets SET
    files = files + new.counts,
    files_here = files_here + new.counts_here,
    files_outdated = files_outdated + new.counts_outdated,
    bytes = bytes + new.counts * ifnull(new.size, 0),
    bytes_here = bytes_here + new.counts_here * ifnull(new.size, 0)
  WHERE id = new.asset_id;
END;

CREATE TRIGGER files_deleted AFTER DELETE ON files BEGIN
  UPDATE assets SET
    files = files - old.counts,
    files_here = files_here - old.counts_here,
    files_outdated = files_outdated - old.counts_outdated,
    bytes = bytes - old.counts * ifnull(old.size, 0),
    bytes_here = bytes_here - old.counts_here * ifnull(old.size, 0)
  WHERE id = old.asset_id;
END;

CREATE TRIGGER files_changed AFTER UPDATE OF size, revision, downloaded_revision, removed, listed ON files BEGIN
  UPDATE assets SET
    files = files + new.counts - old.counts,
    files_here = files_here + new.counts_here - old.counts_here,
    files_outdated = files_outdated + new.counts_outdated - old.counts_outdated,
    bytes = bytes + new.counts * ifnull(new.size, 0) - old.counts * ifnull(old.size, 0),
    bytes_here = bytes_here + new.counts_here * ifnull(new.size, 0) - old.counts_here * ifnull(old.size, 0)
  WHERE id = new.asset_id;
END;

-- Files whose removal from disk has begun and is not known to have ended. Their rows still say what was there.
CREATE TABLE removals (
  file_id TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE
) STRICT;

-- Files that were not downloaded but found on disk, and by what they were recognised.
CREATE TABLE recognitions (
  file_id TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  way     TEXT NOT NULL CHECK (way IN ('sidecar', 'sha256', 'name', 'chosen'))
) STRICT;

-- Persisted queue. A row is a file still to be fetched (or one that failed for good).
CREATE TABLE jobs (
  file_id    TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  provider   TEXT NOT NULL,
  state      TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'paused', 'failed')),
  position   INTEGER NOT NULL,                     -- lower goes first
  attempts   INTEGER NOT NULL DEFAULT 0,           -- failed ones so far
  not_before INTEGER NOT NULL DEFAULT 0,           -- back-off, remembered across restarts
  reason     TEXT,                                 -- failure kind of the last attempt
  message    TEXT
) STRICT;

CREATE INDEX jobs_by_turn ON jobs (state, position, not_before, provider);
CREATE INDEX jobs_by_position ON jobs (position);
CREATE INDEX jobs_by_due ON jobs (state, not_before, provider);

-- The partial file of a job: which bytes of it are known to be good. `validator` is for If-Range, `size` the whole
-- length, null when the server does not say, `chunk_size` the bytes of a chunk; `sha256` is set once the whole was
-- verified, just before the rename.
CREATE TABLE parts (
  file_id    TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  revision   TEXT NOT NULL,
  validator  TEXT,
  size       INTEGER,
  chunk_size INTEGER NOT NULL,
  sha256     TEXT
) STRICT;

-- Chunk n holds bytes [n * chunk_size, (n + 1) * chunk_size); `hash` is its XXH64, big-endian.
CREATE TABLE chunks (
  file_id TEXT NOT NULL REFERENCES parts (file_id) ON DELETE CASCADE,
  n       INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  PRIMARY KEY (file_id, n)
) STRICT, WITHOUT ROWID;

-- Chunk hashes of the files on disk, so that a damaged file is mended chunk by chunk: 8 bytes for each, in
-- order. None for a file of one chunk. `chunk_size` is in bytes.
CREATE TABLE fingerprints (
  file_id    TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  chunk_size INTEGER NOT NULL,
  hashes     BLOB NOT NULL
) STRICT;

-- Fingerprints are of the bytes whose hash the row tells.
CREATE TRIGGER fingerprints_outdated AFTER UPDATE OF sha256 ON files
WHEN old.sha256 IS NOT NULL AND new.sha256 IS NOT old.sha256 BEGIN
  DELETE FROM fingerprints WHERE file_id = new.id;
END;

-- What the last look at the bytes of a file on disk told.
CREATE TABLE verifications (
  file_id TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  at      INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('OK', 'MISSING', 'SIZE', 'HASH', 'UNVERIFIED'))
) STRICT;

CREATE INDEX verifications_not_ok ON verifications (verdict) WHERE verdict <> 'OK';

-- What verifications found beside the files: files of others, and sidecars that are not right.
CREATE TABLE strays (
  path     TEXT PRIMARY KEY,
  verdict  TEXT NOT NULL CHECK (verdict IN ('EXTRA', 'SIDECAR')),
  asset_id TEXT REFERENCES assets (id) ON DELETE CASCADE,
  at       INTEGER NOT NULL
) STRICT;

-- Damaged copies that need not be kept once the right one takes their place, by what they were when they were judged.
CREATE TABLE repairs (
  file_id     TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  size        INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
) STRICT;

-- Another download was not looked at yet.
CREATE TRIGGER verifications_outdated AFTER UPDATE OF downloaded_at ON files
WHEN new.downloaded_at IS NOT old.downloaded_at BEGIN
  DELETE FROM verifications WHERE file_id = new.id;
  DELETE FROM repairs WHERE file_id = new.id;
END;

CREATE TABLE history (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  provider TEXT NOT NULL,
  file_id  TEXT NOT NULL,                          -- no reference: outlives its file
  title    TEXT NOT NULL,
  name     TEXT NOT NULL,
  outcome  TEXT NOT NULL CHECK (outcome IN ('succeeded', 'failed', 'removed')),
  bytes    INTEGER NOT NULL DEFAULT 0,
  reason   TEXT,
  message  TEXT
) STRICT;

CREATE INDEX history_by_outcome ON history (outcome);
CREATE INDEX history_by_provider ON history (provider, outcome);

CREATE TABLE scans (
  id          INTEGER PRIMARY KEY,
  provider    TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  complete    INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  tally       TEXT                                 -- JSON, see library/tally.ts
) STRICT;

CREATE TABLE quarantine (
  provider TEXT NOT NULL,
  item     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  scan_id  INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
  PRIMARY KEY (provider, item)
) STRICT;

CREATE TABLE accounts (
  provider   TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  name       TEXT NOT NULL,
  signed_in  INTEGER NOT NULL
) STRICT;

-- How long each sign-in lasts, and whether the site has ended it. Credentials are elsewhere.
CREATE TABLE sign_ins (
  provider   TEXT NOT NULL,
  scheme     TEXT NOT NULL,
  expires_at INTEGER,
  renews     INTEGER NOT NULL CHECK (renews IN (0, 1)),
  ended      INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)),
  PRIMARY KEY (provider, scheme)
) STRICT;

-- When a sign-in was last found to be good, and what the sign-in server told of it.
CREATE TABLE sign_in_checks (
  provider TEXT NOT NULL,
  scheme   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  username TEXT,
  scopes   TEXT,
  until    INTEGER,
  PRIMARY KEY (provider, scheme)
) STRICT;

-- Silences that a site asked for, remembered across restarts.
CREATE TABLE pauses (
  provider TEXT NOT NULL,
  scope    TEXT NOT NULL,                          -- 'downloads' or 'api'
  until    INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (provider, scope)
) STRICT;

-- What was learnt about how often a provider gives download addresses: milliseconds from one to the next, and how
-- many silences it asked for one after the other.
CREATE TABLE paces (
  provider    TEXT PRIMARY KEY,
  interval_ms INTEGER NOT NULL,
  silences    INTEGER NOT NULL
) STRICT;

-- Why a site gives nothing of an asset that it lists, as it said when it was asked last.
CREATE TABLE denials (
  asset   INTEGER PRIMARY KEY REFERENCES assets (number) ON DELETE CASCADE,
  kind    TEXT NOT NULL CHECK (kind IN ('locked', 'gone')),
  message TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL                              -- JSON
) STRICT;
