import { inBatches } from "./batches.ts";
import type { Database } from "./database.ts";
import { flag, int, intOrNull, oneOf, type Row, text, textOrNull } from "./rows.ts";

const KINDS = ["model", "image"] as const;

/** A file as the site lists it, with the place it was given. `id` is `<asset id>/<the provider's file id>`. */
export interface FileUpsert {
  readonly id: string;
  readonly provider: string;
  readonly kind: "model" | "image";
  readonly name: string;
  /** Below the root, `/`-separated. Only used for a new file. */
  readonly path: string;
  /** Case- and form-folded path: two files never share one. */
  readonly pathKey: string;
  /** Bytes, null when the site does not say. */
  readonly size: number | null;
  readonly revision: string;
  readonly ref: string;
  /** Lower-case hex, where the site gives one. */
  readonly expectedSha256: string | null;
}

/** All that is known about a file. */
export interface StoredFile extends FileUpsert {
  readonly assetId: string;
  /** Of the file on disk, null when it is not there. */
  readonly sha256: string | null;
  /** Strong ETag or Last-Modified of the download. */
  readonly validator: string | null;
  /** The revision on disk. */
  readonly downloadedRevision: string | null;
  /** Its bytes, as measured. */
  readonly downloadedSize: number | null;
  /** Milliseconds since the Unix epoch. */
  readonly downloadedAt: number | null;
  /** By the user: never fetched again by itself. */
  readonly removed: boolean;
  /** The site still lists it. */
  readonly listed: boolean;
}

/** What became of the files of one asset. */
export interface FileTally {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** No longer listed. */
  readonly unlisted: number;
}

/** A file that is on disk, with the size that it has there. */
export interface DownloadedFile {
  readonly id: string;
  readonly assetId: string;
  readonly provider: string;
  readonly path: string;
  readonly size: number | null;
  readonly sha256: string;
}

/** A file that is not on disk. */
export interface AbsentFile {
  readonly id: string;
  readonly assetId: string;
  readonly name: string;
  /** Below the root. */
  readonly path: string;
  /** Bytes, null when the site does not say. */
  readonly size: number | null;
  readonly revision: string;
  /** Lower-case hex, where the site gives one. */
  readonly expectedSha256: string | null;
}

