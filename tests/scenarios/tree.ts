import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseSidecar, SIDECAR_NAME } from "../../extensions/sync-engine/files/datapackage.ts";
import { MARKER_NAME } from "../../extensions/sync-engine/files/marker.ts";
import { UNPACKED_MARKER } from "../../extensions/sync-engine/files/unpack/unpacked_marker.ts";
import type { Provenance } from "./provenance.ts";

/** What stands at each path below a folder, in words. Paths are '/'-separated; empty folders are told, too. */
export type Tree = ReadonlyMap<string, string>;

/** When a version was last changed, and a hash of that: other ones in each run. */
const STAMP = /\.\d{8}T\d{6}Z-[0-9a-f]{8}/;

/** `library/<site>/<creator>/<model>/` */
const MODEL_FOLDER = /^library\/[^/]+\/[^/]+\/[^/]+\//;

/** Looks at everything below the given folders of a home. */
export function readTree(home: string, folders: readonly string[], provenance: Provenance): Tree {
  const tree: [string, string][] = [];
  const walk = (below: string) => {
    const entries = readdirSync(`${home}/${below}`, { withFileTypes: true });
    if (entries.length === 0) tree.push([`${below}/`, "empty"]);
    for (const entry of entries) {
      const path = `${below}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else tree.push([path.replace(STAMP, ".<time>"), contentOf(`${home}/${path}`, provenance)]);
    }
  };
  folders.forEach(walk);
  return new Map(
    [...Map.groupBy(tree, ([path]) => path)].sort(([a], [b]) => a < b ? -1 : 1)
      // Versions of one file.
      .map(([path, twins]) => [path, twins.map(([, content]) => content).sort().join("; ")]),
  );
}

/** What is new (`+`), gone (`-`) or other (`~`), a line each below the model folder that it is in. */
export function changes(before: Tree, after: Tree): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const lines: string[] = [];
  let folder = "";
  for (const path of paths) {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) continue;
    const model = MODEL_FOLDER.exec(path)?.[0] ?? "";
    if (model !== folder && model !== "") lines.push(model);
    folder = model;
    const sign = is === undefined ? "-" : was === undefined ? "+" : "~";
    const content = is === undefined ? "" : `: ${is}`;
    lines.push(`${model === "" ? "" : "  "}${sign} ${path.slice(model.length)}${content}`);
  }
  return lines;
}

function contentOf(path: string, provenance: Provenance): string {
  const name = basename(path);
  if (name.endsWith(".part")) return "partial file";
  if (name === MARKER_NAME) return "the library's marker";
  if (name === UNPACKED_MARKER) return "says what was unpacked";
  const bytes = readFileSync(path);
  if (name !== SIDECAR_NAME) return provenance.of(bytes);
  const parsed = parseSidecar(new TextDecoder().decode(bytes));
  if (parsed.state !== "ours") return `${parsed.state} sidecar`;
  const { assetId, title, files } = parsed.sidecar;
  const list = files.map((file) => `${file.path}${file.removed ? " (removed)" : ""}`).sort();
  return `sidecar of ${assetId} ${JSON.stringify(title)}, ${list.join(", ") || "no files"}`;
}
