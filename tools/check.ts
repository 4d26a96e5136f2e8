// deno-lint-ignore-file no-console -- a command line tool
/**
 * The gate besides the tests: types, lint, format, import rules. Runs all, reports all, fails if any does.
 *
 * @module
 */
const PATHS = ["extensions", "providers", "tests", "tools", "build.ts", "vitest.config.ts"];

const STEPS: readonly (readonly [name: string, ...args: string[]])[] = [
  ["types", "check", "--quiet", ...PATHS],
  ["lint", "lint", "--quiet", ...PATHS],
  ["format", "fmt", "--check", "--quiet", ...PATHS],
  ["import rules", "run", "-A", "tools/check_imports.ts"],
];

let failed = false;
for (const [name, ...args] of STEPS) {
  const { success } = await new Deno.Command(Deno.execPath(), { args }).spawn().status;
  console.log(`${success ? "ok    " : "FAILED"} ${name}`);
  failed ||= !success;
}
Deno.exit(failed ? 1 : 0);
