import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeLauncher } from "./launcher.ts";
import { packResources } from "./pack_resources.ts";

/** Makes a folder that the host can be started on, with the engine run from its source. */
export async function makeDesktop(root: string, version: string, outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await packResources(root, version, join(outDir, "resources.neu"));
  await writeLauncher(join(outDir, "engine"), "mmfsync-window", Deno.build.os, {
    deno: Deno.execPath(),
    module: join(root, "extensions/sync-engine/cli/desktop/main.ts"),
    options: ["-A"],
  });
}
