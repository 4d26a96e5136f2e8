import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as v from "valibot";
import { CHUNK_SIZE, chunkLength } from "../../extensions/sync-engine/downloads/chunk.ts";
import { partPath } from "../../extensions/sync-engine/downloads/part_path.ts";

/** A file as the database knows it. */
export interface KnownFile {
  readonly id: string;
  readonly assetId: string;
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly ref: string;
  /** Set when the database says that it is done. */
  readonly sha256: string | null;
  /** Set when it was verified and only its final name was left to do. */
  readonly verified: string | null;
  /** Whole length as told by the server, null when no partial file is recorded. */
  readonly partSize: number | null;
  /** Numbers of the chunks recorded as good. */
  readonly chunks: readonly number[];
  /** Bytes of the partial file on disk, null when there is none. */
  readonly partBytes: number | null;
}

/** What a profile and its library are like while nobody works on them. */
export interface Snapshot {
  readonly files: readonly KnownFile[];
  /** SHA-256 by path below the root of everything on disk. */
  readonly disk: ReadonlyMap<string, string>;
  /** Rows of tables that are empty when all is done. */
  readonly open: Readonly<Record<"jobs" | "parts" | "chunks", number>>;
  /** How often the history says that a file came in, by its id. */
  readonly arrivals: ReadonlyMap<string, number>;
}

const Rows = v.array(v.object({
  id: v.string(),
  assetId: v.string(),
  kind: v.string(),
  name: v.string(),
  path: v.string(),
  ref: v.string(),
  sha256: v.nullable(v.string()),
  verified: v.nullable(v.string()),
  partSize: v.nullable(v.number()),
}));
const Chunks = v.array(v.object({ id: v.string(), n: v.number() }));
const Counts = v.array(v.object({ id: v.string(), n: v.number() }));

/** Looks at a profile without changing it. */
export function takeSnapshot(home: string): Snapshot {
  const root = join(home, "library");
  const database = join(home, "app", "sync.db");
  const disk = new Map<string, string>();
  if (existsSync(root)) hashAll(root, "", disk);
  const none = { files: [], disk, open: { jobs: 0, parts: 0, chunks: 0 }, arrivals: new Map() };
  if (!existsSync(database)) return none;
  // A kill may leave a journal to be rolled back, which only a writer can: on a copy, so that nothing is changed.
  const copy = Deno.makeTempDirSync();
  for (const suffix of ["", "-wal", "-journal"]) {
    if (existsSync(database + suffix)) {
      Deno.copyFileSync(database + suffix, join(copy, `sync.db${suffix}`));
    }
  }
  const db = new DatabaseSync(join(copy, "sync.db"));
  try {
    // Killed before the schema was committed: there is nothing to be known.
    if (!db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'files'").get()) return none;
    const [check] = Object.values(db.prepare("PRAGMA integrity_check").get() ?? {});
    if (check !== "ok") throw new Error(`The database is damaged: ${check}`);
    const count = (table: string) =>
      Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]);
    const chunks = Map.groupBy(
      v.parse(Chunks, db.prepare("SELECT file_id AS id, n FROM chunks").all()),
      ({ id }) => id,
    );
    const rows = v.parse(
      Rows,
      db.prepare(
        `SELECT f.id, f.asset_id AS assetId, f.kind, f.name, f.path, f.ref, f.sha256,
          p.sha256 AS verified, p.size AS partSize
        FROM files f LEFT JOIN parts p ON p.file_id = f.id`,
      ).all(),
    );
    const arrivals = v.parse(
      Counts,
      db.prepare(
        "SELECT file_id AS id, count(*) AS n FROM history WHERE outcome = 'succeeded' GROUP BY 1",
      ).all(),
    );
    return {
      disk,
      open: { jobs: count("jobs"), parts: count("parts"), chunks: count("chunks") },
      arrivals: new Map(arrivals.map(({ id, n }) => [id, n])),
      files: rows.map((row) => ({
        ...row,
        chunks: (chunks.get(row.id) ?? []).map(({ n }) => n),
        partBytes: sizeOf(join(root, partPath(row.path, row.id))),
      })),
    };
  } finally {
    db.close();
    Deno.removeSync(copy, { recursive: true });
  }
}

/** Bytes of the partial file that no record vouches for: they are fetched again. */
export function unrecordedBytes({ partBytes, partSize, chunks, verified }: KnownFile): number {
  if (partBytes === null || verified !== null) return 0;
  const recorded = chunks.reduce((sum, n) => sum + chunkLength(n, partSize ?? Infinity), 0);
  return Math.max(0, partBytes - recorded);
}

/** Whether a file, by what is known of it, has more than one chunk. */
export function hasChunks({ partSize }: KnownFile): boolean {
  return partSize !== null && partSize > CHUNK_SIZE;
}

function hashAll(root: string, below: string, into: Map<string, string>): void {
  for (const entry of Deno.readDirSync(join(root, below))) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory) hashAll(root, path, into);
    else into.set(path, sha256Of(join(root, path)));
  }
}

function sha256Of(path: string): string {
  return createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
}

function sizeOf(path: string): number | null {
  return existsSync(path) ? Deno.statSync(path).size : null;
}
