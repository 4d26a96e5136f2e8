import { SyncError } from "../../platform/errors.ts";
import type { ImportSummary } from "../../protocol.ts";
import { EXIT } from "../exit_codes.ts";
import type { EngineDoor } from "../opened_engine.ts";
import type { Root } from "../root_command.ts";
import { readSavedFiles } from "../saved_files.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, some } from "../wording.ts";
import { stoppable } from "./sync.ts";

/** Adds `import`. */
export function addImport(program: Root, run: RunCommand): void {
  program.command("import")
    .description("take in the list of your library that you have saved in your browser")
    .argument("[files...]", "saved list, and saved names beside it; - for what is piped in")
    .option("--window", "open a window on the site instead: sign in there and hand the list over")
    .option("--provider <id>", "the site that it is of; needed when there are several")
    .option("--accept-removals", "believe the list even when most of the library is missing in it")
    .addHelpText(
      "after",
      "\nNeeds neither a sign-in nor a network. In the browser in which you are signed in, open\n" +
        "https://www.myminifactory.com/api/data-library/objectPreviews and save the page (Ctrl+S).\n" +
        "A recording of the network of your library page (HAR) brings the names of releases, too.\n" +
        "What is known and newer than the saved list stays as it is.\n" +
        "With --window the site opens in a window of the app; only the list comes from there.",
    )
    .action(async (files, options, command) => {
      await run(command.optsWithGlobals(), {}, (session) => importFiles(session, files, options));
    });
}

interface ImportOptions {
  readonly provider?: string | undefined;
  readonly window?: boolean | undefined;
  readonly acceptRemovals?: boolean | undefined;
}

async function importFiles(
  session: Session,
  names: readonly string[],
  { provider: given, window = false, acceptRemovals = false }: ImportOptions,
): Promise<number> {
  const { engine, signal, world } = session;
  const provider = importable(engine, given);
  if (window) return await importByWindow(session, provider, names);
  if (names.length === 0) {
    throw new SyncError("badInput", "Say which files to import, or - for what is piped in");
  }
  const { files, savedAt } = await readSavedFiles(world, names);
  const summary = await stoppable(
    session,
    () => engine.importing.run(provider.id, files, { savedAt, acceptRemovals }, signal),
  );
  return tellImport(session, provider, summary);
}

async function importByWindow(
  session: Session,
  provider: Provider,
  names: readonly string[],
): Promise<number> {
  const { engine, reporter, signal } = session;
  if (names.length > 0) {
    throw new SyncError("badInput", "With --window no files are imported: give one or the other");
  }
  if (!provider.hasWindow) {
    throw new SyncError(
      "badInput",
      "No window can be opened here: that needs the desktop app's program and a screen. Import a saved list instead",
    );
  }
  reporter.note(
    `Sign in to ${
      printable(provider.name)
    } in the window, then press the button at its lower edge …`,
  );
  const summary = await stoppable(
    session,
    () => engine.libraryWindow.run(provider.id, signal),
  );
  if (summary !== null) return tellImport(session, provider, summary);
  reporter.note("The window was closed before a list was handed over. Nothing was changed.");
  return EXIT.provider;
}

function tellImport(
  { reporter, world }: Session,
  provider: Provider,
  { incomplete, ...summary }: ImportSummary,
): number {
  const signIn = provider.account === null
    ? `Sign in to download: \`${world.programName} login ${provider.id}\``
    : null;
  const more = [importText(summary), ...signIn === null ? [] : [signIn]].join("\n");
  reporter.say("summary", summary, more);
  return incomplete === null ? EXIT.ok : EXIT.provider;
}

type Provider = ReturnType<EngineDoor["status"]>["providers"][number];

/** The provider that is meant: the only one from which anything can be imported, if none is named. */
function importable(engine: EngineDoor, id: string | undefined): Provider {
  const able = engine.status().providers.filter(({ importUrl }) => importUrl !== null);
  const [first, ...others] = id === undefined ? able : able.filter((one) => one.id === id);
  if (first && others.length === 0) return first;
  const known = able.map((one) => printable(one.id)).join(", ") || "none";
  throw new SyncError(
    "badInput",
    id === undefined
      ? `Say with --provider of which site the list is: ${known}`
      : `Of "${printable(id)}" no list can be imported, only of: ${known}`,
  );
}

/** `8,138 rows: 5,290 models, 2,848 repeated, 0 not understood (…)`. */
function importText(
  { rows, assets, merged, quarantined, added, updated, removed }: Omit<ImportSummary, "incomplete">,
): string {
  const number = (n: number) => n.toLocaleString("en-US");
  const changes = [
    some(added, "new"),
    some(updated, "changed"),
    some(removed, "no longer there"),
  ].filter((part) => part !== null).join(", ");
  return `${count(rows, "row")}: ${count(assets, "model")}, ${number(merged)} repeated, ` +
    `${number(quarantined)} not understood (${changes === "" ? "nothing new" : changes})`;
}
