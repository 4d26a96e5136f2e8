import { cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPackage } from "@electron/asar";
import * as v from "valibot";

const ObjectSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/**
 * Packs what the host reads, `neutralino.config.json` and `resources/`, into one `resources.neu`. From a folder the host
 * would also serve whatever `..` leads to.
 *
 * @returns Its size in bytes.
 */
export async function packResources(
  root: string,
  version: string,
  outFile: string,
): Promise<number> {
  const stage = await mkdtemp(join(tmpdir(), "mmfsync-pack-"));
  try {
    const config = v.parse(
      ObjectSchema,
      await readFile(join(root, "neutralino.config.json"), "utf8"),
    );
    await writeFile(join(stage, "neutralino.config.json"), JSON.stringify({ ...config, version }));
    await cp(join(root, "resources"), join(stage, "resources"), { recursive: true });
    await createPackage(stage, outFile);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return (await stat(outFile)).size;
}
