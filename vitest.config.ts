import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What crosses parts takes longest: it goes first, so that no processor is idle at the end. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => moduleId.includes("/tests/");
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  test: {
    // Files run in child processes of the same Deno, so each gets a heap and a keychain session of its own.
    pool: "forks",
    // Vitest would keep a processor for itself; tests wait as long as they compute.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: SlowFirst },
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "engine",
          include: ["{extensions,providers,tests,tools}/**/*.test.ts"],
        },
      },
      {
        extends: true,
        // The build of Solid that reacts; the one for servers does not.
        resolve: { conditions: ["browser", "development"] },
        ssr: { resolve: { conditions: ["browser", "development"] } },
        test: {
          name: "frontend",
          include: ["frontend/**/*.test.ts"],
          server: { deps: { inline: [/solid-js/] } },
        },
      },
    ],
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
