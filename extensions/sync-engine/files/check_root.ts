import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs, Random } from "../platform/ports.ts";
import { expandHome } from "./expand_home.ts";
import { isTheirs } from "./find_extras.ts";
import { readMarker } from "./marker.ts";

/** What a folder would be as root of the library. */
export interface RootFindings {
  /** Absolute, as it would be used; as it was given where it is not absolute. */
  readonly path: string;
  readonly exists: boolean;
  readonly writable: boolean;
  /** Holds a library: `own` is the one of this profile. */
  readonly library: "own" | "other" | null;
  /** Nothing of anybody else is in it. */
  readonly empty: boolean;
  /** Bytes, null when unknown. */
  readonly free: number | null;
  /** Why it cannot be used, null when it can. */
  readonly problem: string | null;
}

/** Options for {@linkcode checkRoot}. All paths absolute. */
export interface CheckRootOptions {
  /** The root that is in use. */
  readonly current: string;
  /** Id of this library, null before the first sync: then any library may be taken over. */
  readonly id: string | null;
  /** The profile's folder. */
  readonly appData: string;
  /** What `~` stands for. */
  readonly home: string;
  readonly random: Random;
}

/** Looks at a folder without leaving anything in it. It need not exist. */
export async function checkRoot(
  fs: Fs,
  text: string,
  options: CheckRootOptions,
): Promise<RootFindings> {
  const path = expand(text, options.home);
  const nothing = { path, exists: false, writable: false, library: null, empty: false, free: null };
  if (!isAbsolute(path)) {
    return {
      ...nothing,
      path: text,
      problem: `"${text}" is no full path: begin with the drive or /`,
    };
  }
  try {
    return await look(fs, path, options);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return { ...nothing, problem: error.message };
  }
}

async function look(fs: Fs, path: string, options: CheckRootOptions): Promise<RootFindings> {
  const { folder, file } = await nearest(fs, path);
  const exists = folder === path;
  const free = await freeSpace(fs, folder);
  const found = { path, exists, writable: false, library: null, empty: !exists, free };
  const misplaced = misplacement(path, options);
  if (misplaced !== null) return { ...found, problem: misplaced };
  if (file !== null) return { ...found, empty: false, problem: `"${file}" is a file, no folder` };
  const writing = await writingProblem(fs, folder, options.random);
  const empty = exists ? !(await fs.list(path)).some(isTheirs) : true;
  const state = { ...found, writable: writing === null, empty };
  if (!exists) return { ...state, problem: writing };
  const marker = await readMarker(fs, path);
  if (marker === null) return { ...state, problem: writing };
  const isOwn = marker.id !== null && marker.id === options.id;
  const library = isOwn ? "own" : "other";
  // Whoever has no library yet, a fresh installation say, may take over the one that lies there.
  const refused = isOwn || options.id === null
    ? null
    : `"${path}" holds another library: choose a folder of its own for this one`;
  return { ...state, library, problem: refused ?? writing };
}

function expand(text: string, home: string): string {
  const path = expandHome(text, home);
  return isAbsolute(path) ? resolve(path) : path;
}

/** Why no library may be at this place, whatever is there. */
function misplacement(path: string, { current, appData }: CheckRootOptions): string | null {
  if (path === current) return null;
  if (isWithin(appData, path)) return `"${path}" belongs to the app's own data`;
  if (isWithin(current, appData)) {
    return `The library in "${current}" carries the app's data in itself: ` +
      "close the app and move that folder as a whole";
  }
  if (isWithin(current, path)) return `"${path}" lies inside the present library`;
  if (isWithin(path, current)) {
    return `"${path}" contains the present library: choose a folder beside it`;
  }
  return null;
}

/** Whether an absolute path is a folder or below it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The folder itself, or the nearest above it that is there; `file` when a file is in the way. */
async function nearest(
  fs: Fs,
  path: string,
): Promise<{ readonly folder: string; readonly file: string | null }> {
  for (let at = path;; at = dirname(at)) {
    const kind = (await fs.stat(at))?.kind;
    if (kind === "file") return { folder: dirname(at), file: at };
    // A link to a folder counts as one.
    if (kind !== undefined || dirname(at) === at) return { folder: at, file: null };
  }
}

async function freeSpace(fs: Fs, folder: string): Promise<number | null> {
  try {
    return await fs.freeSpace(folder);
  } catch {
    return null;
  }
}

/** Named as `Fs.writeTextAtomic` names its own, so that what a crash leaves is cleared away all the same. */
async function writingProblem(fs: Fs, folder: string, random: Random): Promise<string | null> {
  const digits = (n: number) =>
    Array.from({ length: n }, () => Math.floor(random.next() * 16).toString(16)).join("");
  const probe = join(folder, `.${digits(8)}-${digits(4)}.tmp`);
  try {
    (await fs.open(probe, { write: true })).close();
    await fs.remove(probe);
    return null;
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return `Nothing can be written to "${folder}": choose another folder, or change its permissions`;
  }
}
