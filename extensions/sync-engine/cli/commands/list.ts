import { Option } from "@commander-js/extra-typings";
import { SyncError } from "../../platform/errors.ts";
import { ACCESSES, type AssetFilter } from "../../protocol.ts";
import { EXIT } from "../exit_codes.ts";
import { knownFilter } from "../known_filter.ts";
import { knownProvider } from "../known_provider.ts";
import type { EngineDoor } from "../opened_engine.ts";
import { countText, inPages, MOST_ROWS } from "../pages.ts";
import { type Root, wholeNumber } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size } from "../wording.ts";

const SORTS = ["title", "creator", "provider", "updated", "added", "synced"] as const;

type Query = Parameters<EngineDoor["library"]["query"]>[0];
type Row = ReturnType<EngineDoor["library"]["query"]>["rows"][number];

/** Adds `list`. */
export function addList(program: Root, run: RunCommand): void {
  program.command("list")
    .description("models of the library, found by words of title, creator or tags")
    .argument("[search...]", "words, or beginnings of words")
    .option("--provider <id>", "only of this provider")
    .option("--creator <name>", "only of this creator")
    .option("--source <source>", "only what came this way: purchase, tribe, …")
    .option("--release <name>", "only of this release")
    .option("--bundle <name>", "only what is in this bundle")
    .addOption(
      new Option("--releases", "the releases that models came in")
        .conflicts(["bundles", "notUnderstood"]),
    )
    .option("--bundles", "the bundles that models are in")
    .addOption(new Option("--wanted", "only what is wanted").conflicts("unwanted"))
    .option("--unwanted", "only what is not wanted")
    .option("--not-downloaded", "only what is not all here")
    .option("--updates", "only what is newer on the site")
    .addOption(
      new Option(
        "--availability <state>",
        "only what the site gives so: vanished is listed but not there, empty has no files",
      ).choices(ACCESSES),
    )
    .addOption(
      new Option("--not-understood", "what the sites list and nobody understood, with the reasons")
        .conflicts([
          "creator",
          "source",
          "wanted",
          "unwanted",
          "notDownloaded",
          "updates",
          "availability",
        ]),
    )
    .addOption(new Option("--sort <by>", "order").choices(SORTS).default("title" as const))
    .option("--desc", "the other way round")
    .option("--limit <n>", "most models to show", wholeNumber(1, MOST_ROWS), 50)
    .option("--offset <n>", "models to leave out at the beginning", wholeNumber(0, MOST_ROWS), 0)
    .option("--all", "show all, however many")
    .action(async (search, options, command) => {
      const { provider, creator, source, wanted, unwanted, notDownloaded, updates, availability } =
        options;
      const filter: AssetFilter = {
        ...search.length > 0 ? { search: search.join(" ") } : {},
        ...provider === undefined ? {} : { provider },
        ...creator === undefined ? {} : { creator },
        ...source === undefined ? {} : { source },
        ...options.release === undefined ? {} : { release: options.release },
        ...options.bundle === undefined ? {} : { bundle: options.bundle },
        ...wanted || unwanted ? { wanted: wanted === true } : {},
        ...notDownloaded ? { notDownloaded: true } : {},
        ...updates ? { hasUpdates: true } : {},
        ...availability === undefined ? {} : { availability },
      };
      const { sort, desc: descending = false, offset, all } = options;
      const limit = all ? MOST_ROWS : options.limit;
      const query = { filter, sort, descending, offset, limit };
      await run(
        command.optsWithGlobals(),
        { reads: true },
        (session) =>
          Promise.resolve(
            options.notUnderstood
              ? listOdd(session, query)
              : options.releases || options.bundles
              ? listReleases(session, options.bundles ? "bundle" : "release", query)
              : list(session, query),
          ),
      );
    });
}

/** Page by page, so that a library of any size is shown. */
function list({ engine, reporter, signal }: Session, { filter, ...rest }: Query): number {
  const query = { ...rest, filter: knownFilter(engine, filter) };
  const { shown, total } = inPages(query, signal, (page) => {
    const { rows, total } = engine.library.query({ ...query, ...page });
    for (const row of rows) reporter.say("asset", row, rowText(row));
    return { rows, total };
  });
  const text = total === 0
    ? noneText(engine)
    : countText(count(total, "model"), { total, shown, offset: query.offset });
  reporter.say("summary", { total, shown }, text);
  return EXIT.ok;
}

/** What models came in, and how many. */
function listReleases(
  { engine, reporter, signal }: Session,
  kind: "release" | "bundle",
  query: Query,
): number {
  const { provider, search } = query.filter;
  if (provider !== undefined) knownProvider(engine, provider);
  const only = {
    kind,
    ...provider === undefined ? {} : { provider },
    ...search === undefined ? {} : { search },
  };
  const { shown, total } = inPages(query, signal, (page) => {
    const { rows, total } = engine.library.releases({ ...only, ...page });
    for (const row of rows) {
      const by = row.owner === "" ? "" : ` · ${printable(row.owner)}`;
      reporter.say(
        kind,
        row,
        `${count(row.assets, "model").padEnd(14)} ${printable(row.label)}${by}`,
      );
    }
    return { rows, total };
  });
  const text = total === 0
    ? `There are no ${kind}s`
    : countText(count(total, kind), { total, shown, offset: query.offset });
  reporter.say("summary", { total, shown }, text);
  return EXIT.ok;
}

/** What was set aside, with the reasons. */
function listOdd({ engine, reporter, signal }: Session, query: Query): number {
  const { provider, search } = query.filter;
  if (search !== undefined) {
    throw new SyncError("badInput", "Cannot search in what is not understood: leave the words out");
  }
  if (provider !== undefined) knownProvider(engine, provider);
  const only = provider === undefined ? {} : { provider };
  const { shown, total } = inPages(query, signal, (page) => {
    const { rows, total } = engine.library.quarantine({ ...only, ...page });
    for (const row of rows) {
      const text = `${row.provider}:${printable(row.item)}  ${printable(row.reason)}`;
      reporter.say("notUnderstood", row, text);
    }
    return { rows, total };
  });
  const text = total === 0
    ? "All that the sites list is understood"
    : countText(count(total, "item"), { total, shown, offset: query.offset });
  reporter.say("summary", { total, shown }, text);
  return EXIT.ok;
}

function noneText(engine: EngineDoor): string {
  return engine.status().library.assets > 0
    ? "Nothing matches"
    : "The library is empty. After a sign-in, `sync` fills it; a saved list, `import`.";
}

/** One model on one line: state, id, files, size, title, creator. */
export function rowText(row: Row): string {
  // Bundles may hold nothing but other models.
  const [files, bytes] = row.files === 0
    ? ["", ""]
    : [`${row.filesHere}/${row.files}`, size(row.bytes)];
  const by = row.creator === "" ? "" : ` · ${printable(row.creator)}`;
  return `${stateOf(row).padEnd(9)} ${row.id.padEnd(20)} ${files.padStart(7)} ` +
    `${bytes.padStart(8)}  ${printable(row.title)}${by}`;
}

function stateOf(
  { availability, denied, wanted, hasUpdates, files, filesHere, detailRevision }: Row,
) {
  if (denied === "gone") return "vanished";
  if (availability === "locked" || availability === "gone") return availability;
  if (!wanted) return "unwanted";
  if (hasUpdates) return "update";
  if (detailRevision === null || (filesHere === 0 && files > 0)) return "to fetch";
  if (files === 0) return "no files";
  return filesHere < files ? "partly" : "here";
}
