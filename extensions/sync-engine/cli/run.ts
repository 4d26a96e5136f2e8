import { CommanderError } from "commander";
import { toFrameError } from "../frame_error.ts";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import { createDiskFs } from "../platform/fs.ts";
import { adviceOn } from "./advice.ts";
import { EXIT, exitCodeOf } from "./exit_codes.ts";
import { createProgram } from "./program.ts";
import { createReporter } from "./create_reporter.ts";
import { prepareHosting } from "./hosting.ts";
import { listenForStop } from "./stop_signals.ts";
import { withSession } from "./with_session.ts";
import type { World } from "./world.ts";

/** Runs the command line; resolves to the exit code. Never throws. */
export async function run(args: readonly string[], world: World): Promise<number> {
  // Read by hand, because it must hold for errors of the command line itself too.
  const json = args.includes("--json");
  const reporter = createReporter(world, json);
  let unasked = "";
  let code: number = EXIT.ok;
  const stop = listenForStop(world, {
    onFirst: () => reporter.note("Stopping and saving … (once more to stop at once)"),
    onLast: () => reporter.close(),
  });
  const ports = {
    world,
    fs: createDiskFs({ fileMode: 0o600 }),
    reporter,
    signal: stop.signal,
  };
  const program = createProgram(
    async (options, needs, work) => {
      code = await withSession(ports, options, needs, work);
    },
    async (options, work) => {
      code = await work(await prepareHosting(ports, options));
    },
    {
      asked: (text) => reporter.say("text", { text }, text.trimEnd()),
      unasked: (text) => unasked += text,
    },
  );
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    const failure = asFailure(error, args);
    if (isHelp(error) && !json) world.stderr.write(`${unasked.trimEnd()}\n\n`);
    const { hint: _general, ...frame } = toFrameError(failure);
    const hint = adviceOn(failure);
    reporter.fail({ ...frame, ...hint === null ? {} : { hint } });
    return failure.kind === "cancelled" ? stop.code ?? EXIT.interrupted : exitCodeOf(failure);
  } finally {
    stop.release();
    reporter.close();
  }
}

function asFailure(error: unknown, args: readonly string[]): SyncError {
  if (!(error instanceof CommanderError)) return classifyThrown(error);
  const message = isHelp(error) ? whyHelp(args) : error.message.replace(/^error: /, "");
  return new SyncError("badInput", message.replace(/\.$/, ""), { cause: error });
}

/** Help that was not asked for: a command is missing, or help is wanted on one that is not there. */
function isHelp(error: unknown): boolean {
  return error instanceof CommanderError && error.code === "commander.help";
}

function whyHelp(args: readonly string[]): string {
  const words = args.filter((word) => !word.startsWith("-"));
  const at = words.indexOf("help");
  if (at < 0) return "A command is missing: --help lists them";
  return `There is no command "${words.slice(at + 1).join(" ")}": --help lists them`;
}
