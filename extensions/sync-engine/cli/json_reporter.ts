import type { Reporter } from "./reporter.ts";
import type { World } from "./world.ts";

/** One JSON object a line on stdout, and nothing else there. */
export function createJsonReporter({ stdout }: Pick<World, "stdout">): Reporter {
  const line = (event: string, data: object) => {
    stdout.write(`${JSON.stringify({ event, ...data })}\n`);
  };
  return {
    say: line,
    note() {},
    learn() {},
    hear: line,
    fail: (error) => line("error", error),
    close() {},
  };
}
