import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import { SIDECAR_NAME } from "../../extensions/sync-engine/files/datapackage.ts";
import { MARKER_NAME } from "../../extensions/sync-engine/files/marker.ts";
import type { SyncSummary } from "../../extensions/sync-engine/protocol.ts";
import { DATABASE_NAME } from "../../extensions/sync-engine/store/open_database.ts";
import type { Simulator } from "../../providers/mmf/simulator/mod.ts";
import type { TestProfile } from "../support/profile.ts";

/** A row of `files`, as far as the tests look at it. */
export interface FileRow {
  readonly id: string;
  readonly objectId: number;
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly size: number | null;
  /** Null until the database says that the file is here. */
  readonly sha256: string | null;
}

/** All files that the database knows. Reads it directly: what the engine tells might be kinder. */
export function fileRows({ appData }: Pick<TestProfile, "appData">): FileRow[] {
  using db = new DatabaseSync(join(appData, DATABASE_NAME), { readOnly: true });
  const rows = db.prepare("SELECT id, asset_id, kind, name, path, size, sha256 FROM files").all();
  return rows.map((row) => ({
    id: String(row["id"]),
    objectId: Number(/^mmf:object-(\d+)$/.exec(String(row["asset_id"]))?.[1]),
    kind: String(row["kind"]),
    name: String(row["name"]),
    path: String(row["path"]),
    size: row["size"] === null ? null : Number(row["size"]),
    sha256: row["sha256"] === null ? null : String(row["sha256"]),
  }));
}

/** Ids of the assets that the database holds to be gone. */
export function goneAssets({ appData }: Pick<TestProfile, "appData">): string[] {
  using db = new DatabaseSync(join(appData, DATABASE_NAME), { readOnly: true });
  return db.prepare("SELECT id FROM assets WHERE availability = 'gone'").all()
    .map(({ id }) => String(id));
}

/**
 * Proves that nothing wrong was published: every file with a final name is byte for byte what the site
 * has under that name, nothing else lies in the library but partial files, sidecars and the marker, and
 * the database says of those files, and of no others, that they are here.
 *
 * @returns How many files were published.
 */
export async function expectTruth(
  profile: Pick<TestProfile, "appData" | "root">,
  simulator: Pick<Simulator, "reference">,
): Promise<number> {
  const truth = Map.groupBy(simulator.reference(), keyOf);
  const rows = new Map(fileRows(profile).map((row) => [row.path, row]));
  const published = await publishedFiles(profile.root);
  for (const [path, sha256] of published) {
    const row = rows.get(path);
    expect(row, `${path} is in no row`).toBeDefined();
    expect(row?.sha256, `what the database says of ${path}`).toBe(sha256);
    const right = row ? truth.get(keyOf(row)) ?? [] : [];
    expect(right.map((file) => file.sha256()), `content of ${path}`).toContain(sha256);
  }
  const here = [...rows.values()].filter(({ sha256 }) => sha256 !== null);
  expect(here.map(({ path }) => path).sort()).toEqual([...published.keys()].sort());
  expect(goneAssets(profile)).toEqual([]);
  return published.size;
}

/** Proves in addition that all is here that an honest client ends with, and that nothing is left to do. */
export async function expectAll(
  profile: Pick<TestProfile, "appData" | "root" | "engine">,
  simulator: Pick<Simulator, "reference" | "listing">,
  summary?: SyncSummary,
): Promise<void> {
  const published = await expectTruth(profile, simulator);
  expect(published).toBe([...simulator.reference()].length);
  expect(profile.engine.status().queue).toEqual({ queued: 0, running: 0, paused: 0, failed: 0 });
  if (!summary) return;
  expect(summary).toMatchObject({ failed: 0, waiting: 0, problems: [] });
  expectTally(summary, simulator);
}

/** Proves that every item that the site listed is accounted for, of lists that arrived whole. */
export function expectTally(
  { scans }: SyncSummary,
  simulator: Pick<Simulator, "listing">,
): void {
  const listing = simulator.listing();
  for (const { seen, kept, merged, quarantined, added, updated, unchanged } of scans) {
    expect(kept + merged + quarantined).toBe(seen);
    expect(added + updated + unchanged).toBe(kept);
    expect({ seen, kept, merged, quarantined }).toEqual({
      seen: listing.rows,
      kept: listing.objects + listing.bundles,
      merged: listing.repeated,
      quarantined: listing.malformed,
    });
  }
}

/** SHA-256 by path below the root, of all that has a final name. Fails on what should not be there. */
async function publishedFiles(root: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await walk(root);
  return found;

  async function walk(directory: string): Promise<void> {
    for await (const entry of Deno.readDir(directory)) {
      const path = join(directory, entry.name);
      expect(entry.isSymlink, path).toBe(false);
      if (entry.isDirectory) await walk(path);
      const below = relative(root, path).replaceAll("\\", "/");
      const isOwn = below === MARKER_NAME || entry.name === SIDECAR_NAME ||
        entry.name.endsWith(".part");
      if (!entry.isFile || isOwn) continue;
      found.set(below, createHash("sha256").update(await Deno.readFile(path)).digest("hex"));
    }
  }
}

function keyOf({ objectId, kind, name }: { objectId: number; kind: string; name: string }): string {
  return JSON.stringify([objectId, kind, name]);
}
