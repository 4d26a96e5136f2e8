import { resolve } from "node:path";
import type { HandoverRow, HandoverSummary } from "../../protocol.ts";
import { EXIT } from "../exit_codes.ts";
import { countText, inPages, MOST_ROWS } from "../pages.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size } from "../wording.ts";
import { stoppable } from "./sync.ts";

const CAUSES: Readonly<Record<HandoverRow["cause"], string>> = {
  refused: "refused to the app",
  throttled: "the site limits downloads for long",
  challenged: "the site wants to see a person",
};

/** Adds `handover`. */
export function addHandover(program: Root, run: RunCommand): void {
  program.command("handover")
    .description("files that a site keeps from this program and would give to your own browser")
    .option("--watch <folder>", "take them over from where your browser saves to, as they arrive")
    .option("--move", "with --watch: move them; else they are copied and yours stay")
    .addHelpText(
      "after",
      "\nOpen the addresses in a browser in which you are signed in, one at a time. Nothing is opened by itself.",
    )
    .action(async ({ watch, move = false }, command) => {
      const common = command.optsWithGlobals();
      if (watch === undefined) {
        return await run(common, { reads: true }, (session) => Promise.resolve(list(session)));
      }
      await run(common, {}, async (session) => {
        const { engine, reporter, signal, world } = session;
        list(session);
        const folder = resolve(world.cwd, watch);
        const summary = await stoppable(
          session,
          () => engine.handover.watch({ folder, move }, signal),
        );
        reporter.say("summary", summary, watchedText(summary));
        return summary.unclear > 0 ? EXIT.unfinished : EXIT.ok;
      });
    });
}

function list({ engine, reporter, signal }: Session): number {
  const slice = { offset: 0, limit: MOST_ROWS };
  const { shown, total } = inPages(slice, signal, (page) => {
    const { rows, total } = engine.handover.list(page);
    for (const row of rows) reporter.say("handover", row, handoverText(row));
    return { rows, total };
  });
  const text = total === 0
    ? "Nothing is kept from this program"
    : `${countText(count(total, "file"), { total, shown, offset: 0 })} to get in your browser`;
  reporter.say("handovers", { total, shown }, text);
  return EXIT.ok;
}

/** A file, how large it is, and where a browser gets it. */
export function handoverText({ title, name, size: bytes, cause, address, page }: HandoverRow) {
  const known = bytes === null ? "size not known" : size(bytes);
  return `${printable(title)} / ${printable(name)} (${known}; ${CAUSES[cause]})\n` +
    `  ${printable(address ?? page ?? "The site tells no address of it")}`;
}

function watchedText({ filed, bytes, unclear }: HandoverSummary): string {
  const took = `Took over ${count(filed, "file")} (${size(bytes)})`;
  return unclear === 0
    ? took
    : `${took}, ${count(unclear, "file")} not clear: adopt <the file> --as <id> decides`;
}
