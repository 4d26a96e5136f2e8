/** A model as tests write it into files: points, and triangles of three point numbers each. */
export interface Shape {
  readonly points: readonly (readonly [number, number, number])[];
  readonly triangles: readonly (readonly [number, number, number])[];
}

/** A box with one corner in the origin: 8 points, 12 triangles, seen from outside anticlockwise. */
export function box(x: number, y: number, z: number): Shape {
  const points = Array.from({ length: 8 }, (_, i) => {
    return [i & 1 ? x : 0, i & 2 ? y : 0, i & 4 ? z : 0] as const;
  });
  const quads = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [
    1,
    3,
    7,
    5,
  ]];
  const triangles = quads.flatMap(([a = 0, b = 0, c = 0, d = 0]) => {
    return [[a, b, c] as const, [a, c, d] as const];
  });
  return { points, triangles };
}

/** A wavy torus of `around * across * 2` triangles, 100 mm wide. */
export function torus(around: number, across: number): Shape {
  const points = Array.from({ length: around * across }, (_, i) => {
    const u = Math.floor(i / across) / around * 2 * Math.PI;
    const v = (i % across) / across * 2 * Math.PI;
    const tube = 14 + 2 * Math.cos(6 * u + v);
    const radius = 34 + tube * Math.cos(v);
    return [radius * Math.cos(u), radius * Math.sin(u), 16 + tube * Math.sin(v)] as const;
  });
  const at = (i: number, j: number) => (i % around) * across + (j % across);
  const triangles = Array.from({ length: around * across }, (_, k) => {
    const i = Math.floor(k / across);
    const j = k % across;
    return [
      [at(i, j), at(i + 1, j), at(i + 1, j + 1)] as const,
      [at(i, j), at(i + 1, j + 1), at(i, j + 1)] as const,
    ];
  }).flat();
  return { points, triangles };
}

/** The coordinates of all corners of all triangles in turn, as 32-bit floats hold them. */
export function cornersOf({ points, triangles }: Shape): number[] {
  return triangles.flat().flatMap((point) => points[point] ?? []).map(Math.fround);
}
