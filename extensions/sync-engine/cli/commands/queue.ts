import { Argument, Option } from "@commander-js/extra-typings";
import { SyncError } from "../../platform/errors.ts";
import type { JobRow, JobSelection } from "../../protocol.ts";
import { EXIT } from "../exit_codes.ts";
import { knownProvider } from "../known_provider.ts";
import { namedJobs } from "../named_jobs.ts";
import type { EngineDoor } from "../opened_engine.ts";
import { countText, inPages, MOST_ROWS } from "../pages.ts";
import { pauseText } from "../pause_text.ts";
import { type Root, wholeNumber } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size, time } from "../wording.ts";

const STATES = ["queued", "running", "paused", "failed"] as const;
const IDS = "of models (mmf:object-123) or files, as `queue list` shows them";
const ONLY = "only of this provider";

type Change = { readonly changed: number } | Promise<{ readonly changed: number }>;

/** What can be done with some downloads or with all. */
const ACTIONS: Readonly<
  Record<string, {
    readonly description: string;
    readonly act: (queue: EngineDoor["queue"], which: JobSelection) => Change;
    /** Of how many downloads. */
    readonly done: (downloads: string) => string;
  }>
> = {
  pause: {
    description: "hold downloads; without ids the whole queue, with what joins it later",
    act: (queue, which) => queue.pause(which),
    done: (downloads) => `${downloads} held; \`queue resume\` lets go`,
  },
  resume: {
    description: "let go on what was paused; without ids the whole queue",
    act: (queue, which) => queue.resume(which),
    done: (downloads) => `${downloads} resumed; \`sync\` fetches`,
  },
  cancel: {
    description: "take downloads out of the queue; the next sync fetches them after all",
    act: (queue, which) => queue.cancel(which),
    done: (downloads) => `${downloads} taken out of the queue; see \`unwant\` for never`,
  },
  retry: {
    description: "try again at once what failed; without ids all of it",
    act: (queue, which) => queue.retry(which),
    done: (downloads) => `${downloads} to try again; \`sync\` does it`,
  },
};

/** Adds `queue list|pause|resume|cancel|retry|move`. */
export function addQueue(program: Root, run: RunCommand): void {
  const queue = program.command("queue").description("what is to be fetched, and in which order");
  queue.command("list")
    .description("the downloads in their order")
    .addOption(new Option("--state <state>", "only in this state").choices(STATES))
    .option("--provider <id>", ONLY)
    .option("--limit <n>", "most downloads to show", wholeNumber(1, MOST_ROWS), 50)
    .option("--offset <n>", "downloads to leave out at the beginning", wholeNumber(0, MOST_ROWS), 0)
    .option("--all", "show all, however many")
    .action(async ({ all, ...options }, command) => {
      const query = all ? { ...options, limit: MOST_ROWS } : options;
      await run(
        command.optsWithGlobals(),
        { reads: true },
        (session) => Promise.resolve(list(session, query)),
      );
    });
  for (const [name, { description, act, done }] of Object.entries(ACTIONS)) {
    const all = name === "cancel" ? "needed where nothing is named" : "as when nothing is named";
    queue.command(name)
      .description(description)
      .argument("[ids...]", IDS)
      .option("--provider <id>", ONLY)
      .option("--all", all)
      .action(async (ids, { provider, all = false }, command) => {
        const isNamed = ids.length > 0 || provider !== undefined;
        // A slip must not empty the queue.
        if (all ? isNamed : !isNamed && name === "cancel") {
          throw new SyncError("badInput", "Say which: ids, --provider, or --all");
        }
        await run(command.optsWithGlobals(), {}, async ({ engine, reporter }) => {
          const { changed } = await act(engine.queue, namedJobs(engine, ids, provider));
          reporter.say(
            "queue",
            { changed, paused: engine.status().paused },
            changed === 0 ? nothingText(engine) : done(count(changed, "download")),
          );
          return EXIT.ok;
        });
      });
  }
  queue.command("move")
    .description("change the order")
    .addArgument(
      new Argument("<to>", "where").choices(["front", "back", "up", "down"] as const),
    )
    .argument("<ids...>", IDS)
    .action(async (to, ids, _options, command) => {
      await run(command.optsWithGlobals(), {}, ({ engine, reporter }) => {
        const { changed } = engine.queue.move({ ...namedJobs(engine, ids, undefined), to });
        const text = changed === 0 ? "Nothing to move" : `${count(changed, "download")} moved`;
        reporter.say("queue", { changed }, text);
        return Promise.resolve(EXIT.ok);
      });
    });
}

type Query = {
  readonly state?: typeof STATES[number] | undefined;
  readonly provider?: string | undefined;
  readonly offset: number;
  readonly limit: number;
};

function list(
  { engine, reporter, signal, world }: Session,
  { state, provider, ...slice }: Query,
): number {
  if (provider !== undefined) knownProvider(engine, provider);
  const filter = {
    ...state === undefined ? {} : { state },
    ...provider === undefined ? {} : { provider },
  };
  const now = world.clock.now();
  const { shown, total } = inPages(slice, signal, (page) => {
    const { rows, total } = engine.queue.list({ ...filter, ...page });
    for (const row of rows) reporter.say("download", row, jobText(row, now));
    return { rows, total };
  });
  const { paused, providers } = engine.status();
  const text = total === 0
    ? "Nothing is queued"
    : countText(count(total, "download"), { total, shown, offset: slice.offset });
  const held = "The queue is held: `queue resume` lets it go on";
  const pauses = providers.flatMap(({ id, name, pause }) =>
    pause && total > 0 && (provider ?? id) === id ? [{ provider: id, name, ...pause }] : []
  );
  const silences = pauses.map(({ name, ...pause }) =>
    `${printable(name)}: ${pauseText(pause, now, world.programName)}`
  );
  const lines = [text, ...paused ? [held] : [], ...silences];
  reporter.say("summary", { total, shown, paused, pauses }, lines.join("\n"));
  return EXIT.ok;
}

/** A download on one line: state, id, size, model and file; what went wrong last. */
export function jobText(row: JobRow, now: number): string {
  const bytes = row.size === null ? "" : size(row.size);
  const line = `${row.state.padEnd(8)} ${row.fileId.padEnd(30)} ${bytes.padStart(8)}  ` +
    `${printable(row.title)} / ${printable(row.name)}`;
  if (row.message === null) return line;
  const next = row.state === "queued" && row.notBefore > now
    ? `Not before ${time(row.notBefore, now)}.`
    : row.hint ?? "";
  return `${line}\n  ${printable(row.message)}. ${next}`.trimEnd();
}

function nothingText(engine: EngineDoor): string {
  const held = engine.status().paused ? "; the queue is held" : "";
  return `Nothing changed${held}: see \`queue list\``;
}
