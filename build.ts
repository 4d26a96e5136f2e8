// deno-lint-ignore-file no-console -- a command line tool
/**
 * `npm run build`: everything that ships, into `dist/`. Parts alone: `build.ts providers`, `build.ts frontend`,
 * `build.ts desktop` (a folder for the host, with the engine run from its source).
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import prettyBytes from "pretty-bytes";
import manifest from "./package.json" with { type: "json" };
import { buildEngine } from "./tools/build/build_engine.ts";
import { buildFrontend } from "./tools/build/build_frontend.ts";
import { makeBundle } from "./tools/build/make_bundle.ts";
import { makeDesktop } from "./tools/build/make_desktop.ts";
import { packResources } from "./tools/build/pack_resources.ts";
import { PLATFORMS } from "./tools/build/platforms.ts";
import { bundleProvider } from "./tools/bundle_provider.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const DIST = join(ROOT, "dist");

switch (Deno.args[0]) {
  case undefined:
    await buildAll();
    break;
  case "providers":
    await buildProviders();
    break;
  case "frontend":
    await frontend();
    break;
  case "desktop":
    await makeDesktop(ROOT, manifest.version, join(DIST, "desktop"));
    break;
  default:
    console.error("usage: build.ts [providers|frontend|desktop]");
    Deno.exit(2);
}

async function buildAll(): Promise<void> {
  await buildProviders();
  await frontend();
  const engine = join(DIST, "engine");
  tell("engine/engine.js", await buildEngine(ROOT, engine));
  const resourcesNeu = join(DIST, "resources.neu");
  tell("resources.neu", await packResources(ROOT, manifest.version, resourcesNeu));
  for (const platform of PLATFORMS) {
    const path = `bundles/${platform.id}`;
    const missing = await makeBundle(
      { root: ROOT, engine, resourcesNeu },
      platform,
      join(DIST, path),
    );
    tell(path, sizeOf(join(DIST, path)), missing);
  }
}

async function buildProviders(): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, "providers"))) {
    const source = join(ROOT, "providers", name);
    if (!isDirectory || !await exists(join(source, "provider.toml"))) continue;
    const path = `providers/${name}`;
    const size = await bundleProvider(join(source, "provider.ts"), join(DIST, path));
    tell(`${path}/provider.js`, size);
  }
}

async function frontend(): Promise<void> {
  tell("front end: first view, compressed", await buildFrontend(ROOT));
}

function tell(name: string, size: number, missing: readonly string[] = []): void {
  const without = missing.length === 0 ? "" : `, without ${missing.join(" and ")}`;
  console.log(`${prettyBytes(size, { binary: true }).padStart(10)}  ${name}${without}`);
}

/** Bytes of all files in a folder. */
function sizeOf(dir: string): number {
  let size = 0;
  for (const { name, isDirectory } of Deno.readDirSync(dir)) {
    const path = join(dir, name);
    size += isDirectory ? sizeOf(path) : Deno.statSync(path).size;
  }
  return size;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
