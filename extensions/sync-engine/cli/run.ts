import { CommanderError } from "commander";
import { toFrameError } from "../frame_error.ts";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import { createDiskFs } from "../platform/fs.ts";
import { ProfileBusyError } from "../profile_busy_error.ts";
import { EXIT, exitCodeOf } from "./exit_codes.ts";
import { createProgram } from "./program.ts";
import { createReporter } from "./create_reporter.ts";
import { listenForStop } from "./stop_signals.ts";
import { withSession } from "./with_session.ts";
import type { World } from "./world.ts";

const BUSY_HINT = "Wait until the other one has ended, or stop it with Ctrl-C.";

/** Runs the command line; resolves to the exit code. Never throws. */
export async function run(args: readonly string[], world: World): Promise<number> {
  // Read by hand, because it must hold for errors of the command line itself too.
  const reporter = createReporter(world, args.includes("--json"));
  let code: number = EXIT.ok;
  const stop = listenForStop(world, {
    onFirst: () => reporter.note("Stopping and saving … (once more to stop at once)"),
    onLast: () => reporter.close(),
  });
  const program = createProgram(
    async (options, needs, work) => {
      const fs = createDiskFs({ fileMode: 0o600 });
      const ports = { world, fs, reporter, signal: stop.signal };
      code = await withSession(ports, options, needs, work);
    },
    (text) => reporter.say("text", { text }, text.trimEnd()),
  );
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    const failure = asFailure(error);
    const hint = failure instanceof ProfileBusyError ? { hint: BUSY_HINT } : {};
    reporter.fail({ ...toFrameError(failure), ...hint });
    return failure.kind === "cancelled" ? stop.code ?? EXIT.interrupted : exitCodeOf(failure);
  } finally {
    stop.release();
    reporter.close();
  }
}

function asFailure(error: unknown): SyncError {
  if (!(error instanceof CommanderError)) return classifyThrown(error);
  // Asked for help by giving a command group without a command.
  const message = error.code === "commander.help"
    ? "A command is missing"
    : error.message.replace(/^error: /, "");
  return new SyncError("badInput", message.replace(/\.$/, ""), { cause: error });
}
