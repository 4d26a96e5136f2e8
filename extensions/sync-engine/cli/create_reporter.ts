import { createBarsReporter } from "./bars_reporter.ts";
import { createJsonReporter } from "./json_reporter.ts";
import { createLinesReporter } from "./lines_reporter.ts";
import type { Reporter } from "./reporter.ts";
import type { World } from "./world.ts";

/** The reporter that fits where the output goes. */
export function createReporter(world: World, json: boolean): Reporter {
  if (json) return createJsonReporter(world);
  const animated = world.stdout.isTerminal && world.stderr.isTerminal &&
    world.env("TERM") !== "dumb" && !world.env("CI");
  return animated ? createBarsReporter(world) : createLinesReporter(world);
}
