// deno-lint-ignore-file no-console -- a command line tool
/**
 * Checks the import rules on the graph as Deno resolves it, types included.
 *
 * @module
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { brokenRules, layerOf, type Module } from "./import_rules.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const Target = v.optional(v.object({ specifier: v.optional(v.string()) }));
const GraphSchema = v.object({
  modules: v.array(v.object({
    specifier: v.string(),
    dependencies: v.optional(v.array(v.object({ code: Target, type: Target })), []),
  })),
});

/** All modules below the top-level folders that hold product code. */
async function readGraph(): Promise<Module[]> {
  const sources = ["extensions", "providers", "frontend"].flatMap((folder) => [...walk(folder)]);
  const entry = Deno.makeTempFileSync({ suffix: ".ts" });
  Deno.writeTextFileSync(
    entry,
    sources.map((path) => `import ${JSON.stringify(new URL(`../${path}`, import.meta.url).href)};`)
      .join("\n"),
  );
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--config", "deno.json", entry],
    cwd: ROOT,
  }).output();
  Deno.removeSync(entry);
  const { modules } = v.parse(GraphSchema, JSON.parse(new TextDecoder().decode(stdout)));
  return modules.flatMap(({ specifier, dependencies }) => {
    const path = below(specifier);
    if (path === null || layerOf(path) === null) return [];
    const imports = dependencies.flatMap(({ code, type }) => {
      const target = below(code?.specifier ?? type?.specifier ?? "");
      return target === null ? [] : [target];
    });
    return [{ path, imports }];
  });
}

/** Path below the root of a module of ours, null for packages and built-ins. */
function below(specifier: string): string | null {
  if (!specifier.startsWith("file:")) return null;
  const path = relative(ROOT, fileURLToPath(specifier)).replaceAll("\\", "/");
  return path.startsWith("..") || path.startsWith("node_modules/") ? null : path;
}

function* walk(folder: string): Iterable<string> {
  try {
    for (
      const { name, isDirectory } of Deno.readDirSync(new URL(`../${folder}`, import.meta.url))
    ) {
      if (isDirectory) yield* walk(`${folder}/${name}`);
      else if (/\.tsx?$/.test(name)) yield `${folder}/${name}`;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

const modules = await readGraph();
const broken = brokenRules(modules);
for (const sentence of broken) console.error(sentence);
console.log(`${modules.length} modules, ${broken.length} broken import rules`);
Deno.exit(broken.length > 0 || modules.length === 0 ? 1 : 0);
