import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build } from "vite";

/**
 * Makes one ES module for Deno out of an entry and all that it imports. Built-ins (`node:`) stay imports, and so do the
 * packages that are named, because they hold native code.
 *
 * @returns Its size in bytes.
 * @throws {Error} If it cannot be one module.
 */
export async function bundleModule(
  entry: string,
  outFile: string,
  external: readonly string[] = [],
): Promise<number> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    ssr: { noExternal: true, external: [...external] },
    build: {
      ssr: entry,
      minify: false,
      target: "esnext",
      write: false,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built])
    .flatMap((result) => "output" in result ? result.output : []);
  const [module, ...others] = outputs;
  if (module?.type !== "chunk" || others.length > 0) {
    throw new Error(`Cannot bundle ${entry}: it makes ${outputs.length} files instead of one`);
  }
  const bytes = new TextEncoder().encode(module.code);
  await mkdir(dirname(outFile), { recursive: true });
  await writeFile(outFile, bytes);
  return bytes.length;
}
