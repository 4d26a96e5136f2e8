import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { FileInfo, Fs } from "../platform/ports.ts";
import { resolveInRoot } from "./resolve_in_root.ts";
import { suffixName } from "./safe_name.ts";

/** Folder of a model folder that holds what was replaced. */
export const VERSIONS_FOLDER = ".versions";

/**
 * Moves what stands at a file's final path into `<model folder>/.versions/<stem>.<time>-<hash><ext>`, where `time`
 * (UTC) is when it was last changed. Nothing is overwritten. When it resolves, the move is on stable storage: what takes
 * the place afterwards cannot reach the disk first.
 *
 * @param path Below the root: `<model folder>/files/<name>`.
 * @returns The new path below the root, or null when nothing stood there.
 */
export async function keepOldVersion(fs: Fs, root: string, path: string): Promise<string | null> {
  const from = resolveInRoot(root, path);
  const info = await fs.stat(from);
  if (!info) return null;
  const segments = path.split("/");
  const name = segments.pop() ?? "";
  const folder = [...segments.slice(0, -1), VERSIONS_FOLDER].join("/");
  const directory = resolveInRoot(root, folder);
  await fs.mkdir(directory);
  // A name that is moved into a folder which a power cut takes back is lost.
  await fs.syncDir(dirname(directory));
  for (let n = 0;; n++) {
    const kept = `${folder}/${suffixName(name, versionSuffix(path, info, n), { maxBytes: 255 })}`;
    const to = resolveInRoot(root, kept);
    if (await fs.stat(to)) continue;
    await fs.rename(from, to);
    await fs.syncDir(directory);
    return kept;
  }
}

function versionSuffix(path: string, { size, modifiedAt }: FileInfo, n: number): string {
  // 2026-01-31T12:34:56.789Z becomes 20260131T123456Z: a colon is no character for a file name.
  const time = new Date(modifiedAt).toISOString().replace(/[-:]|\.\d+/g, "");
  const hash = createHash("sha256").update(`${path}\0${size}\0${modifiedAt}\0${n}`).digest("hex");
  return `.${time}-${hash.slice(0, 8)}`;
}
