import { expect } from "vitest";
import { ROOT } from "../../extensions/sync-engine/downloads/testing/world.ts";
import { SIDECAR_NAME } from "../../extensions/sync-engine/files/datapackage.ts";
import { MARKER_NAME } from "../../extensions/sync-engine/files/marker.ts";
import { VERSIONS_FOLDER } from "../../extensions/sync-engine/files/replace.ts";
import { readSidecar } from "../../extensions/sync-engine/files/sidecar.ts";
import type { MemoryFs } from "../../extensions/sync-engine/platform/testing/memory_fs.ts";
import type { Store } from "../../extensions/sync-engine/store/store.ts";
import { FOLDER, hex, MINE, type Scene } from "./scenes.ts";

/** What a disk is to be judged with. */
export interface Found {
  readonly store: Store;
  readonly fs: MemoryFs;
  /** Said where something is wrong. */
  readonly when: string;
}

/** SHA-256 of all files, by path. */
export function hashes(fs: MemoryFs): Map<string, string> {
  return new Map([...fs.files()].map(([path, bytes]) => [path, hex(bytes)]));
}

/** What has a final name is what was there before or what is to be there; what is the user's is somewhere. */
export function expectNoFalseName({ right, before, kept }: Scene, { fs, when }: Found): void {
  const disk = hashes(fs);
  for (const [path, sha256] of right) {
    const found = disk.get(`${ROOT}/${path}`);
    if (found) expect([before.get(path), sha256], `${path} ${when}`).toContain(found);
  }
  const all = new Set(disk.values());
  expect(kept.filter((sha256) => !all.has(sha256)), `lost ${when}`).toEqual([]);
}

/** Everything is there, once, and nothing is left over or left to do. */
export async function expectComplete(scene: Scene, { store, fs, when }: Found): Promise<void> {
  const { right, kept } = scene;
  expectNoFalseName(scene, { store, fs, when });
  const disk = hashes(fs);
  for (const [path, sha256] of right) {
    expect([path, disk.get(`${ROOT}/${path}`)], when).toEqual([path, sha256]);
  }
  const others = [...disk].filter(([path]) => path.startsWith(`${ROOT}/`))
    .map(([path, sha256]) => [path.slice(ROOT.length + 1), sha256] as const)
    // A sidecar that the system forbids to read, or that a power cut spoilt, is kept aside.
    .filter(([path]) => !right.has(path) && path !== MARKER_NAME && !path.endsWith(".damaged"));
  const versions = others.filter(([path]) => path.startsWith(`${FOLDER}/${VERSIONS_FOLDER}/`));
  const replaced = kept.filter((sha256) => ![...right.values()].includes(sha256));
  expect(versions.map(([, sha256]) => sha256), when).toEqual(replaced);
  const sidecarPath = `${FOLDER}/${SIDECAR_NAME}`;
  expect(others.map(([path]) => path).filter((path) => path !== sidecarPath), when)
    .toEqual(versions.map(([path]) => path));
  const mine = [...disk].filter(([path]) => path.startsWith(`${MINE}/`));
  expect(mine.filter(([, sha256]) => !kept.includes(sha256)), when).toEqual([]);
  expect(store.jobs.counts(), when).toEqual({ queued: 0, running: 0, paused: 0, failed: 0 });
  expect(store.parts.ids(), when).toEqual([]);
  const rows = store.files.byAsset("mmf:object-1");
  expect(new Map(rows.map(({ path, sha256 }) => [path, sha256])), when).toEqual(right);
  const sidecar = await readSidecar(fs, `${ROOT}/${sidecarPath}`);
  if (sidecar?.state !== "ours") throw new Error(`There is no sidecar ${when}`);
  const listed = sidecar.sidecar.files;
  expect(new Map(listed.map(({ path, sha256 }) => [`${FOLDER}/${path}`, sha256])), when)
    .toEqual(right);
}
