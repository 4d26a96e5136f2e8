import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "vite";

/** The largest bundle that is let through, in bytes. */
export const MAX_BUNDLE_BYTES = 100_000;

/**
 * Makes a provider as the engine loads it, in `outDir`: `provider.js`, one ES module without imports; the `provider.toml`
 * from beside `entry`; and `window.js` from `window/main.ts`, where there is one, which is a script of its own.
 *
 * @returns Size of the module in bytes.
 * @throws {Error} If the module would import something, or a file is larger than `MAX_BUNDLE_BYTES`
 */
export async function bundleProvider(entry: string, outDir: string): Promise<number> {
  const module = await bundle(entry, "es");
  const window = join(dirname(entry), "window/main.ts");
  await mkdir(outDir, { recursive: true });
  await copyFile(join(dirname(entry), "provider.toml"), join(outDir, "provider.toml"));
  await writeFile(join(outDir, "provider.js"), module);
  if (existsSync(window)) await writeFile(join(outDir, "window.js"), await bundle(window, "iife"));
  return module.length;
}

async function bundle(entry: string, format: "es" | "iife"): Promise<Uint8Array> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      lib: { entry, formats: [format], name: "bundle", fileName: () => "bundle.js" },
      minify: false,
      target: "es2022",
      write: false,
    },
  });
  // Without watching and with one format this is one output; the type allows for all.
  const outputs = (Array.isArray(built) ? built : [built])
    .flatMap((result) => "output" in result ? result.output : []);
  const [module, ...others] = outputs;
  if (module?.type !== "chunk" || others.length > 0) {
    throw new Error(`Cannot bundle ${entry}: it makes ${outputs.length} files instead of one`);
  }
  const imports = [...module.imports, ...module.dynamicImports];
  if (imports.length > 0) {
    throw new Error(`Cannot bundle ${entry}: it still imports ${imports.join(", ")}`);
  }
  const bytes = new TextEncoder().encode(module.code);
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new Error(
      `Cannot bundle ${entry}: ${bytes.length} bytes are more than ${MAX_BUNDLE_BYTES}`,
    );
  }
  return bytes;
}
