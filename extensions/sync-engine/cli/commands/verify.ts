import { EXIT } from "../exit_codes.ts";
import { requireKnown } from "../known_asset.ts";
import type { Root } from "../root_command.ts";
import { verifyText } from "../sentences.ts";
import type { RunCommand, Session } from "../session.ts";
import { count } from "../wording.ts";
import { stoppable } from "./sync.ts";

/** Adds `verify`. */
export function addVerify(program: Root, run: RunCommand): void {
  program.command("verify")
    .description("read every file again and compare it with its checksum")
    .argument("[ids...]", "only these models, as `list` shows them: mmf:object-123")
    .option("--repair", "fetch what is bad or missing again; what was bad is kept aside")
    .action(async (ids, { repair = false }, command) => {
      await run(
        command.optsWithGlobals(),
        { sites: repair },
        (session) => verify(session, repair, ids),
      );
    });
}

async function verify(session: Session, repair: boolean, ids: string[]): Promise<number> {
  const { engine, reporter, signal } = session;
  requireKnown(engine, ids);
  const params = { repair, ...ids.length > 0 ? { assetIds: ids } : {} };
  const summary = await stoppable(session, () => engine.verify(params, signal));
  const { queued, running, failed } = engine.status().queue;
  const waiting = queued + running;
  const text = [
    verifyText(summary, repair),
    ...repair ? [repairText(summary.queued, waiting, failed)] : [],
  ];
  reporter.say(
    "summary",
    { ...summary, ...repair ? { waiting, failed } : {} },
    text.join("\n"),
  );
  const bad = summary.missing + summary.size + summary.hash;
  if (bad === 0) return EXIT.ok;
  if (!repair) return EXIT.badFiles;
  return waiting + failed > 0 ? EXIT.unfinished : EXIT.ok;
}

function repairText(queued: number, waiting: number, failed: number): string {
  if (queued === 0) return "Nothing to repair";
  const left = waiting + failed;
  if (left === 0) return `${count(queued, "file")} fetched again`;
  return `${count(queued, "file")} to fetch again, of which ${left} are not here yet: sync goes on`;
}
