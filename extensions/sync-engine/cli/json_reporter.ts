import type { EventName } from "../protocol.ts";
import type { Reporter } from "./reporter.ts";
import type { World } from "./world.ts";

/** They tell views to ask again; a command says what it changed. */
const FOR_VIEWS: ReadonlySet<EventName> = new Set<EventName>([
  "engineChanged",
  "libraryChanged",
  "queueChanged",
  "settingsChanged",
  "statusChanged",
]);

/** One JSON object a line on stdout, and nothing else there. */
export function createJsonReporter({ stdout }: Pick<World, "stdout">): Reporter {
  const line = (event: string, data: object) => {
    stdout.write(`${JSON.stringify({ event, ...data })}\n`);
  };
  return {
    say: line,
    note() {},
    learn() {},
    hear(event, data) {
      if (!FOR_VIEWS.has(event)) line(event, data);
    },
    fail: (error) => line("error", error),
    close() {},
  };
}
