/**
 * 3MF: a zip with XML in it. Our own reader because three's needs DOMParser, which workers lack, and
 * builds a tree of all vertices.
 *
 * @module
 */
import type { Limits } from "./limits.ts";
import { type Mesh, toMesh } from "./mesh.ts";
import { assembleBuild } from "./three_mf_build.ts";
import { type ModelPart, parseModelPart } from "./three_mf_part.ts";
import { partPath, unzipParts } from "./unzip_parts.ts";
import { XmlTags } from "./xml_tags.ts";

const RELATIONS = "_rels/.rels";

/** Where every known program puts it, for packages whose relations do not tell. */
const USUAL_ROOT = "3d/3dmodel.model";

/**
 * Reads a 3MF package: the objects of its build, placed, in mm.
 *
 * @throws {ParseError} when there is nothing to show
 */
export function parseThreeMf(bytes: Uint8Array, limits: Limits): Mesh {
  const parts = unzipParts(
    bytes,
    limits,
    (path) => path === RELATIONS || path.endsWith(".model"),
  );
  const rootPath = rootModel(parts.get(RELATIONS)) ?? USUAL_ROOT;
  parts.delete(RELATIONS);
  const models = new Map<string, ModelPart>();
  for (const [path, part] of parts) {
    models.set(path, parseModelPart(part, limits));
    // The XML is several times as large as what comes of it.
    parts.delete(path);
  }
  return toMesh(assembleBuild(models, rootPath, limits));
}

function rootModel(relations: Uint8Array | undefined): string | null {
  if (relations === undefined) return null;
  const tags = new XmlTags(relations);
  while (tags.next()) {
    if (!tags.is("Relationship") || !tags.text("Type")?.endsWith("/3dmodel")) continue;
    const target = tags.text("Target");
    if (target !== null) return partPath(target);
  }
  return null;
}
