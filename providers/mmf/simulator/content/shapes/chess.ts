import type { Random } from "../../random.ts";
import { lathe, type OutlinePoint } from "./lathe.ts";
import { type Shape, smoothStep, TAU } from "./shape.ts";

/** Names of the pieces, in the order of the variants of {@linkcode chess}. */
export const PIECES = ["King", "Queen", "Bishop", "Rook", "Pawn"] as const;

/** A piece of a chess set: pieces of one set share their foot and stem. */
export function chess(random: Random, variant: number): Shape {
  const foot = random.between(0.42, 0.5);
  const stem = random.between(0.15, 0.21);
  const flutes = random.pick([0, 0, 8, 12]);
  const piece = PIECES[variant % PIECES.length] ?? "Pawn";
  const top = { King: 0.6, Queen: 0.5, Bishop: 0.35, Rook: 0.1, Pawn: -0.1 }[piece];
  const collar = top - 0.12;
  const lower: OutlinePoint[] = [
    [0, -1],
    [foot * 0.6, -1],
    [foot, -1],
    [foot, -1],
    [foot, -0.93],
    [foot * 0.9, -0.86],
    [foot * 0.92, -0.8],
    [foot * 0.62, -0.68],
    [stem * 1.25, -0.4],
    [stem, collar - 0.1],
    [stem * 1.15, collar - 0.02],
    [stem * 1.9, collar],
    [stem * 1.9, collar + 0.04],
    [stem * 1.1, collar + 0.07],
  ];
  const ripple = (u: number, z: number) => {
    const onStem = smoothStep(-0.7, -0.5, z) * (1 - smoothStep(collar - 0.2, collar - 0.1, z));
    const flute = flutes === 0 ? 1 : 1 - 0.09 * onStem * (0.5 + 0.5 * Math.cos(flutes * u * TAU));
    return flute * crown(piece, u, z, top);
  };
  return lathe([...lower, ...head(piece, top, stem)], {
    ripple,
    lift: (u, r, z) =>
      piece === "Rook" && z > top + 0.28 && r > stem * 1.2
        ? (Math.sin(6 * u * TAU) > 0 ? 0 : -0.09)
        : 0,
  });
}

function head(piece: (typeof PIECES)[number], z: number, stem: number): OutlinePoint[] {
  switch (piece) {
    case "King":
      return [
        [stem * 1.2, z],
        [stem * 1.75, z + 0.26],
        [stem * 1.8, z + 0.28],
        [stem * 1.2, z + 0.32],
        [stem * 0.45, z + 0.36],
        [stem * 0.4, z + 0.4],
        [stem * 0.55, z + 0.5],
        [stem * 0.3, z + 0.56],
        [0, z + 0.57],
      ];
    case "Queen":
      return [
        [stem * 1.1, z],
        [stem * 1.9, z + 0.3],
        [stem * 1.7, z + 0.34],
        [stem * 1.1, z + 0.32],
        [stem * 0.5, z + 0.4],
        [stem * 0.55, z + 0.46],
        [stem * 0.3, z + 0.51],
        [0, z + 0.52],
      ];
    case "Bishop":
      return [
        [stem * 1.2, z],
        [stem * 1.6, z + 0.12],
        [stem * 1.1, z + 0.32],
        [stem * 0.4, z + 0.43],
        [stem * 0.42, z + 0.48],
        [stem * 0.2, z + 0.52],
        [0, z + 0.53],
      ];
    case "Rook":
      return [
        [stem * 1.4, z],
        [stem * 1.5, z + 0.1],
        [stem * 1.95, z + 0.14],
        [stem * 1.95, z + 0.14],
        [stem * 1.95, z + 0.36],
        [stem * 1.95, z + 0.36],
        [stem * 1.4, z + 0.36],
        [stem * 1.4, z + 0.36],
        [stem * 1.35, z + 0.2],
        [stem * 1.3, z + 0.2],
        [0, z + 0.2],
      ];
    case "Pawn":
      return [[stem * 1.1, z], [stem * 1.85, z + 0.18], [stem * 1.5, z + 0.34], [
        stem * 0.8,
        z + 0.4,
      ], [0, z + 0.42]];
  }
}

function crown(piece: (typeof PIECES)[number], u: number, z: number, top: number): number {
  if (piece === "Queen" && z > top + 0.24 && z < top + 0.36) {
    return 1 + 0.12 * Math.cos(9 * u * TAU);
  }
  if (piece === "King" && z > top + 0.38) return 0.75 + 0.55 * Math.abs(Math.cos(u * TAU)) ** 6;
  // The slanting cut in the mitre.
  if (piece !== "Bishop" || z < top + 0.1 || z > top + 0.36) return 1;
  const slant = z - top - 0.22 - 0.12 * Math.cos(u * TAU);
  return Math.abs(slant) < 0.035 && Math.cos(u * TAU) > -0.3 ? 0.72 : 1;
}
