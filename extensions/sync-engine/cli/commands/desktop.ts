import { SyncError } from "../../platform/errors.ts";
import { introductionIn } from "../../rpc/introduction.ts";
import { readLine } from "../desktop/read_line.ts";
import { workForWindow } from "../desktop/work_for_window.ts";
import { EXIT } from "../exit_codes.ts";
import type { Hosting, RunHost } from "../hosting.ts";
import type { Root } from "../root_command.ts";

/** Adds `desktop`, the engine behind the window, which `desktop/main.ts` starts. */
export function addDesktop(program: Root, run: RunHost): void {
  program.command("desktop", { hidden: true })
    .action(async (_options, command) => {
      await run(command.optsWithGlobals(), work);
    });
}

async function work(hosting: Hosting): Promise<number> {
  const { line, ended } = await readLine(hosting.world.stdin);
  try {
    await workForWindow(hosting, introductionIn(line), ended);
  } catch (error) {
    // A host that is not there any more is no reason to start again.
    if (!(error instanceof SyncError && error.kind === "cancelled")) throw error;
  }
  return EXIT.ok;
}
