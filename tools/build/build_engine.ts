import { copyFile, cp, mkdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundleModule } from "./bundle_module.ts";

/** Holds native code, one package for each platform: npm installs that of the own one. */
const KEYCHAIN = "@napi-rs/keyring";

/**
 * Makes the engine as it ships: one module, beside it what keeps it running behind a window, and what it reads or starts; `cli/paths.ts` knows the places.
 * The providers' bundles and the front end must have been built.
 *
 * @returns Size of the module in bytes.
 */
export async function buildEngine(root: string, outDir: string): Promise<number> {
  const from = (path: string) => join(root, path);
  const to = (path: string) => join(outDir, path);
  await rm(outDir, { recursive: true, force: true });
  await mkdir(to(`node_modules/${KEYCHAIN}/..`), { recursive: true });
  await cp(from("dist/providers"), to("providers"), { recursive: true });
  await copySimulators(root, to("providers"));
  if (existsSync(from("resources/index.html"))) {
    await cp(from("resources"), to("resources"), { recursive: true });
  }
  // Runs as it is: its text is part of what it does.
  await copyFile(
    from("extensions/sync-engine/plugins/sandbox_child.ts"),
    to("sandbox_child.ts"),
  );
  for await (const { name } of Deno.readDir(from(`node_modules/${KEYCHAIN}/..`))) {
    const path = `node_modules/@napi-rs/${name}`;
    if (path.startsWith(`node_modules/${KEYCHAIN}`)) {
      await cp(from(path), to(path), { recursive: true });
    }
  }
  // Deno looks for packages beside the module then.
  await writeFile(to("deno.json"), '{ "nodeModulesDir": "manual" }\n');
  await bundleModule(from("extensions/sync-engine/cli/desktop/main.ts"), to("window.js"));
  return await bundleModule(from("extensions/sync-engine/cli/main.ts"), to("engine.js"), [
    KEYCHAIN,
  ]);
}

/** The demo needs them. */
async function copySimulators(root: string, providers: string): Promise<void> {
  for await (const { name } of Deno.readDir(providers)) {
    const entry = join(root, "providers", name, "simulator/main.ts");
    if (existsSync(entry)) await bundleModule(entry, join(providers, name, "simulator.js"));
  }
}
