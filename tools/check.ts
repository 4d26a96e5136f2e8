// deno-lint-ignore-file no-console -- a command line tool
/**
 * The gate besides the tests: types, lint, format, import rules. Runs all, reports all, fails if any does.
 *
 * @module
 */
const PATHS = ["extensions", "providers", "tests", "tools", "build.ts", "vitest.config.ts"];
const WITH_FRONTEND = [...PATHS, "frontend"];

const STEPS: readonly (readonly [name: string, ...args: string[]])[] = [
  ["types", "check", "--quiet", ...PATHS],
  // Deno does not know Vite's imports of styles and assets.
  ["types of the front end", "run", "-A", "node_modules/typescript/bin/tsc", "-p", "frontend"],
  ["lint", "lint", "--quiet", ...WITH_FRONTEND],
  ["format", "fmt", "--check", "--quiet", ...WITH_FRONTEND],
  ["import rules", "run", "-A", "tools/check_imports.ts"],
];

let failed = false;
for (const [name, ...args] of STEPS) {
  const { success } = await new Deno.Command(Deno.execPath(), { args }).spawn().status;
  console.log(`${success ? "ok    " : "FAILED"} ${name}`);
  failed ||= !success;
}
Deno.exit(failed ? 1 : 0);
