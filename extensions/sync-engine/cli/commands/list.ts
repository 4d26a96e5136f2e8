import { Option } from "@commander-js/extra-typings";
import type { AssetFilter } from "../../protocol.ts";
import { MAX_PAGE } from "../../protocol.ts";
import { EXIT } from "../exit_codes.ts";
import type { EngineDoor } from "../opened_engine.ts";
import { type Root, wholeNumber } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size } from "../wording.ts";

const SORTS = ["title", "creator", "provider", "updated", "added", "synced"] as const;
const MOST = 1_000_000_000;

type Query = Parameters<EngineDoor["query"]>[0];
type Row = ReturnType<EngineDoor["query"]>["rows"][number];

/** Adds `list`. */
export function addList(program: Root, run: RunCommand): void {
  program.command("list")
    .description("models of the library, found by words of title, creator or tags")
    .argument("[search...]", "words, or beginnings of words")
    .option("--provider <id>", "only of this provider")
    .option("--creator <name>", "only of this creator, written as on the site")
    .option("--source <source>", "only what came this way: purchase, tribe, …")
    .addOption(new Option("--wanted", "only what is wanted").conflicts("unwanted"))
    .option("--unwanted", "only what is not wanted")
    .option("--not-downloaded", "only what is not all here")
    .option("--updates", "only what is newer on the site")
    .addOption(new Option("--sort <by>", "order").choices(SORTS).default("title" as const))
    .option("--desc", "the other way round")
    .option("--limit <n>", "most models to show", wholeNumber(1, MOST), 50)
    .option("--offset <n>", "models to leave out at the beginning", wholeNumber(0, MOST), 0)
    .option("--all", "show all, however many")
    .action(async (search, options, command) => {
      const { provider, creator, source, wanted, unwanted, notDownloaded, updates } = options;
      const filter: AssetFilter = {
        ...search.length > 0 ? { search: search.join(" ") } : {},
        ...provider === undefined ? {} : { provider },
        ...creator === undefined ? {} : { creator },
        ...source === undefined ? {} : { source },
        ...wanted || unwanted ? { wanted: wanted === true } : {},
        ...notDownloaded ? { notDownloaded: true } : {},
        ...updates ? { hasUpdates: true } : {},
      };
      const { sort, desc: descending = false, offset, all } = options;
      const limit = all ? MOST : options.limit;
      await run(
        command.optsWithGlobals(),
        {},
        (session) => Promise.resolve(list(session, { filter, sort, descending, offset, limit })),
      );
    });
}

/** Page by page, so that a library of any size is shown. */
function list({ engine, reporter, signal }: Session, query: Query): number {
  let [shown, total] = [0, 0];
  while (shown < query.limit && !signal.aborted) {
    const limit = Math.min(MAX_PAGE, query.limit - shown);
    const page = engine.query({ ...query, offset: query.offset + shown, limit });
    total = page.total;
    for (const row of page.rows) reporter.say("asset", row, rowText(row));
    shown += page.rows.length;
    if (page.rows.length < limit) break;
  }
  reporter.say("summary", { total, shown }, listText(total, shown));
  return EXIT.ok;
}

function listText(total: number, shown: number): string {
  if (total === 0) return "No model of the library fits. After a sign-in, `sync` fills it.";
  const all = count(total, "model");
  return shown === total ? all : `${shown.toLocaleString("en-US")} of ${all}; --all shows them all`;
}

/** One model on one line: state, id, files, size, title, creator. */
export function rowText(row: Row): string {
  const files = `${row.filesHere}/${row.files}`;
  const by = row.creator === "" ? "" : ` · ${printable(row.creator)}`;
  return `${stateOf(row).padEnd(9)} ${row.id.padEnd(20)} ${files.padStart(7)} ` +
    `${size(row.bytes).padStart(8)}  ${printable(row.title)}${by}`;
}

function stateOf({ availability, wanted, hasUpdates, files, filesHere, detailRevision }: Row) {
  if (availability === "locked" || availability === "gone") return availability;
  if (!wanted) return "unwanted";
  if (hasUpdates) return "update";
  if (detailRevision === null || (filesHere === 0 && files > 0)) return "to fetch";
  return filesHere < files ? "partly" : "here";
}
