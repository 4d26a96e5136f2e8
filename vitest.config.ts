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
      exclude: [
        "**/*.test.ts",
        "**/testing/**",
        // Runs in a process of its own, where nothing counts.
        "extensions/sync-engine/plugins/sandbox_child.ts",
      ],
      reporter: ["text-summary", "json-summary"],
      thresholds: {
        "extensions/sync-engine/{accounts,downloads,files,library,plugins}/**": { lines: 90 },
        "extensions/sync-engine/{platform,rpc,store}/**": { lines: 90 },
      },
    },
  },
});
