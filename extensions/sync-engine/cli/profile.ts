import { join, resolve } from "node:path";
import envPaths from "env-paths";
import type { Fs } from "../platform/ports.ts";
import { quoted } from "./quoted.ts";

/** Where everything of a library is remembered. Paths absolute. */
export interface Profile {
  readonly dir: string;
  /** Whether it is the one in the user's home, which is used when nothing else is said. */
  readonly own: boolean;
  /** The library's root that goes with it wherever it lies, null when the settings say. */
  readonly portableRoot: string | null;
}

/** Options for {@linkcode resolveProfile}. Relative paths are meant from `cwd`. */
export interface ResolveProfileOptions {
  /** `--app-data` */
  readonly appData?: string | undefined;
  /** `MMFSYNC_HOME` */
  readonly home?: string | undefined;
  /** `--root` */
  readonly root?: string | undefined;
  readonly cwd: string;
  readonly fs: Pick<Fs, "stat">;
}

/** Name of the profile's folder in a root that carries its own. */
const PORTABLE = ".mmfsync";

/** The profile that a root carries in itself. */
export function portableProfile(root: string): Profile {
  return { dir: join(root, PORTABLE), own: false, portableRoot: root };
}

/** The option that leads another command to the same profile; empty for the user's own. */
export function profileOption(
  { dir, own, portableRoot }: Profile,
  shell: { readonly windows: boolean },
): string {
  if (own) return "";
  return portableRoot === null
    ? `--app-data ${quoted(dir, shell)}`
    : `--root ${quoted(portableRoot, shell)}`;
}

/** Finds the profile: `--app-data`, `MMFSYNC_HOME`, one in the root, the one in the user's home. */
export async function resolveProfile(options: ResolveProfileOptions): Promise<Profile> {
  const { appData, home, root, cwd, fs } = options;
  if (appData !== undefined) return fixed(resolve(cwd, appData), root, cwd);
  if (home) return fixed(resolve(cwd, home), root, cwd);
  if (root !== undefined) {
    const portable = portableProfile(resolve(cwd, root));
    if (await holdsLibrary(fs, portable.dir)) return portable;
  }
  return { dir: envPaths("mmfsync", { suffix: "" }).data, own: true, portableRoot: null };
}

/** Whether a profile has been used before. */
export async function holdsLibrary(fs: Pick<Fs, "stat">, dir: string): Promise<boolean> {
  return (await fs.stat(join(dir, "sync.db")))?.kind === "file";
}

/** A profile named outright, which may be the one that its root carries. */
function fixed(dir: string, root: string | undefined, cwd: string): Profile {
  if (root !== undefined && portableProfile(resolve(cwd, root)).dir === dir) {
    return portableProfile(resolve(cwd, root));
  }
  return { dir, own: false, portableRoot: null };
}
