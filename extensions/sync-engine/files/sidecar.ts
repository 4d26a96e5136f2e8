import { join } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";
import {
  formatSidecar,
  type ParsedSidecar,
  parseSidecar,
  type Sidecar,
  SIDECAR_NAME,
} from "./datapackage.ts";
import { keepAside } from "./keep_aside.ts";
import { resolveInRoot } from "./resolve_in_root.ts";

/** Beyond any sidecar (10,000 files take 5 MB); what is larger is not read into memory. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Options for {@linkcode writeSidecar}. */
export interface WriteSidecarOptions {
  /** Whether to wait until it is on stable storage. @default {true} */
  readonly sync?: boolean;
}

/**
 * Reads a sidecar, whoever wrote it. Null when there is none.
 *
 * @param path Absolute path of a `datapackage.json`.
 */
export async function readSidecar(fs: Fs, path: string): Promise<ParsedSidecar | null> {
  return (await readWithText(fs, path)).parsed;
}

/**
 * Writes a model folder's `datapackage.json` atomically. What other programs put there stays as far as it
 * is not ours to say; a damaged one is kept as `datapackage.json.damaged`. Nothing is written when nothing changes.
 *
 * Reads before it writes: two calls for one folder must not overlap.
 *
 * @param folder Of the model, below the root.
 */
export async function writeSidecar(
  fs: Fs,
  root: string,
  folder: string,
  sidecar: Sidecar,
  options: WriteSidecarOptions = {},
): Promise<void> {
  const { sync = true } = options;
  const directory = resolveInRoot(root, folder);
  const path = join(directory, SIDECAR_NAME);
  const { text: before, parsed } = await readWithText(fs, path);
  const text = formatSidecar(sidecar, parsed);
  if (text === before) return;
  if (parsed?.state === "damaged") await keepAside(fs, path);
  await fs.mkdir(directory);
  await fs.writeTextAtomic(path, text, { sync });
}

async function readWithText(
  fs: Fs,
  path: string,
): Promise<{ text: string | null; parsed: ParsedSidecar | null }> {
  const found = await fs.stat(path);
  if (!found) return { text: null, parsed: null };
  if (found.kind !== "file") return damaged("It is not a file");
  if (found.size > MAX_BYTES) return damaged(`It has ${found.size} bytes`);
  try {
    const text = await fs.readText(path);
    return { text, parsed: text === null ? null : parseSidecar(text) };
  } catch (error) {
    // What another try might read is no damage.
    if (!(error instanceof SyncError) || error.kind !== "permission") throw error;
    return damaged(error.message);
  }
}

function damaged(reason: string): { text: null; parsed: ParsedSidecar } {
  return { text: null, parsed: { state: "damaged", reason } };
}
