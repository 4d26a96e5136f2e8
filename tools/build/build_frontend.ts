import { rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";

/** Bytes that the first view may take, compressed. */
export const MAX_INITIAL_GZIP = 350 * 1024;

/** For previews alone, so that the first view does not wait for them. */
const NOT_AT_START = /\/node_modules\/(?:three|pdfjs-dist)\//;

/**
 * Builds the front end into `resources/`.
 *
 * @returns Bytes that the first view loads, compressed: the entry, what it imports statically, and their styles.
 * @throws {Error} If that is more than {@linkcode MAX_INITIAL_GZIP}, or holds a viewer
 */
export async function buildFrontend(root: string): Promise<number> {
  await rm(join(root, "resources/assets"), { recursive: true, force: true });
  const built = await build({
    configFile: join(root, "frontend/vite.config.ts"),
    logLevel: "error",
  });
  const outputs = (Array.isArray(built) ? built : [built])
    .flatMap((result) => "output" in result ? result.output : []);
  const initial = initialFiles(outputs);
  const size = initial.reduce((sum, file) => sum + gzipSync(contentOf(file)).length, 0);
  if (size > MAX_INITIAL_GZIP) {
    throw new Error(`The first view loads ${size} bytes, ${MAX_INITIAL_GZIP} are allowed`);
  }
  return size;
}

type File = Rolldown.OutputChunk | Rolldown.OutputAsset;

function initialFiles(outputs: readonly File[]): File[] {
  const files = new Map(outputs.map((file) => [file.fileName, file]));
  const found = new Map<string, File>();
  const visit = (name: string): void => {
    const file = files.get(name);
    if (!file || found.has(name)) return;
    found.set(name, file);
    if (file.type !== "chunk") return;
    const late = file.moduleIds.find((id) => NOT_AT_START.test(id));
    if (late !== undefined) throw new Error(`The first view loads a viewer: ${late}`);
    [...file.imports, ...file.viteMetadata?.importedCss ?? []].forEach(visit);
  };
  outputs.filter((file) => file.type === "chunk" && file.isEntry)
    .forEach(({ fileName }) => visit(fileName));
  return [...found.values()];
}

function contentOf(file: File): string | Uint8Array {
  return file.type === "chunk" ? file.code : file.source;
}
