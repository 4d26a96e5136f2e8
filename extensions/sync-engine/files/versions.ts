import type { FileInfo, Fs } from "../platform/ports.ts";
import { VERSIONS_FOLDER } from "./replace.ts";
import { resolveInRoot } from "./resolve_in_root.ts";
import { statInRoot } from "./stat_in_root.ts";

/** What `keepOldVersion` puts before the extension. */
const STAMP = /\.\d{8}T\d{6}Z-[0-9a-f]{8}(?=\.[^.]*$|$|\.tar\.[^.]*$)/;

/** A version of a file that another one replaced. */
export interface FoundVersion {
  /** In `.versions/`, unique in its model. */
  readonly name: string;
  /** Below the root, '/'-separated. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** When it was last changed: when it came to the disk. Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** The versions that are kept in a model folder, none where it has none. Links are passed over. */
export async function listVersions(
  fs: Fs,
  root: string,
  modelFolder: string,
): Promise<FoundVersion[]> {
  const folder = `${modelFolder}/${VERSIONS_FOLDER}`;
  if ((await statInRoot(fs, root, folder))?.kind !== "directory") return [];
  const entries = await fs.list(resolveInRoot(root, folder));
  const found: FoundVersion[] = [];
  for (const { name, kind } of entries) {
    if (kind !== "file") continue;
    const path = `${folder}/${name}`;
    const info: FileInfo | null = await fs.stat(resolveInRoot(root, path));
    if (info?.kind === "file") found.push({ name, path, size: info.size, at: info.modifiedAt });
  }
  return found;
}

/** The name of the file that a version was one of; the version's own where it has no stamp. */
export function nameOfVersion(version: string): string {
  return version.replace(STAMP, "");
}
