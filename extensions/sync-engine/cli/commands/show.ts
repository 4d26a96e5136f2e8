import type { AssetDetail, AssetFileRow } from "../../protocol.ts";
import { hintFor } from "../../platform/errors.ts";
import { EXIT } from "../exit_codes.ts";
import type { Root } from "../root_command.ts";
import { shortFileId } from "../named_files.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, cut, printable, size, time } from "../wording.ts";

/** Characters of a description; the site shows it whole. */
const LONGEST_DESCRIPTION = 600;

/** Adds `show`. */
export function addShow(program: Root, run: RunCommand): void {
  program.command("show")
    .description("all that is known about a model and its files")
    .argument("<id>", "as `list` shows it: mmf:object-123")
    .action(async (id, _options, command) => {
      await run(
        command.optsWithGlobals(),
        { reads: true },
        (session) => Promise.resolve(show(session, id)),
      );
    });
}

function show({ engine, reporter, world }: Session, id: string): number {
  const asset = engine.library.asset({ id });
  reporter.say("asset", asset, assetText(asset, world.clock.now()));
  return EXIT.ok;
}

/** A model in words, one line for each file. */
export function assetText(asset: AssetDetail, now: number): string {
  const { id, title, creator, availability, wanted, url, folder, license, syncedAt } = asset;
  const here = `${asset.filesHere} of ${count(asset.files, "file")} ` +
    `(${size(asset.bytesHere)} of ${size(asset.bytes)})`;
  const facts: readonly (readonly [name: string, value: string | null])[] = [
    ["Model", id],
    ["By", creator || null],
    [
      "State",
      [
        availability,
        wanted ? "wanted" : "not wanted",
        ...asset.hasUpdates ? ["newer on the site"] : [],
      ].join(", "),
    ],
    ["Access", accessText(asset, now)],
    ["Here", asset.detailRevision === null ? "its files are not known yet" : here],
    ["Synced", syncedAt === null ? null : time(syncedAt, now)],
    ["Folder", folder],
    ["Page", url],
    ["Licence", license],
    ["Came by", asset.sources.join(", ") || null],
    ["Tags", asset.tags.join(", ") || null],
  ];
  return [
    printable(title),
    ...facts.flatMap(([name, value]) =>
      value === null ? [] : [`  ${`${name}:`.padEnd(9)}${printable(value)}`]
    ),
    ...asset.fileRows.length > 0 ? ["Files:"] : [],
    ...asset.fileRows.map((file) => `  ${fileText(asset, file)}`),
    ...asset.description ? [cut(printable(asset.description), LONGEST_DESCRIPTION)] : [],
  ].join("\n");
}

/** Why the site does not give all of it, and what that means; null when it does. */
function accessText(asset: AssetDetail, now: number): string | null {
  const { availability, denial, files, detailRevision, fileRows } = asset;
  if (denial) return `${denial.message} (${time(denial.at, now)}). ${hintFor(denial.kind)}`;
  switch (availability) {
    case "withdrawn":
      return "Private or withdrawn by its creator. What you own of it is still given to you.";
    case "gone":
      return "No longer listed as yours. What you have on disk stays, and stays verified.";
    case "locked":
      return hintFor("locked");
    case "public":
      return files > 0 || fileRows.length > 0 || detailRevision === null
        ? null
        : "The site lists no files for it. A bundle's files are those of its models.";
  }
}

function fileText({ id, folder }: AssetDetail, file: AssetFileRow): string {
  const { state, path, job, listed } = file;
  const bytes = file.size === null ? "" : size(file.size);
  const remarks = [
    ...listed ? [] : ["no longer on the site"],
    ...job ? [[job.state, ...job.message === null ? [] : [job.message]].join(": ")] : [],
  ];
  const place = folder !== null && path.startsWith(`${folder}/`)
    ? path.slice(folder.length + 1)
    : path;
  return `${state.padEnd(9)} ${shortFileId(id, file.id).padEnd(16)} ${bytes.padStart(8)}  ` +
    printable(place) + (remarks.length > 0 ? ` (${printable(remarks.join(", "))})` : "");
}
