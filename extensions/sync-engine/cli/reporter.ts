import type { Emit, FrameError } from "../protocol.ts";
import { createBarsReporter } from "./bars_reporter.ts";
import { createJsonReporter } from "./json_reporter.ts";
import { createLinesReporter } from "./lines_reporter.ts";
import type { World } from "./world.ts";

/** How a command tells what it does: to people on a terminal, in a log, or to programs. */
export interface Reporter {
  /** A result: programs get the data as one line, people the text. */
  say(event: string, data: object, text: string): void;
  /** A remark for people only. */
  note(text: string): void;
  /** Hears what the engine tells. */
  readonly hear: Emit;
  /** The command failed; nothing is said after it. */
  fail(error: FrameError): void;
  /** Leaves the terminal as it was. Safe to call twice. */
  close(): void;
}

/** The reporter that fits where the output goes. */
export function createReporter(world: World, json: boolean): Reporter {
  if (json) return createJsonReporter(world);
  const animated = world.stdout.isTerminal && world.stderr.isTerminal &&
    world.env("TERM") !== "dumb" && !world.env("CI");
  return animated ? createBarsReporter(world) : createLinesReporter(world);
}
