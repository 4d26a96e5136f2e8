import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { init, parse } from "es-module-lexer";
import { afterAll, beforeAll, expect, test } from "vitest";

import { bundleProvider, MAX_BUNDLE_BYTES } from "./bundle_provider.ts";

const ENTRY = fileURLToPath(new URL("../providers/mmf/provider.ts", import.meta.url));
let folder = "";

beforeAll(async () => {
  await init;
  folder = Deno.makeTempDirSync();
});
afterAll(() => Deno.removeSync(folder, { recursive: true }));

function entryOf(name: string, source: string): string {
  const path = join(folder, name);
  Deno.writeTextFileSync(path, source);
  return path;
}

test("bundleProvider() makes one module without imports beside its manifest", async () => {
  const out = join(folder, "out/mmf");
  const size = await bundleProvider(ENTRY, out);
  const code = readFileSync(join(out, "provider.js"), "utf8");
  expect(parse(code)[0]).toEqual([]);
  expect(size).toBeLessThanOrEqual(MAX_BUNDLE_BYTES);
  expect(readFileSync(join(out, "provider.toml"), "utf8")).toContain('entry = "provider.js"');
  const loaded: unknown = await import(pathToFileURL(join(out, "provider.js")).href);
  expect(loaded).toMatchObject({
    default: { authenticate: expect.any(Function), libraryPage: expect.any(Function) },
  });
});

test("bundleProvider() needs no global that a worker without permissions lacks", async () => {
  const out = join(folder, "out/globals");
  await bundleProvider(ENTRY, out);
  const code = readFileSync(join(out, "provider.js"), "utf8");
  expect(code).not.toMatch(/\b(?:Deno|process|require|fetch|window|document)\s*[.(]/);
});

test("bundleProvider() refuses what still imports", async () => {
  const entry = entryOf("imports.ts", 'export default () => import("node:fs");');
  await expect(bundleProvider(entry, join(folder, "out/a"))).rejects.toThrow("Cannot bundle");
});

test("bundleProvider() refuses what is too large", async () => {
  const entry = entryOf("large.ts", `export default "${"x".repeat(MAX_BUNDLE_BYTES)}";`);
  await expect(bundleProvider(entry, join(folder, "out/b"))).rejects.toThrow("bytes are more");
});
