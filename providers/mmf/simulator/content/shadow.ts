/** Cells of the map along each side. */
const CELLS = 96;

/** How dark the floor is at a point, 0 to 1. */
export type Shadow = (x: number, y: number) => number;

/**
 * The soft shadow that a model throws on the floor: its corners moved along the light, and blurred. What is near the
 * floor throws more, which holds the model to the ground.
 *
 * @param slope How far the shadow moves along x and y for each millimetre of height.
 */
export function shadowOf(corners: Float32Array, slope: readonly [number, number]): Shadow {
  let reach = 1;
  for (const value of corners) reach = Math.max(reach, Math.abs(value));
  reach *= 2.1;
  const toCell = (value: number) => (value / reach + 1) / 2 * (CELLS - 1);
  let map: Float32Array = new Float32Array(CELLS * CELLS);
  for (let i = 0; i < corners.length; i += 3) {
    const z = corners[i + 2] ?? 0;
    const column = Math.round(toCell((corners[i] ?? 0) + z * slope[0]));
    const row = Math.round(toCell((corners[i + 1] ?? 0) + z * slope[1]));
    if (column < 0 || row < 0 || column >= CELLS || row >= CELLS) continue;
    const at = row * CELLS + column;
    map[at] = Math.max(map[at] ?? 0, 0.45 + 0.55 * Math.exp(-6 * z / reach));
  }
  for (let pass = 0; pass < 3; pass++) map = blurred(blurred(map, 1), CELLS);
  return (x, y) => sample(map, toCell(x), toCell(y));
}

/** The mean of five cells along one direction. */
function blurred(map: Float32Array, step: number): Float32Array {
  const result = new Float32Array(map.length);
  for (let i = 0; i < map.length; i++) {
    const sum = (map[i - 2 * step] ?? 0) + (map[i - step] ?? 0) + (map[i] ?? 0) +
      (map[i + step] ?? 0) +
      (map[i + 2 * step] ?? 0);
    result[i] = sum / 5;
  }
  return result;
}

function sample(map: Float32Array, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= CELLS - 1 || row >= CELLS - 1) return 0;
  const at = row * CELLS + column;
  const fx = x - column;
  const fy = y - row;
  const upper = (map[at] ?? 0) * (1 - fx) + (map[at + 1] ?? 0) * fx;
  const lower = (map[at + CELLS] ?? 0) * (1 - fx) + (map[at + CELLS + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}
