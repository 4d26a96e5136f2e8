import { strToU8, zipSync } from "fflate";
import type { Shape } from "./shape.ts";

const CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02";
const PRODUCTION = "http://schemas.microsoft.com/3dmanufacturing/production/2015/06";

/** A 3MF package of parts given by their paths, with relations that name the root model. */
export function packThreeMf(
  parts: Readonly<Record<string, string | Uint8Array>>,
  root = "/3D/3dmodel.model",
): Uint8Array<ArrayBuffer> {
  const relations =
    `<?xml version="1.0"?><Relationships><Relationship Target="${root}" Id="rel0" ` +
    `Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>`;
  const texts = { "_rels/.rels": relations, ...parts };
  const contents = Object.entries(texts).map(([path, content]) => {
    return [path, typeof content === "string" ? strToU8(content) : content] as const;
  });
  return new Uint8Array(zipSync(Object.fromEntries(contents), { level: 1 }));
}

/** A `.model` part; `resources` and `build` are XML. */
export function modelXml(resources: string, build = "", unit = "millimeter"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<model unit="${unit}" xml:lang="en-US" ` +
    `xmlns="${CORE}" xmlns:p="${PRODUCTION}">\n<resources>\n${resources}\n</resources>\n` +
    `<build>${build}</build>\n</model>\n`;
}

/** An `<object>` with a mesh. */
export function objectXml(id: number, { points, triangles }: Shape): string {
  const vertices = points.map(([x, y, z]) => `<vertex x="${x}" y="${y}" z="${z}"/>`);
  const faces = triangles.map(([a, b, c]) => `<triangle v1="${a}" v2="${b}" v3="${c}" />`);
  return `<object id="${id}" type="model"><mesh>\n<vertices>\n${
    vertices.join("\n")
  }\n</vertices>\n` +
    `<triangles>\n${faces.join("\n")}\n</triangles>\n</mesh></object>`;
}

/** A package with one object and one build item. */
export function writeThreeMf(shape: Shape, unit = "millimeter"): Uint8Array<ArrayBuffer> {
  const xml = modelXml(objectXml(1, shape), `<item objectid="1"/>`, unit);
  return packThreeMf({ "3D/3dmodel.model": xml });
}
