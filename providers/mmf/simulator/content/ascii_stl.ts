import type { Mesh } from "./mesh.ts";
import { cornersOf, flatNormal } from "./triangle.ts";

const NAME = 40;
const NUMBER = 9;
const FACET = "facet normal".length + 3 * NUMBER + "\n outer loop\n".length +
  3 * (" vertex".length + 3 * NUMBER + 1) + " endloop\nendfacet\n".length;

/** Bytes of every ASCII STL of so many triangles. */
export function asciiStlSize(triangles: number): number {
  return "solid ".length + NAME + 1 + triangles * FACET + "endsolid ".length + NAME + 1;
}

/** Writes ASCII STL with numbers of one width, as some programs do. */
export function encodeAsciiStl(mesh: Mesh, title: string): Uint8Array {
  const name = title.replace(/\W/g, "_").slice(0, NAME).padEnd(NAME, "_");
  const lines = [`solid ${name}`];
  for (let i = 0; i < mesh.triangles.length; i += 3) {
    const corners = cornersOf(mesh, i);
    lines.push(`facet normal${numbers(flatNormal(corners))}\n outer loop`);
    for (const corner of corners) lines.push(` vertex${numbers(corner)}`);
    lines.push(" endloop\nendfacet");
  }
  lines.push(`endsolid ${name}\n`);
  return new TextEncoder().encode(lines.join("\n"));
}

function numbers(values: readonly number[]): string {
  return values.map((value) => value.toFixed(3).padStart(NUMBER)).join("");
}
