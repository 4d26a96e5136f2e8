/**
 * Who may import whom. A layer is the part of the tree that a file belongs to; each may import itself
 * and what stands behind it here. No layer may reach itself again through others, and no file either.
 *
 * @module
 */

const DOMAINS = ["accounts", "library", "downloads", "files", "plugins", "verification"];

/** What each layer may import besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  sdk: [],
  schema: [],
  platform: [],
  store: ["platform", "schema"],
  files: ["platform", "store"],
  plugins: ["platform", "store", "sdk"],
  accounts: ["platform", "store", "plugins", "sdk"],
  library: ["platform", "store", "files", "plugins", "sdk"],
  downloads: ["platform", "store", "files", "plugins"],
  verification: ["platform", "store", "files"],
  package: [],
  protocol: [],
  engine: [...DOMAINS, "store", "platform", "protocol", "sdk"],
  app: ["engine", "protocol", "platform"],
  rpc: ["app", "engine", "protocol", "platform"],
  cli: ["app", "engine", "protocol", "platform", "rpc", "package"],
  provider: ["sdk"],
  frontend: ["protocol"],
};

/** A module and what it imports, as paths below the project root. */
export interface Module {
  readonly path: string;
  readonly imports: readonly string[];
}

/** The layer of a file, null for what no rule binds: tests, tools, simulators. */
export function layerOf(path: string): string | null {
  if (path.endsWith(".test.ts") || path.includes("/testing/") || path.includes("/simulator/")) {
    return null;
  }
  if (path === "schema.sql") return "schema";
  if (path === "package.json") return "package";
  const [top = "", second = "", third = ""] = path.split("/");
  if (top === "providers") return second === "sdk" ? "sdk" : `provider ${second}`;
  if (top === "frontend") return "frontend";
  if (top !== "extensions") return null;
  if (third === "protocol.ts") return "protocol";
  return third.endsWith(".ts") ? "engine" : third;
}

/** Sentences, one for each import that breaks a rule and for each cycle. */
export function brokenRules(modules: readonly Module[]): string[] {
  return [...forbiddenImports(modules), ...cycles(modules)];
}

function forbiddenImports(modules: readonly Module[]): string[] {
  return modules.flatMap(({ path, imports }) => {
    const from = layerOf(path);
    if (from === null) return [];
    const allowed = ALLOWED[from.startsWith("provider ") ? "provider" : from];
    if (!allowed) {
      return [`${path} is in the unknown layer "${from}": add it to tools/import_rules.ts`];
    }
    return imports.flatMap((target) => {
      const to = layerOf(target);
      if (to === from || (to !== null && allowed.includes(to))) return [];
      return [`${path} (${from}) may not import ${target} (${to ?? "tests and tools"})`];
    });
  });
}

function cycles(modules: readonly Module[]): string[] {
  const graph = new Map(modules.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const trail: string[] = [];
  const found: string[] = [];
  const visit = (path: string): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push(`Import cycle: ${[...trail.slice(at), path].join(" → ")}`);
    if (at >= 0 || done.has(path)) return;
    trail.push(path);
    for (const target of graph.get(path) ?? []) visit(target);
    trail.pop();
    done.add(path);
  };
  for (const { path } of modules) visit(path);
  return found;
}
