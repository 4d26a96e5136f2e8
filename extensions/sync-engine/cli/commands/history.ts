import { Option } from "@commander-js/extra-typings";
import type { HistoryRow } from "../../protocol.ts";
import { EXIT } from "../exit_codes.ts";
import { knownProvider } from "../known_provider.ts";
import { countText, inPages, MOST_ROWS } from "../pages.ts";
import { type Root, wholeNumber } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size, time } from "../wording.ts";

const OUTCOMES = ["succeeded", "failed", "removed"] as const;

/** Adds `history`. */
export function addHistory(program: Root, run: RunCommand): void {
  program.command("history")
    .description("what became of files, newest first")
    .addOption(new Option("--outcome <outcome>", "only what ended so").choices(OUTCOMES))
    .option("--provider <id>", "only of this provider")
    .option("--limit <n>", "most files to show", wholeNumber(1, MOST_ROWS), 50)
    .option("--offset <n>", "files to leave out at the beginning", wholeNumber(0, MOST_ROWS), 0)
    .option("--all", "show all, however many")
    .action(async ({ all, ...options }, command) => {
      const query = all ? { ...options, limit: MOST_ROWS } : options;
      await run(
        command.optsWithGlobals(),
        { reads: true },
        (session) => Promise.resolve(history(session, query)),
      );
    });
}

interface Query {
  readonly outcome?: typeof OUTCOMES[number] | undefined;
  readonly provider?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

function history(
  { engine, reporter, signal, world }: Session,
  { outcome, provider, ...slice }: Query,
): number {
  if (provider !== undefined) knownProvider(engine, provider);
  const filter = {
    ...outcome === undefined ? {} : { outcome },
    ...provider === undefined ? {} : { provider },
  };
  const now = world.clock.now();
  const { shown, total } = inPages(slice, signal, (page) => {
    const { rows, total } = engine.history.list({ ...filter, ...page });
    for (const row of rows) reporter.say("file", row, historyText(row, now));
    return { rows, total };
  });
  const text = total === 0
    ? "Nothing to tell"
    : countText(count(total, "file"), { total, shown, offset: slice.offset });
  reporter.say("summary", { total, shown }, text);
  return EXIT.ok;
}

/** What became of a file, on one line; why, on another one. */
export function historyText(row: HistoryRow, now: number): string {
  const bytes = row.bytes === 0 ? "" : size(row.bytes);
  const line =
    `${time(row.at, now).padStart(16)}  ${row.outcome.padEnd(9)} ${bytes.padStart(8)}  ` +
    `${printable(row.title)} / ${printable(row.name)}`;
  return row.message === null
    ? line
    : `${line}\n  ${printable(row.message)}. ${row.hint ?? ""}`.trimEnd();
}
