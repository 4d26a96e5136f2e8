import { EXIT } from "../exit_codes.ts";
import { rebuildText } from "../recovery_text.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand } from "../session.ts";
import { stoppable } from "./sync.ts";

/** Adds `rebuild`. */
export function addRebuild(program: Root, run: RunCommand): void {
  program.command("rebuild")
    .description("read into the database what the model folders say of themselves")
    .addHelpText(
      "after",
      "\nFor a database that was lost, or a library that comes from another computer: give its folder\n" +
        "with --root. What the database knows already stays as it is. `verify` reads the files' bytes.",
    )
    .action(async (_options, command) => {
      await run(command.optsWithGlobals(), { choosesRoot: "kept" }, async (session) => {
        const { engine, reporter, signal } = session;
        const summary = await stoppable(session, () => engine.rebuilding.run(signal));
        reporter.say("summary", summary, rebuildText(summary));
        return EXIT.ok;
      });
    });
}
