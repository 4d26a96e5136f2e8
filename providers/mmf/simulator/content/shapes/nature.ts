import type { Random } from "../../random.ts";
import { lathe, type OutlinePoint } from "./lathe.ts";
import { type Shape, smoothStep, TAU } from "./shape.ts";

/** A fir tree in tiers, on a piece of ground. */
export function fir(random: Random): Shape {
  const tiers = random.int(4, 6);
  const wobble = random.int(5, 9);
  const outline: OutlinePoint[] = [[0, -1], [0.42, -1], [0.42, -1], [0.38, -0.93], [0.14, -0.88], [
    0.1,
    -0.7,
  ]];
  for (let tier = 0; tier < tiers; tier++) {
    const t = tier / tiers;
    const z = -0.7 + 1.55 * t;
    const r = 0.56 * (1 - t) + 0.08;
    outline.push([r * 0.45, z], [r, z - 0.05], [r, z - 0.05], [r * 0.42, z + 1.3 / tiers]);
  }
  outline.push([0.02, 1], [0, 1]);
  return lathe(outline, {
    ripple: (u, z) =>
      z < -0.75 ? 1 + 0.05 * Math.sin(3 * u * TAU) : 1 + 0.13 * Math.sin(wobble * u * TAU + z * 9) +
        0.07 * Math.sin(17 * u * TAU + z * 23),
    lift: (u, r, z) => z < -0.75 ? 0 : -0.1 * r * (1 + Math.cos(wobble * u * TAU + z * 9)),
  });
}

/** A toadstool with warts. */
export function mushroom(random: Random): Shape {
  const cap = random.between(0.6, 0.85);
  const stalk = random.between(0.15, 0.24);
  const lean = random.between(0.05, 0.2);
  const warts = Array.from(
    { length: 22 },
    () => ({ u: random.next(), z: random.between(0.35, 0.95) }),
  );
  const shape = lathe([
    [0, -1],
    [stalk * 1.2, -1],
    [stalk * 1.8, -0.98],
    [stalk * 1.5, -0.8],
    [stalk, -0.4],
    [stalk * 0.9, 0.1],
    [stalk * 1.3, 0.16],
    [cap * 0.75, 0.12],
    [cap, 0.08],
    [cap, 0.08],
    [cap * 1.02, 0.2],
    [cap * 0.85, 0.55],
    [cap * 0.45, 0.83],
    [0.1, 0.92],
    [0, 0.92],
  ], {
    ripple(u, z) {
      if (z < 0.25) return z < 0 ? 1 + 0.04 * Math.sin(11 * u * TAU) : 1;
      let bump = 0;
      for (const wart of warts) {
        const across = Math.min(Math.abs(u - wart.u), 1 - Math.abs(u - wart.u)) * 5 * (1.05 - z);
        bump = Math.max(bump, 1 - smoothStep(0.05, 0.11, Math.hypot(across, z - wart.z)));
      }
      return 1 + 0.07 * bump;
    },
  });
  return {
    closedBy: "poles",
    at(u, v, out) {
      shape.at(u, v, out);
      out[0] = (out[0] ?? 0) + lean * ((out[2] ?? 0) + 1) ** 2 / 4;
    },
  };
}

/** A barrel cactus in its pot. */
export function cactus(random: Random): Shape {
  const ribs = random.int(8, 16);
  const height = random.between(0.55, 1);
  const girth = random.between(0.42, 0.55);
  return lathe([
    [0, -1],
    [0.34, -1],
    [0.42, -1],
    [0.42, -1],
    [0.5, -0.5],
    [0.56, -0.5],
    [0.56, -0.5],
    [0.56, -0.38],
    [0.56, -0.38],
    [0.47, -0.38],
    [0.46, -0.42],
    [0.3, -0.43],
    [girth * 0.8, -0.36],
    [girth, 0.05],
    [girth * 0.8, height * 0.75],
    [girth * 0.3, height],
    [0, height * 0.99],
  ], {
    ripple: (u, z) => z > -0.36 ? 0.9 + 0.14 * Math.abs(Math.cos(ribs * u * Math.PI)) : 1,
  });
}
