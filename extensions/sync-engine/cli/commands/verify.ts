import type { VerifyParams, VerifySummary } from "../../protocol.ts";
import { EXIT, exitCodeOfRepair } from "../exit_codes.ts";
import { confirm } from "../confirm.ts";
import { requireKnown } from "../known_asset.ts";
import type { Root } from "../root_command.ts";
import { doubtText, repairText, verifyText } from "../verify_text.ts";
import type { RunCommand, Session } from "../session.ts";
import { parsePeriod, parseSubset } from "../verify_options.ts";
import { stoppable } from "./sync.ts";

/** Adds `verify` and `repair`, which are one. */
export function addVerify(program: Root, run: RunCommand): void {
  const add = (name: string, repairs: boolean, description: string) =>
    program.command(name)
      .description(description)
      .argument("[ids...]", "only these models, as `list` shows them: mmf:object-123")
      .option(
        "--subset <how>",
        "a sample: 5% of the files, 10G, or 1/5 (five such runs read all)",
        parseSubset,
      )
      .option("--oldest", "begin with what was not looked at for longest")
      .option(
        "--older <time>",
        "only what was not looked at for so long: 12h, 30d, 2w",
        parsePeriod,
      )
      .option("--known-bad", "only what earlier verifications found bad")
      .option("--restart", "begin anew, where a stopped verification would be gone on with")
      .option("--repair", "fetch what is bad or missing again; work of yours is kept aside")
      .option("--yes", "repair without asking, however much is bad")
      .action(async (ids, options, command) => {
        const repair = repairs || (options.repair ?? false);
        const subset = options.knownBad ? { kind: "bad" } as const : options.subset;
        const params: VerifyParams = {
          repair,
          ...ids.length > 0 ? { assetIds: ids } : {},
          ...subset === undefined ? {} : { subset },
          ...options.oldest ? { oldest: true } : {},
          ...options.older === undefined ? {} : { olderThan: options.older },
          ...options.restart ? { restart: true } : {},
          ...options.yes ? { acceptBad: true } : {},
        };
        await run(
          command.optsWithGlobals(),
          { sites: repair },
          (session) => verify(session, params, ids),
        );
      });
  add("verify", false, "read every file again and compare it with its checksum");
  add("repair", true, "verify, and fetch what is bad or missing again");
}

async function verify(session: Session, params: VerifyParams, ids: string[]): Promise<number> {
  const { engine, reporter, signal, world } = session;
  requireKnown(engine, ids);
  const summary = await stoppable(session, () => engine.verify(params, signal));
  const { repair } = summary;
  if (repair?.doubt) {
    reporter.say("summary", summary, verifyText(summary, true));
    if (!await confirm(world, doubtText(repair.doubt, engine.settings().root), signal)) {
      return exitCode(summary);
    }
    const { subset: _, ...rest } = params;
    // What was found is known; all else need not be read again.
    const bad = ids.length > 0 ? {} : { subset: { kind: "bad" } as const };
    return await verify(session, { ...rest, ...bad, acceptBad: true }, ids);
  }
  const text = [verifyText(summary, repair !== null), ...repair ? [repairText(repair)] : []];
  reporter.say("summary", summary, text.join("\n"));
  return repair ? exitCodeOfRepair(summary, repair) : exitCode(summary);
}

function exitCode({ missing, size, hash, unverified, sidecars }: VerifySummary): number {
  return missing + size + hash + unverified + sidecars > 0 ? EXIT.badFiles : EXIT.ok;
}
