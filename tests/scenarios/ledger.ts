import { basename } from "node:path";
import type { Engine } from "../../extensions/sync-engine/engine.ts";
import type { AssetFileRow } from "../../extensions/sync-engine/protocol.ts";

/** What the app knows of the library and its queue, for people: a line for each model, file and kind of job. */
export function readLedger(engine: Engine): string[] {
  const { rows } = engine.library.query({
    filter: {},
    sort: "title",
    descending: false,
    offset: 0,
    limit: 500,
  });
  const models = rows.map(({ id }) => engine.library.asset({ id }))
    .sort((a, b) => a.id < b.id ? -1 : 1);
  const lines = models.flatMap((model) => {
    const { id, title, creator, availability, wanted, folder, denial } = model;
    const words = [
      availability,
      wanted ? "wanted" : "not wanted",
      ...(denial ? [`refused: ${denial.kind}`] : []),
      ...(model.hasUpdates ? ["has updates"] : []),
      model.fileRows.length === 0 ? "no files" : `${model.filesHere} of ${model.files} files here`,
    ];
    const place = folder === null || model.fileRows.length === 0 ? [] : [`    in ${folder}`];
    const files = model.fileRows.map((file) => `    ${fileLine(file, folder ?? "")}`).sort();
    const by = creator === "" ? "" : ` by ${creator}`;
    return [`  ${id} ${JSON.stringify(title)}${by}: ${words.join(", ")}`, ...place, ...files];
  });
  const queue = Object.entries(engine.status().queue).filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return ["library", ...lines, `queue: ${queue.join(", ") || "empty"}`];
}

function fileLine(file: AssetFileRow, folder: string): string {
  const { path, name, state, listed, verdict, recognisedBy, job } = file;
  const words = [
    state,
    path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path,
    ...(basename(path) === name ? [] : [`called ${JSON.stringify(name)}`]),
    ...(listed ? [] : ["not listed any more"]),
    ...(recognisedBy === null ? [] : [`recognised by ${recognisedBy}`]),
    ...(verdict === null ? [] : [`verified: ${verdict}`]),
    ...(job === null ? [] : [`${job.state}: ${job.reason ?? "not tried yet"}`]),
  ];
  return words.join(", ");
}
