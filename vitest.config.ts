import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{extensions,providers,tests,tools}/**/*.test.ts"],
    // Files run in child processes of the same Deno, so each gets a heap and a keychain session of its own.
    pool: "forks",
    testTimeout: 30_000,
    coverage: {
      provider: "istanbul",
      include: ["extensions/sync-engine/**/*.ts"],
      exclude: ["**/*.test.ts", "extensions/sync-engine/cli/**"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
