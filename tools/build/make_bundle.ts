import { chmod, copyFile, cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ENGINE_FLAGS } from "../../extensions/sync-engine/cli/engine_flags.mjs";
import { writeLauncher } from "./launcher.ts";
import { findPrograms, type Platform } from "./platforms.ts";

/** Where the parts were built. */
export interface Parts {
  readonly root: string;
  /** Folder of the engine as it ships. */
  readonly engine: string;
  readonly resourcesNeu: string;
}

/**
 * Puts a platform's bundle together: the host, `resources.neu` and `engine/` with the runtime that it runs on. The
 * engine is not compiled into one program with its runtime, because every provider runs in a process of the plain
 * runtime without any permission, which such a program cannot be; so the runtime has to be there anyway.
 *
 * @returns What is missing in it, in words.
 */
export async function makeBundle(
  { root, engine, resourcesNeu }: Parts,
  platform: Platform,
  outDir: string,
): Promise<string[]> {
  const windows = platform.os === "windows";
  const { host, deno } = findPrograms(root, platform);
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await cp(engine, join(outDir, "engine"), { recursive: true });
  await copyFile(resourcesNeu, join(outDir, "resources.neu"));
  for (
    const [name, module] of [["mmfsync", "engine.js"], ["mmfsync-window", "window.js"]] as const
  ) {
    await writeLauncher(join(outDir, "engine"), name, platform.os, {
      deno: windows ? "deno.exe" : "deno",
      module,
      options: ["-A", "--no-lock", "--no-remote", ...ENGINE_FLAGS],
    });
  }
  if (host) await copyProgram(host, join(outDir, windows ? "mmfsync.exe" : "mmfsync"));
  if (deno) await copyProgram(deno, join(outDir, "engine", windows ? "deno.exe" : "deno"));
  return [
    ...host ? [] : [`the host (bin/neutralino-${platform.id}${windows ? ".exe" : ""})`],
    ...deno ? [] : [`the runtime (bin/deno-${platform.id}${windows ? ".exe" : ""})`],
  ];
}

async function copyProgram(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o755);
}