/** What a finished download is known by. */
export interface DownloadResult {
  readonly sha256: string;
  readonly size: number;
  readonly validator: string | null;
  readonly revision: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Files and images of assets. */
export class Files {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Makes the listed files of an asset exactly these. Known files keep their path and what is on disk; those that are
   * missing from the list stay, marked as not listed.
   */
  upsertForAsset(assetId: string, files: readonly FileUpsert[]): FileTally {
    return this.#db.transaction(() => {
      const tally = { added: 0, changed: 0, unchanged: 0, unlisted: 0 };
      const known = new Map(this.byAsset(assetId).map((file) => [file.id, file]));
      for (const file of files) {
        const before = known.get(file.id);
        known.delete(file.id);
        if (!before) this.#insert(assetId, file);
        else if (!isSame(before, file)) this.#update(file);
        const changed = before && (before.revision !== file.revision || !before.listed);
        tally[!before ? "added" : changed ? "changed" : "unchanged"]++;
      }
      for (const { id, listed } of known.values()) {
        if (!listed) continue;
        this.#db.run("UPDATE files SET listed = 0 WHERE id = ?", id);
        tally.unlisted++;
      }
      return tally;
    });
  }

  /** In the order in which they became known. */
  byAsset(assetId: string): StoredFile[] {
    return this.#db.all("SELECT * FROM files WHERE asset_id = ? ORDER BY rowid", assetId)
      .map(toStoredFile);
  }

  get(id: string): StoredFile | null {
    const row = this.#db.get("SELECT * FROM files WHERE id = ?", id);
    return row ? toStoredFile(row) : null;
  }

  /** Files that are on disk, of one provider or all; the table may be changed meanwhile. */
  *downloaded(provider?: string): Generator<DownloadedFile> {
    const rows = inBatches<Row>((last, limit) =>
      this.#db.all(
        `SELECT rowid AS number, id, asset_id, provider, path, downloaded_size, sha256 FROM files
        WHERE rowid > ? AND sha256 IS NOT NULL AND removed = 0 AND (?2 IS NULL OR provider = ?2) ORDER BY rowid LIMIT ?`,
        last ? int(last, "number") : 0,
        provider ?? null,
        limit,
      )
    );
    for (const row of rows) yield toDownloadedFile(row);
  }

  /** Files that the site lists and that were never here; the table may be changed meanwhile. */
  *absent(): Generator<AbsentFile> {
    const rows = inBatches<Row>((last, limit) =>
      this.#db.all(
        `SELECT rowid AS number, id, asset_id, name, path, size, revision, expected_sha256 FROM files
        WHERE rowid > ? AND listed = 1 AND removed = 0 AND downloaded_revision IS NULL ORDER BY rowid LIMIT ?`,
        last ? int(last, "number") : 0,
        limit,
      )
    );
    for (const row of rows) {
      yield {
        id: text(row, "id"),
        assetId: text(row, "asset_id"),
        name: text(row, "name"),
        path: text(row, "path"),
        size: intOrNull(row, "size"),
        revision: text(row, "revision"),
        expectedSha256: textOrNull(row, "expected_sha256"),
      };
    }
  }

  /** Files of an asset that are on disk. */
  downloadedOf(assetId: string): DownloadedFile[] {
    return this.#db.all(
      `SELECT id, asset_id, provider, path, downloaded_size, sha256 FROM files
      WHERE asset_id = ? AND sha256 IS NOT NULL AND removed = 0 ORDER BY rowid`,
      assetId,
    ).map(toDownloadedFile);
  }

  /**
   * Ids of files that are listed, not removed, not here in their newest revision and not queued, of assets that are
   * wanted and that the account can reach.
   */
  toFetch(which: { provider?: string; assetId?: string } = {}): string[] {
    const { provider, assetId } = which;
    // Only the conditions that are asked for, so that SQLite can use the index that fits.
    const conditions = [
      ...provider === undefined ? [] : ["AND f.provider = ?"],
      ...assetId === undefined ? [] : ["AND f.asset_id = ?"],
    ];
    return this.#db.all(
      `SELECT f.id FROM files f JOIN assets a ON a.id = f.asset_id
      WHERE f.listed = 1 AND f.removed = 0 AND f.downloaded_revision IS NOT f.revision
        AND a.wanted = 1 AND a.availability IN ('public', 'withdrawn')
        AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.file_id = f.id) ${conditions.join(" ")}
      ORDER BY a.number, f.rowid`,
      ...[provider, assetId].filter((value) => value !== undefined),
    ).map((row) => text(row, "id"));
  }

  /** Whether the site still gives the file to this account, and the user wants it. */
  canBeFetched(id: string): boolean {
    const row = this.#db.get(
      `SELECT 1 FROM files f JOIN assets a ON a.id = f.asset_id WHERE f.id = ? AND f.listed = 1
        AND f.removed = 0 AND a.wanted = 1 AND a.availability IN ('public', 'withdrawn')`,
      id,
    );
    return row !== undefined;
  }

  /** The file is on disk and verified. The asset counts as synced when it was the last one. */
  markDownloaded(id: string, result: DownloadResult): void {
    const { sha256, size, validator, revision, at } = result;
    this.#db.transaction(() => {
      this.#db.run(
        `UPDATE files SET sha256 = ?, size = ?, downloaded_size = ?, validator = ?, downloaded_revision = ?,
          downloaded_at = ? WHERE id = ?`,
        sha256,
        size,
        size,
        validator,
        revision,
        at,
        id,
      );
      this.#db.run(
        `UPDATE assets SET synced_at = ? WHERE id = (SELECT asset_id FROM files WHERE id = ?)
          AND NOT EXISTS (SELECT 1 FROM files f WHERE f.asset_id = assets.id
            AND f.listed = 1 AND f.removed = 0 AND f.downloaded_revision IS NOT f.revision)`,
        at,
        id,
      );
    });
  }

  /** Forgets that the file is on disk. */
  markMissing(id: string): void {
    this.#db.run(
      `UPDATE files SET sha256 = NULL, validator = NULL, downloaded_revision = NULL, downloaded_size = NULL,
        downloaded_at = NULL WHERE id = ?`,
      id,
    );
  }

  /**
   * The same for those of the files that can be fetched again. The others keep their record: it is the last proof
   * of what was there.
   */
  markFetchableMissing(ids: readonly string[]): void {
    this.#db.transaction(() => {
      for (const id of ids) if (this.canBeFetched(id)) this.markMissing(id);
    });
  }

  /**
   * Has files fetched anew that can be: what is here counts as outdated until then, and keeps its record. Returns the
   * ids of those that can be fetched.
   */
  markStale(ids: readonly string[]): string[] {
    return this.#db.transaction(() => {
      const fetchable = ids.filter((id) => this.canBeFetched(id));
      for (const id of fetchable) {
        this.#db.run(
          "UPDATE files SET downloaded_revision = '' WHERE id = ? AND downloaded_revision IS NOT NULL",
          id,
        );
      }
      return fetchable;
    });
  }

  /** Id of the file that has the path. */
  pathTaken(pathKey: string): string | null {
    const row = this.#db.get("SELECT id FROM files WHERE path_key = ?", pathKey);
    return row ? text(row, "id") : null;
  }

  setPath(id: string, path: string, pathKey: string): void {
    this.#db.run("UPDATE files SET path = ?, path_key = ? WHERE id = ?", path, pathKey, id);
  }

  #insert(assetId: string, file: FileUpsert): void {
    this.#db.run(
      `INSERT INTO files (id, asset_id, provider, kind, name, path, path_key, size, revision, ref, expected_sha256)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      file.id,
      assetId,
      file.provider,
      file.kind,
      file.name,
      file.path,
      file.pathKey,
      file.size,
      file.revision,
      file.ref,
      file.expectedSha256,
    );
  }

  #update(file: FileUpsert): void {
    // The size of what is on disk is measured, that of the site may be a guess.
    this.#db.run(
      `UPDATE files SET kind = ?1, name = ?2, size = iif(downloaded_revision IS ?4, size, ?3), revision = ?4,
        ref = ?5, expected_sha256 = ?6, listed = 1 WHERE id = ?7`,
      file.kind,
      file.name,
      file.size,
      file.revision,
      file.ref,
      file.expectedSha256,
      file.id,
    );
  }
}

function isSame(before: StoredFile, after: FileUpsert): boolean {
  const sizeStays = before.size === after.size || before.downloadedRevision === after.revision;
  return before.listed && sizeStays && before.revision === after.revision &&
    before.kind === after.kind && before.name === after.name && before.ref === after.ref &&
    before.expectedSha256 === after.expectedSha256;
}

function toDownloadedFile(row: Row): DownloadedFile {
  return {
    id: text(row, "id"),
    assetId: text(row, "asset_id"),
    provider: text(row, "provider"),
    path: text(row, "path"),
    size: intOrNull(row, "downloaded_size"),
    sha256: text(row, "sha256"),
  };
}

/** Maps a row of `files`. */
export function toStoredFile(row: Row): StoredFile {
  return {
    id: text(row, "id"),
    assetId: text(row, "asset_id"),
    provider: text(row, "provider"),
    kind: oneOf(row, "kind", KINDS),
    name: text(row, "name"),
    path: text(row, "path"),
    pathKey: text(row, "path_key"),
    size: intOrNull(row, "size"),
    revision: text(row, "revision"),
    ref: text(row, "ref"),
    expectedSha256: textOrNull(row, "expected_sha256"),
    sha256: textOrNull(row, "sha256"),
    validator: textOrNull(row, "validator"),
    downloadedRevision: textOrNull(row, "downloaded_revision"),
    downloadedSize: intOrNull(row, "downloaded_size"),
    downloadedAt: intOrNull(row, "downloaded_at"),
    removed: flag(row, "removed"),
    listed: flag(row, "listed"),
  };
}
