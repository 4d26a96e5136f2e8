// deno-lint-ignore-file no-console -- a command line tool
/**
 * `npm run build`: everything that ships, into `dist/`. `build.ts providers` makes the providers alone.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import prettyBytes from "pretty-bytes";
import { bundleProvider } from "./tools/bundle_provider.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const DIST = join(ROOT, "dist");

/** What was built, and its size in bytes. */
type Sizes = Record<string, number>;

const sizes: Sizes = await buildProviders();
for (const [name, size] of Object.entries(sizes)) {
  console.log(`${prettyBytes(size, { binary: true }).padStart(10)}  ${name}`);
}

async function buildProviders(): Promise<Sizes> {
  const built: Sizes = {};
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, "providers"))) {
    const source = join(ROOT, "providers", name);
    if (!isDirectory || !await exists(join(source, "provider.toml"))) continue;
    const path = `providers/${name}`;
    built[`${path}/provider.js`] = await bundleProvider(
      join(source, "provider.ts"),
      join(DIST, path),
    );
  }
  return built;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
