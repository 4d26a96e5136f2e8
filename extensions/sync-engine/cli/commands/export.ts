import { Option } from "@commander-js/extra-typings";
import { resolve } from "node:path";
import { EXIT } from "../exit_codes.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable } from "../wording.ts";

const FORMATS = ["json", "csv"] as const;

/** Adds `export`. */
export function addExport(program: Root, run: RunCommand): void {
  program.command("export")
    .description("write down all models and files of the library, for other programs")
    .addOption(new Option("--format <format>").choices(FORMATS).default("json" as const))
    .option("--out <file>", "into this file; else to the standard output")
    .action(async ({ format, out }, command) => {
      await run(
        command.optsWithGlobals(),
        { reads: true },
        (session) => out === undefined ? print(session, format) : write(session, format, out),
      );
    });
}

type Format = (typeof FORMATS)[number];

/** Nothing but the export itself goes to the standard output. */
function print({ engine, world, signal }: Session, format: Format): Promise<number> {
  for (const { text } of engine.exporting.pieces(format)) {
    signal.throwIfAborted();
    world.stdout.write(text);
  }
  return Promise.resolve(EXIT.ok);
}

async function write(
  { engine, reporter, world, signal }: Session,
  format: Format,
  out: string,
): Promise<number> {
  const path = resolve(world.cwd, out);
  const done = await engine.exporting.write({ format }, path, signal);
  const what = `${count(done.assets, "model")} and ${count(done.files, "file")}`;
  reporter.say("exported", done, `Wrote ${what} to ${printable(path)}`);
  return EXIT.ok;
}
