import { Option } from "@commander-js/extra-typings";
import { basename, dirname, resolve } from "node:path";
import { SyncError } from "../../platform/errors.ts";
import type { AdoptParams } from "../../protocol.ts";
import { adoptText } from "../adopt_text.ts";
import { EXIT } from "../exit_codes.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { stoppable } from "./sync.ts";

/** Adds `adopt`. */
export function addAdopt(program: Root, run: RunCommand): void {
  program.command("adopt")
    .description("take over files that you have already, instead of fetching them")
    .argument("<path>", "a folder to look through, or with --as one file")
    .addOption(
      new Option("--as <file id>", "take this one file for that file of the library")
        .conflicts("dryRun"),
    )
    .addOption(
      new Option("--move", "move the files; else they are copied and yours stay")
        .conflicts("link"),
    )
    .option("--link", "give the files a second name where the disk can, so that no copy is made")
    .option("--no-look", "do not read the lists of the sites first")
    .option("--dry-run", "say what would be taken over, change nothing")
    .addHelpText(
      "after",
      "\nFiles are recognised by the sidecar beside them, by their SHA-256, or by size and name.\n" +
        "What could be several is shown and left alone. Only files of models that a sync has looked at are known.",
    )
    .action(async (path, options, command) => {
      const sites = options.look && !options.dryRun && options.as === undefined;
      await run(command.optsWithGlobals(), { sites }, (session) => adopt(session, path, options));
    });
}

interface AdoptOptions {
  readonly as?: string | undefined;
  readonly move?: true | undefined;
  readonly link?: true | undefined;
  readonly look: boolean;
  readonly dryRun?: true | undefined;
}

async function adopt(
  session: Session,
  given: string,
  { as, move, link, look, dryRun }: AdoptOptions,
): Promise<number> {
  const { engine, reporter, signal, world } = session;
  const path = resolve(world.cwd, given);
  const how = move ? "move" : link ? "link" : "copy";
  const params: AdoptParams = as === undefined
    ? { folder: path, how, look, dryRun: dryRun ?? false }
    : { folder: dirname(path), how, choices: [{ path: basename(path), fileId: as }] };
  const summary = await stoppable(session, () => engine.adoption.run(params, signal));
  reporter.say("summary", summary, adoptText(summary));
  if (as !== undefined && summary.adopted === 0) {
    throw new SyncError("integrity", "The file was not taken over");
  }
  return summary.failed > 0 ? EXIT.unfinished : EXIT.ok;
}
