import * as v from "valibot";
import { SyncError } from "../../platform/errors.ts";
import { type Introduction, IntroductionSchema } from "../../rpc/host_channel.ts";
import { readAll, readLine } from "../desktop/read_input.ts";
import { supervise } from "../desktop/supervise.ts";
import { startWorker } from "../desktop/worker_process.ts";
import { workForWindow } from "../desktop/work_for_window.ts";
import { EXIT } from "../exit_codes.ts";
import type { Hosting, RunHost } from "../hosting.ts";
import type { Root } from "../root_command.ts";

/**
 * Adds `desktop`, which the window's host calls: it keeps an engine running in a second process (`--worker`) and ends
 * with the host. Nothing else could start a dead engine again: the host does not, and a page that may start programs
 * could start any.
 */
export function addDesktop(program: Root, run: RunHost): void {
  program.command("desktop", { hidden: true })
    .option("--worker", "be the engine")
    .action(async ({ worker }, command) => {
      await run(command.optsWithGlobals(), worker ? work : keepWorking);
    });
}

async function keepWorking({ world }: Hosting): Promise<number> {
  const introduction = await readAll(world.stdin);
  introductionIn(introduction);
  const host = Deno.ppid;
  await supervise({
    clock: world.clock,
    start: () => startWorker(["desktop", "--worker"], introduction),
    hasParent: () => Deno.ppid === host,
  });
  return EXIT.ok;
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

/** @throws {SyncError} `badInput` when a person called this. */
function introductionIn(text: string): Introduction {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), IntroductionSchema), text);
  if (parsed.success) return parsed.output;
  throw new SyncError("badInput", "Only the window's host can call this");
}
