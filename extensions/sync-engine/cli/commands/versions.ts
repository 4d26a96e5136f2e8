import { SyncError } from "../../platform/errors.ts";
import type { Params, VersionRow } from "../../protocol.ts";
import { confirm } from "../confirm.ts";
import { EXIT } from "../exit_codes.ts";
import { countText, MOST_ROWS } from "../pages.ts";
import { requireKnown } from "../known_asset.ts";
import { collect, type Root, wholeNumber } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size, time } from "../wording.ts";

const ID = "of this model, as `list` shows it: mmf:object-123";
const MOST_DAYS = 36_500;

/** Adds `versions list|drop|restore`. */
export function addVersions(program: Root, run: RunCommand): void {
  const versions = program.command("versions").description("what was replaced and kept");
  versions.command("list", { isDefault: true })
    .description("what there is, newest first")
    .argument("[id]", ID)
    .option("--limit <n>", "most to show", wholeNumber(1, MOST_ROWS), 50)
    .option("--all", "show all, however many")
    .action(async (id, { limit, all }, command) => {
      await run(
        command.optsWithGlobals(),
        { reads: true },
        (session) => list(session, id, all ? MOST_ROWS : limit),
      );
    });
  versions.command("drop")
    .description("delete versions from disk")
    .argument("[id]", ID)
    .option("--version-name <name>", "only this one, as `list` shows it; may be repeated", collect)
    .option("--older-than <days>", "only what came to the disk before", wholeNumber(0, MOST_DAYS))
    .option("--all", "of all models")
    .option("--yes", "do not ask")
    .action(async (id, options, command) => {
      await run(command.optsWithGlobals(), {}, (session) => drop(session, id, options));
    });
  versions.command("restore")
    .description("put a version back in its place; what is there becomes a version")
    .argument("<id>", ID)
    .argument("<version>", "its name, as `list` shows it")
    .action(async (id, version, _options, command) => {
      await run(command.optsWithGlobals(), {}, async ({ engine, reporter }) => {
        requireKnown(engine, [id]);
        const { path } = await engine.versions.restore({ assetId: id, version });
        reporter.say("restored", { path }, `Put back: ${printable(path)}`);
        return EXIT.ok;
      });
    });
}

async function list(
  { engine, reporter, world }: Session,
  id: string | undefined,
  limit: number,
): Promise<number> {
  if (id !== undefined) requireKnown(engine, [id]);
  const which = id === undefined ? {} : { assetId: id };
  const { rows, total, bytes } = await engine.versions.list({ ...which, offset: 0, limit });
  for (const row of rows) reporter.say("version", row, rowText(row, world.clock.now()));
  const all = `${count(total, "old version")} (${size(bytes)})`;
  const text = total === 0
    ? "Nothing was replaced and kept"
    : countText(all, { total, shown: rows.length, offset: 0 });
  reporter.say("summary", { total, shown: rows.length, bytes }, text);
  return EXIT.ok;
}

function rowText({ assetId, title, version, size: bytes, at }: VersionRow, now: number): string {
  return `${time(at, now).padEnd(16)} ${size(bytes).padStart(8)}  ${assetId.padEnd(20)} ` +
    `${printable(version)} · ${printable(title)}`;
}

interface DropOptions {
  readonly versionName?: string[] | undefined;
  readonly olderThan?: number | undefined;
  readonly all?: true | undefined;
  readonly yes?: true | undefined;
}

async function drop(
  { engine, reporter, world, signal }: Session,
  id: string | undefined,
  { versionName, olderThan, all, yes }: DropOptions,
): Promise<number> {
  if (id === undefined && !all && olderThan === undefined) {
    throw new SyncError("badInput", "Say of which model, or --all, or --older-than <days>");
  }
  if (id !== undefined) requireKnown(engine, [id]);
  const params: Params<"versions.drop"> = {
    ...id === undefined ? {} : { assetId: id },
    ...versionName === undefined ? {} : { versions: versionName },
    ...olderThan === undefined ? {} : { olderThan },
  };
  if (!yes) {
    const of = id === undefined ? "all models" : id;
    const age = olderThan === undefined ? "" : ` that are older than ${count(olderThan, "day")}`;
    if (!await confirm(world, `Delete old versions of ${printable(of)}${age}?`, signal)) {
      reporter.note("Nothing was changed");
      return EXIT.ok;
    }
  }
  const done = await engine.versions.drop(params);
  reporter.say(
    "dropped",
    done,
    `Deleted ${count(done.dropped, "old version")} (${size(done.bytes)})`,
  );
  return EXIT.ok;
}
