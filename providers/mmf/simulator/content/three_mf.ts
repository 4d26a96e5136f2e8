import { maxCornersOf, type Mesh, type Net, trianglesOf } from "./mesh.ts";
import { padText } from "./pad_text.ts";
import { encodeZip, type ZipEntry, zipSize } from "./zip.ts";

const TYPES = `<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>`;
const RELATIONS = `<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Target="/3D/3dmodel.model" Id="rel0" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>`;
const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<model unit="millimeter" xml:lang="en-US" xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02"><resources><object id="1" type="model"><mesh><vertices>`;
const MIDDLE = `</vertices><triangles>`;
const TAIL = `</triangles></mesh></object></resources><build><item objectid="1"/></build>`;
const END = `</model>`;
const CORNER = `<vertex x="-199.999" y="-199.999" z="-199.999"/>`.length;

/** Bytes of every 3MF of a mesh over this net. */
export function threeMfSize(net: Net): number {
  return zipSize(entries(modelSize(net), () => new Uint8Array()));
}

/** Writes a 3MF package: content types, relations and one model part. */
export function encodeThreeMf(mesh: Mesh, net: Net): Uint8Array {
  const size = modelSize(net);
  return encodeZip(entries(size, () => padText(modelXml(mesh), END, size)));
}

function entries(size: number, model: () => Uint8Array): ZipEntry[] {
  const text = (name: string, content: string): ZipEntry => ({
    name,
    size: content.length,
    bytes: () => new TextEncoder().encode(content),
  });
  return [
    text("[Content_Types].xml", TYPES),
    text("_rels/.rels", RELATIONS),
    { name: "3D/3dmodel.model", size, bytes: model },
  ];
}

function modelSize(net: Net): number {
  const digits = String(maxCornersOf(net)).length;
  const triangle = `<triangle v1="" v2="" v3=""/>`.length + 3 * digits;
  return HEAD.length + MIDDLE.length + TAIL.length + END.length +
    maxCornersOf(net) * CORNER + trianglesOf(net) * triangle;
}

function modelXml({ corners, triangles }: Mesh): string {
  const parts = [HEAD];
  for (let i = 0; i < corners.length; i += 3) {
    parts.push(
      `<vertex x="${number(corners[i])}" y="${number(corners[i + 1])}" z="${
        number(corners[i + 2])
      }"/>`,
    );
  }
  parts.push(MIDDLE);
  for (let i = 0; i < triangles.length; i += 3) {
    parts.push(
      `<triangle v1="${triangles[i]}" v2="${triangles[i + 1]}" v3="${triangles[i + 2]}"/>`,
    );
  }
  parts.push(TAIL);
  return parts.join("");
}

function number(value = 0): string {
  return value.toFixed(3);
}
