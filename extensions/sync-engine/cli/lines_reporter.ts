import type { EventName, Events } from "../protocol.ts";
import { adoptLine } from "./adopt_text.ts";
import { failureText } from "./failure_text.ts";
import type { Reporter } from "./reporter.ts";
import { Narrator } from "./narrator.ts";
import { rebuildLine } from "./recovery_text.ts";
import { moveText } from "./sentences.ts";
import { verifyLine } from "./verify_text.ts";
import { count, size } from "./wording.ts";
import type { World } from "./world.ts";

/** Milliseconds between two lines about the same progress. */
const PROGRESS_EVERY_MS = 10_000;

/** Plain lines for logs and pipes: sparse, never erased. Failures of a command go to stderr. */
export function createLinesReporter(
  { stdout, stderr, clock, programName }: Pick<
    World,
    "stdout" | "stderr" | "clock" | "programName"
  >,
): Reporter {
  const narrator = new Narrator({ clock, programName });
  let saidAt = clock.monotonic();
  const line = (text: string) => {
    if (text !== "") stdout.write(`${text}\n`);
  };
  return {
    say(_event, _data, text) {
      for (const told of [...narrator.rest(), text]) line(told);
    },
    note: line,
    learn: (library) => narrator.learn(library),
    hear(event, data) {
      const sentence = narrator.tell(event, data);
      if (sentence !== null) return line(sentence);
      const progress = PROGRESS[event]?.(data, narrator.nameOf) ?? null;
      if (progress === null || clock.monotonic() - saidAt < PROGRESS_EVERY_MS) return;
      saidAt = clock.monotonic();
      line(progress);
    },
    fail(error) {
      const text = failureText(error);
      if (text !== null) stderr.write(`${text}\n`);
    },
    close() {},
  };
}

type ProgressWords = {
  readonly [E in EventName]?: (data: Events[E], nameOf: Narrator["nameOf"]) => string;
};

const PROGRESS: ProgressWords = {
  scan: ({ provider, seen }, nameOf) =>
    `${nameOf(provider)}: reading the list, ${count(seen, "entry", "entries")}`,
  plan: ({ provider, looked, enqueued }, nameOf) =>
    `${nameOf(provider)}: looked at ${count(looked, "model")}, ${count(enqueued, "file")} to fetch`,
  progress: ({ fetched, fetchedBytes, running, waiting }) =>
    `${count(fetched, "file")} fetched (${size(fetchedBytes)}), ${running.length} under way, ` +
    `${waiting.toLocaleString("en-US")} to go`,
  verifyProgress: verifyLine,
  rootProgress: moveText,
  adoptProgress: adoptLine,
  rebuildProgress: rebuildLine,
};
