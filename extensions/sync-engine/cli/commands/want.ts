import { SyncError } from "../../platform/errors.ts";
import type { AssetFilter } from "../../protocol.ts";
import { EXIT } from "../exit_codes.ts";
import { knownFilter } from "../known_filter.ts";
import { requireKnown } from "../known_asset.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count } from "../wording.ts";

interface Which {
  readonly search?: string | undefined;
  readonly creator?: string | undefined;
  readonly source?: string | undefined;
  readonly release?: string | undefined;
  readonly bundle?: string | undefined;
  readonly provider?: string | undefined;
  readonly everything?: boolean | undefined;
}

/** Adds `want` and `unwant`. */
export function addWant(program: Root, run: RunCommand): void {
  for (const wanted of [true, false]) {
    program.command(wanted ? "want" : "unwant")
      .description(
        wanted ? "mark models to be fetched" : "leave models out of future syncs; files here stay",
      )
      .argument("[ids...]", "as `list` shows them: mmf:object-123")
      .option("--search <words>", "all with these words in title, creator or tags")
      .option("--creator <name>", "all of this creator")
      .option("--source <source>", "all that came this way: purchase, tribe, …")
      .option("--release <name>", "all of this release, as `list --releases` shows it")
      .option("--bundle <name>", "all in this bundle, as `list --bundles` shows it")
      .option("--provider <id>", "all of this provider")
      .option("--everything", "the whole library")
      .action(async (ids, options, command) => {
        const which = whichOf(ids, options);
        await run(
          command.optsWithGlobals(),
          {},
          (session) => setWanted(session, which, wanted),
        );
      });
  }
}

async function setWanted(
  { engine, reporter }: Session,
  which: string[] | AssetFilter,
  wanted: boolean,
): Promise<number> {
  if ("length" in which) requireKnown(engine, which);
  const target = "length" in which ? which : knownFilter(engine, which);
  const { changed } = await engine.library.setWanted({ which: target, wanted });
  const now = wanted
    ? `wanted now; \`sync\` fetches ${changed === 1 ? "it" : "them"}`
    : "left out of syncs now";
  reporter.say(
    wanted ? "wanted" : "unwanted",
    { changed },
    changed === 0
      ? "Nothing changed: see `list` for ids and marks"
      : `${count(changed, "model")} ${now}`,
  );
  return EXIT.ok;
}

/** Ids or a filter, never both and never nothing: a slip must not mark a whole library. */
export function whichOf(ids: string[], options: Which): string[] | AssetFilter {
  const { everything, ...conditions } = options;
  const { search, creator, source, release, bundle, provider } = conditions;
  const filter: AssetFilter = {
    ...search === undefined ? {} : { search },
    ...creator === undefined ? {} : { creator },
    ...source === undefined ? {} : { source },
    ...release === undefined ? {} : { release },
    ...bundle === undefined ? {} : { bundle },
    ...provider === undefined ? {} : { provider },
  };
  const ways = [ids.length > 0, Object.keys(filter).length > 0, everything === true];
  if (ways.filter(Boolean).length !== 1) {
    throw new SyncError(
      "badInput",
      "Say which models: either ids, or conditions such as --creator, or --everything",
    );
  }
  return ids.length > 0 ? ids : filter;
}
