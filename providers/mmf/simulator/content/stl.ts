import type { Mesh } from "./mesh.ts";

const HEADER = 84;
const RECORD = 50;

/** Bytes of a binary STL of so many triangles. */
export function stlSize(triangles: number): number {
  return HEADER + RECORD * triangles;
}

/** Triangles that fit into a binary STL of about so many bytes. */
export function stlTriangles(bytes: number): number {
  return Math.max(0, Math.round((bytes - HEADER) / RECORD));
}

/** Writes binary STL: 80 bytes of title, the count, then normal and corners of each triangle. */
export function encodeStl({ name, corners, triangles }: Mesh, title: string): Uint8Array {
  const count = triangles.length / 3;
  const bytes = new Uint8Array(stlSize(count));
  const view = new DataView(bytes.buffer);
  // A header that begins with "solid" would pass for ASCII STL.
  new TextEncoder().encodeInto(`Binary STL, ${name}, ${title}`, bytes.subarray(0, 80));
  view.setUint32(80, count, true);

  let at = HEADER;
  for (let i = 0; i < triangles.length; i += 3) {
    const a = (triangles[i] ?? 0) * 3;
    const b = (triangles[i + 1] ?? 0) * 3;
    const c = (triangles[i + 2] ?? 0) * 3;
    const ax = corners[a] ?? 0;
    const ay = corners[a + 1] ?? 0;
    const az = corners[a + 2] ?? 0;
    const bx = corners[b] ?? 0;
    const by = corners[b + 1] ?? 0;
    const bz = corners[b + 2] ?? 0;
    const cx = corners[c] ?? 0;
    const cy = corners[c + 1] ?? 0;
    const cz = corners[c + 2] ?? 0;
    const nx = (by - ay) * (cz - az) - (bz - az) * (cy - ay);
    const ny = (bz - az) * (cx - ax) - (bx - ax) * (cz - az);
    const nz = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    const length = Math.sqrt(nx * nx + ny * ny + nz * nz) || 1;
    view.setFloat32(at, nx / length, true);
    view.setFloat32(at + 4, ny / length, true);
    view.setFloat32(at + 8, nz / length, true);
    view.setFloat32(at + 12, ax, true);
    view.setFloat32(at + 16, ay, true);
    view.setFloat32(at + 20, az, true);
    view.setFloat32(at + 24, bx, true);
    view.setFloat32(at + 28, by, true);
    view.setFloat32(at + 32, bz, true);
    view.setFloat32(at + 36, cx, true);
    view.setFloat32(at + 40, cy, true);
    view.setFloat32(at + 44, cz, true);
    at += RECORD;
  }
  return bytes;
}
