import { maxCornersOf, type Mesh, type Net, trianglesOf } from "./mesh.ts";
import { padText } from "./pad_text.ts";

// "v -199.999 -199.999 -199.999\n"
const CORNER = 2 + 3 * 8 + 3;
const HEAD = 100;

/** Bytes of every OBJ of a mesh over this net. */
export function objSize(net: Net): number {
  const digits = String(maxCornersOf(net)).length;
  return HEAD + maxCornersOf(net) * CORNER + trianglesOf(net) * (2 + 3 * digits + 3);
}

/** Writes ASCII OBJ, filled up with blanks to `size` bytes. */
export function encodeObj({ name, corners, triangles }: Mesh, title: string, size: number) {
  const lines = [`# ${title}`, `o ${name}`];
  for (let i = 0; i < corners.length; i += 3) {
    lines.push(`v ${number(corners[i])} ${number(corners[i + 1])} ${number(corners[i + 2])}`);
  }
  for (let i = 0; i < triangles.length; i += 3) {
    lines.push(
      `f ${(triangles[i] ?? 0) + 1} ${(triangles[i + 1] ?? 0) + 1} ${(triangles[i + 2] ?? 0) + 1}`,
    );
  }
  return padText(lines.join("\n"), "\n", size);
}

function number(value = 0): string {
  return value.toFixed(3);
}
