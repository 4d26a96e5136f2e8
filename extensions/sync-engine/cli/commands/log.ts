import * as v from "valibot";
import { logTail } from "../../app/log_tail.ts";
import { createDiskFs } from "../../platform/fs.ts";
import { EXIT } from "../exit_codes.ts";
import { type Root, wholeNumber } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { printable } from "../wording.ts";

/** A line as `platform/log.ts` writes it. */
const Line = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    "@timestamp": v.string(),
    level: v.string(),
    message: v.string(),
    fields: v.optional(v.record(v.string(), v.unknown()), {}),
  }),
);

/** Adds `log`. */
export function addLog(program: Root, run: RunCommand): void {
  program.command("log")
    .description("the newest lines of the log; names in it are hashed")
    .option("-n, --lines <n>", "how many", wholeNumber(1, 1000), 50)
    .action(async ({ lines }, command) => {
      await run(
        command.optsWithGlobals(),
        { reads: true },
        (session) => showLog(session, lines),
      );
    });
}

async function showLog({ profile, reporter }: Session, count: number): Promise<number> {
  const lines = await logTail(createDiskFs(), profile.dir, count);
  for (const line of lines) reporter.say("log", { line }, logLineText(line));
  if (lines.length === 0) reporter.note("There is no log yet");
  return EXIT.ok;
}

/** A line of the log for people; one that is no such line stays as it is. */
export function logLineText(line: string): string {
  const parsed = v.safeParse(Line, line);
  if (!parsed.success) return printable(line);
  const { "@timestamp": at, level, message, fields } = parsed.output;
  const more = Object.entries(fields).map(([key, value]) => `${key}=${value}`);
  return printable([at, level.toUpperCase().padEnd(5), message, ...more].join(" "));
}
