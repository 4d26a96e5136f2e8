import { Random } from "../random.ts";
import type { Settings } from "../options.ts";
import { asciiStlSize, encodeAsciiStl } from "./ascii_stl.ts";
import { makeMesh, type Mesh, type Net, netFor, trianglesOf } from "./mesh.ts";
import { encodeObj, objSize } from "./obj.ts";
import { encodePdf, MIN_PDF_SIZE } from "./pdf.ts";
import type { Sculpt } from "./sculpt.ts";
import { encodeStl, stlSize, stlTriangles } from "./stl.ts";
import { encodeThreeMf, threeMfSize } from "./three_mf.ts";
import { encodeZip, type ZipEntry, zipSize } from "./zip.ts";

/** What a model file is made of. `zip.001` and `zip.002` are the halves of one cut zip. */
export type ModelFormat =
  | "stl"
  | "ascii.stl"
  | "obj"
  | "3mf"
  | "zip"
  | "pdf"
  | "zip.001"
  | "zip.002";

/** Content whose exact size is known before it is made. */
export interface ModelContent {
  readonly size: number;
  readonly bytes: () => Uint8Array;
}

/** Most bytes of texts, OBJ, 3MF and PDF: they are slow to write, and the site's big files are archives anyway. */
export const MAX_TEXT = 1_500_000;

/** Content of about `target` bytes; the same key gives the same bytes. */
export function modelContent(
  format: ModelFormat,
  key: number,
  target: number,
  sculpt: Sculpt,
): ModelContent {
  const title = `sample ${key.toString(16)}`;
  const mesh = (net: Net) => meshOf(sculpt, key, net);
  switch (format) {
    case "stl": {
      const net = netFor(stlTriangles(target));
      return { size: stlSize(trianglesOf(net)), bytes: () => encodeStl(mesh(net), title) };
    }
    case "ascii.stl": {
      const net = netFor(Math.min(target, MAX_TEXT) / 260);
      return {
        size: asciiStlSize(trianglesOf(net)),
        bytes: () => encodeAsciiStl(mesh(net), title),
      };
    }
    case "obj": {
      const net = netFor(Math.min(target, MAX_TEXT) / 40);
      const size = objSize(net);
      return { size, bytes: () => encodeObj(mesh(net), title, size) };
    }
    case "3mf": {
      const net = netFor(Math.min(target, MAX_TEXT) / 70);
      return { size: threeMfSize(net), bytes: () => encodeThreeMf(mesh(net), net) };
    }
    case "pdf": {
      const size = Math.max(MIN_PDF_SIZE, Math.min(target, MAX_TEXT));
      return { size, bytes: () => encodePdf(title, size) };
    }
    case "zip": {
      const entries = archiveEntries(key, target, sculpt);
      return { size: zipSize(entries), bytes: () => encodeZip(entries) };
    }
    case "zip.001":
    case "zip.002": {
      const entries = archiveEntries(key, target, sculpt);
      const total = zipSize(entries);
      const cut = Math.floor(total / 2);
      return format === "zip.001"
        ? { size: cut, bytes: () => encodeZip(entries).slice(0, cut) }
        : { size: total - cut, bytes: () => encodeZip(entries).slice(cut) };
    }
  }
}

/** Draws the number of bytes that a file aims at. */
export function targetBytes(fileSize: Settings["fileSize"], random: Random): number {
  if (typeof fileSize === "number") return Math.round(fileSize * random.between(0.8, 1.2));
  const [low, high] = { tiny: [2e3, 60e3], demo: [1e5, 3e6], mixed: [4e3, 12e6] }[fileSize];
  return Math.round((low ?? 0) * ((high ?? 0) / (low ?? 1)) ** random.next());
}

/** The mesh in the file with this key; pictures of the file show it too. */
export function meshOf(sculpt: Sculpt, key: number, net: Net): Mesh {
  return makeMesh(sculpt, new Random(key, "mesh"), net);
}

function archiveEntries(key: number, target: number, sculpt: Sculpt): ZipEntry[] {
  const random = new Random(key, "archive");
  const readme = "Print with 0.05 mm layers. Supported and unsupported versions inside.\n";
  const entries: ZipEntry[] = [{
    name: "README.txt",
    size: readme.length,
    bytes: () => new TextEncoder().encode(readme),
  }];
  if (random.chance(0.1)) {
    entries.push({ name: "__MACOSX/._README.txt", size: 120, bytes: () => new Uint8Array(120) });
  }
  const folders = target > 8_000
    ? random.pick([["Supported", "Unsupported"], ["Body", "Base", "Weapons"], ["STL"]])
    : ["STL"];
  for (const [i, folder] of folders.entries()) {
    // The versions of one part are one shape; other folders hold other parts.
    const variant = sculpt.variant + (folder.endsWith("upported") ? 0 : i);
    const part = modelContent("stl", key, (target - 500) / folders.length * (1 - i * 0.1), {
      ...sculpt,
      variant,
    });
    entries.push({ name: `${folder}/part_${i + 1}.stl`, size: part.size, bytes: part.bytes });
  }
  return entries;
}
