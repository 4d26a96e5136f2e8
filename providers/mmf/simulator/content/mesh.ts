import { Random } from "../random.ts";
import { type Sculpt, shapeOf } from "./sculpt.ts";

/** Triangles over shared corners; lengths in millimetres, standing on z = 0, faces looking outwards. */
export interface Mesh {
  readonly name: string;
  /** x, y, z of each corner. */
  readonly corners: Float32Array;
  /** Three corner numbers a triangle. */
  readonly triangles: Uint32Array;
}

/** Columns and rows of the net a mesh is laid over. */
export interface Net {
  readonly columns: number;
  readonly rows: number;
}

/** The net of about so many triangles; a mesh has exactly 2 × columns × rows. */
export function netFor(triangles: number): Net {
  const columns = Math.max(6, Math.round(Math.sqrt(triangles / 2)));
  return { columns, rows: Math.max(5, Math.round(triangles / 2 / columns)) };
}

/** Number of triangles of every mesh over this net. */
export function trianglesOf({ columns, rows }: Net): number {
  return 2 * columns * rows;
}

/** Most corners that a mesh over this net has. */
export function maxCornersOf({ columns, rows }: Net): number {
  return columns * rows + 2;
}

/** Makes a closed mesh whose proportions and size depend on `random` only. */
export function makeMesh(sculpt: Sculpt, random: Random, net: Net): Mesh {
  const { shape, size } = shapeOf(sculpt, random);
  const { columns, rows } = net;
  const poles = shape.closedBy === "poles";
  const corners = new Float32Array((columns * rows + (poles ? 2 : 0)) * 3);
  const point = new Float64Array(3);

  const put = (corner: number, u: number, v: number) => {
    shape.at(u, v, point);
    corners[corner * 3] = (point[0] ?? 0) * size;
    corners[corner * 3 + 1] = (point[1] ?? 0) * size;
    corners[corner * 3 + 2] = (point[2] ?? 0) * size;
  };
  for (let row = 0; row < rows; row++) {
    const v = poles ? (row + 1) / (rows + 1) : row / rows;
    for (let column = 0; column < columns; column++) {
      put(row * columns + column, column / columns, v);
    }
  }
  if (poles) {
    put(columns * rows, 0, 0);
    put(columns * rows + 1, 0, 1);
  }

  const triangles = poles ? capped(net) : wrapped(net);
  if (volume(corners, triangles) < 0) turnInsideOut(triangles);
  setDown(corners);
  return { name: sculpt.subject, corners, triangles };
}

/** Onto the print bed. */
function setDown(corners: Float32Array): void {
  let lowest = Infinity;
  for (let i = 2; i < corners.length; i += 3) lowest = Math.min(lowest, corners[i] ?? 0);
  for (let i = 2; i < corners.length; i += 3) corners[i] = (corners[i] ?? 0) - lowest;
}

function wrapped({ columns, rows }: Net): Uint32Array {
  const triangles = new Uint32Array(columns * rows * 6);
  let at = 0;
  for (let row = 0; row < rows; row++) at = band(triangles, at, columns, row, (row + 1) % rows);
  return triangles;
}

function capped({ columns, rows }: Net): Uint32Array {
  const triangles = new Uint32Array(columns * rows * 6);
  const south = columns * rows;
  const north = south + 1;
  const last = (rows - 1) * columns;
  let at = 0;
  for (let row = 0; row + 1 < rows; row++) at = band(triangles, at, columns, row, row + 1);
  for (let column = 0; column < columns; column++) {
    const next = (column + 1) % columns;
    triangles.set([south, next, column, last + column, last + next, north], at);
    at += 6;
  }
  return triangles;
}

function band(triangles: Uint32Array, at: number, columns: number, row: number, above: number) {
  for (let column = 0; column < columns; column++) {
    const next = (column + 1) % columns;
    const a = row * columns + column;
    const b = row * columns + next;
    const c = above * columns + next;
    const d = above * columns + column;
    triangles[at++] = a;
    triangles[at++] = b;
    triangles[at++] = c;
    triangles[at++] = a;
    triangles[at++] = c;
    triangles[at++] = d;
  }
  return at;
}

/** Six times the volume enclosed; negative when the faces look inwards. */
export function volume(corners: Float32Array, triangles: Uint32Array): number {
  let sum = 0;
  const at = (corner: number, axis: number) => corners[corner * 3 + axis] ?? 0;
  for (let i = 0; i < triangles.length; i += 3) {
    const a = triangles[i] ?? 0;
    const b = triangles[i + 1] ?? 0;
    const c = triangles[i + 2] ?? 0;
    sum += at(a, 0) * (at(b, 1) * at(c, 2) - at(b, 2) * at(c, 1)) +
      at(a, 1) * (at(b, 2) * at(c, 0) - at(b, 0) * at(c, 2)) +
      at(a, 2) * (at(b, 0) * at(c, 1) - at(b, 1) * at(c, 0));
  }
  return sum;
}

function turnInsideOut(triangles: Uint32Array): void {
  for (let i = 0; i < triangles.length; i += 3) {
    const swap = triangles[i + 1] ?? 0;
    triangles[i + 1] = triangles[i + 2] ?? 0;
    triangles[i + 2] = swap;
  }
}
