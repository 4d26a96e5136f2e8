import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Platform } from "./platforms.ts";

/** What a launcher starts. Absolute paths, or names beside the launcher. */
export interface Launched {
  readonly deno: string;
  readonly module: string;
  /** Of `deno run`. */
  readonly options: readonly string[];
}

/** Writes a program that starts a module. */
export async function writeLauncher(
  dir: string,
  name: string,
  os: Platform["os"],
  launched: Launched,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  if (os === "windows") return await writeFile(join(dir, `${name}.cmd`), cmd(launched));
  const path = join(dir, name);
  await writeFile(path, sh(launched));
  await chmod(path, 0o755);
}

/** The shell becomes the program, so that the host is its parent. */
function sh({ deno, module, options }: Launched): string {
  const place = (path: string) => path.startsWith("/") ? quoted(path) : `"$here"/${quoted(path)}`;
  return [
    "#!/bin/sh",
    'here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit',
    'export DENO_DIR="${DENO_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/mmfsync}" DENO_NO_UPDATE_CHECK=1',
    `exec ${place(deno)} run ${options.join(" ")} ${place(module)} "$@"`,
    "",
  ].join("\n");
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

function cmd({ deno, module, options }: Launched): string {
  const place = (path: string) => /^[a-z]:/i.test(path) ? `"${path}"` : `"%~dp0${path}"`;
  return [
    "@echo off",
    'if not defined DENO_DIR set "DENO_DIR=%LOCALAPPDATA%\\mmfsync\\cache"',
    "set DENO_NO_UPDATE_CHECK=1",
    `${place(deno)} run ${options.join(" ")} ${place(module)} %*`,
    "",
  ].join("\r\n");
}
