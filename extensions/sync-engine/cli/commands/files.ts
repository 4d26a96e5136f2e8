import { confirm } from "../confirm.ts";
import { EXIT } from "../exit_codes.ts";
import { namedFiles } from "../named_files.ts";
import { collect, type Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size } from "../wording.ts";

const ID = "as `list` shows it: mmf:object-123";
const FILE = "--file <id>";
const WHICH = "only this file, as `show` names it; can be given more than once";

/** Adds `remove`, `restore`, `refetch` and `unpack`. */
export function addFiles(program: Root, run: RunCommand): void {
  program.command("remove")
    .description("delete files of a model from disk, never to be fetched again by themselves")
    .argument("<id>", ID)
    .option(FILE, WHICH, collect)
    .option("--yes", "do not ask")
    .action(async (id, { file, yes = false }, command) => {
      await run(command.optsWithGlobals(), {}, (session) => remove(session, id, file, yes));
    });
  program.command("restore")
    .description("take a removal back; the next sync fetches the files again")
    .argument("<id>", ID)
    .option(FILE, WHICH, collect)
    .action(async (id, { file }, command) => {
      await run(command.optsWithGlobals(), {}, (session) => restore(session, id, file));
    });
  program.command("refetch")
    .description("have the next sync fetch files anew; what is here is kept in .versions/")
    .argument("<id>", ID)
    .option(FILE, WHICH, collect)
    .action(async (id, { file }, command) => {
      await run(command.optsWithGlobals(), {}, (session) => refetch(session, id, file));
    });
  program.command("unpack")
    .description("unpack zip archives of a model that are here, each into a folder beside it")
    .argument("<id>", ID)
    .option(FILE, WHICH, collect)
    .action(async (id, { file }, command) => {
      await run(command.optsWithGlobals(), {}, (session) => unpack(session, id, file));
    });
}

type Named = readonly string[] | undefined;

async function remove(session: Session, id: string, named: Named, yes: boolean): Promise<number> {
  const { engine, reporter, world, signal } = session;
  const which = namedFiles(engine, id, named);
  const { title, fileRows } = engine.library.asset({ id });
  const meant = fileRows.filter((file) =>
    file.state !== "removed" && (which.fileIds?.includes(file.id) ?? true)
  );
  if (meant.length > 0 && !yes) {
    const here = meant.filter(({ state }) => state !== "absent");
    const bytes = here.reduce((sum, file) => sum + (file.size ?? 0), 0);
    const files = `${count(meant.length, "file")} of ${printable(title)}`;
    if (!await confirm(world, `Delete ${files} from disk (${size(bytes)})?`, signal)) {
      reporter.note("Nothing was changed");
      return EXIT.ok;
    }
  }
  const { removed, bytes } = await engine.files.remove(which);
  const text = removed === 0
    ? "Nothing to remove: it was all removed before"
    : `Removed ${count(removed, "file")} (${size(bytes)}); \`restore ${id}\` takes that back`;
  reporter.say("removed", { removed, bytes }, text);
  return EXIT.ok;
}

async function restore(
  { engine, reporter }: Session,
  id: string,
  named: Named,
): Promise<number> {
  const { restored } = await engine.files.restore(namedFiles(engine, id, named));
  const text = restored === 0
    ? "Nothing was removed"
    : `${count(restored, "file")} wanted again; \`sync\` fetches ${restored === 1 ? "it" : "them"}`;
  reporter.say("restored", { restored }, text);
  return EXIT.ok;
}

async function refetch(
  { engine, reporter }: Session,
  id: string,
  named: Named,
): Promise<number> {
  const { queued } = await engine.files.refetch(namedFiles(engine, id, named));
  const text = `${count(queued, "file")} to fetch anew; \`sync\` does it`;
  reporter.say("refetch", { queued }, text);
  return EXIT.ok;
}

const SKIPPED = {
  leadsOut: "its path leads out of the folder",
  link: "it is a link",
  encrypted: "it takes a password",
} as const;

async function unpack(
  { engine, reporter, signal }: Session,
  id: string,
  named: Named,
): Promise<number> {
  const { folders } = await engine.unpacking.unpack(namedFiles(engine, id, named), signal);
  for (const unpacked of folders) {
    const { archive, folder, files, bytes, skipped, wasHere } = unpacked;
    const what = wasHere
      ? `${printable(archive)} was unpacked before: ${folder}`
      : `${printable(archive)}: ${count(files, "file")} (${size(bytes)}) in ${folder}`;
    reporter.say("unpacked", unpacked, what);
    for (const { name, reason } of skipped) {
      reporter.note(`Left out "${printable(name)}": ${SKIPPED[reason]}`);
    }
  }
  return EXIT.ok;
}
