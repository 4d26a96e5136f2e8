import type { Random } from "../../random.ts";
import { type Shape, smoothStep, TAU } from "./shape.ts";

type Ground = (x: number, y: number) => number;

/** Kinds of ground, in the order of the variants of {@linkcode hexTile}. */
export const GROUNDS = ["hills", "mountain", "dunes", "lake", "cobbles"] as const;

/** A hexagonal tile of a map. */
export function hexTile(random: Random, variant: number): Shape {
  return slab(ground(random, GROUNDS[variant % GROUNDS.length] ?? "hills"), 0.26, (angle) => {
    const sector = angle % (Math.PI / 3) - Math.PI / 6;
    return 0.88 / Math.cos(sector);
  });
}

/** A round base for a figure: cobbles or cracked earth, with the bevelled rim that bases have. */
export function base(random: Random, variant: number): Shape {
  const top = ground(random, variant % 2 === 0 ? "cobbles" : "hills");
  const kept = slab(
    (x, y) => 0.5 * top(x, y) * (1 - smoothStep(0.8, 0.9, Math.hypot(x, y))),
    0.16,
    () => 0.92,
  );
  return {
    closedBy: "poles",
    at(u, v, out) {
      kept.at(u, v, out);
      // Wider at the foot.
      const grow = (out[2] ?? 0) < -0.2 ? 1.07 : 1;
      out[0] = (out[0] ?? 0) * grow;
      out[1] = (out[1] ?? 0) * grow;
    },
  };
}

/** A plate with a height map on top. */
function slab(height: Ground, thickness: number, rimAt: (angle: number) => number): Shape {
  return {
    closedBy: "poles",
    at(u, v, out) {
      const angle = u * TAU;
      const rim = rimAt(angle);
      // From the middle of the underside out to the rim, up the side, and over the ground to the middle.
      const isTop = v > 0.16;
      const r = v < 0.1 ? rim * v / 0.1 : isTop ? rim * Math.sqrt(1 - (v - 0.16) / 0.84) : rim;
      const x = r * Math.cos(angle);
      const y = r * Math.sin(angle);
      const bottom = -0.16 - thickness;
      const top = height(x, y) - 0.16;
      out[0] = x;
      out[1] = y;
      out[2] = v < 0.1 ? bottom : isTop ? top : bottom + (top - bottom) * (v - 0.1) / 0.06;
    },
  };
}

function ground(random: Random, kind: (typeof GROUNDS)[number]): Ground {
  const noise = waves(random);
  switch (kind) {
    case "hills":
      return (x, y) => 0.14 + 0.9 * noise(x, y);
    case "mountain": {
      const cx = random.between(-0.2, 0.2);
      const cy = random.between(-0.2, 0.2);
      return (x, y) => {
        const d = Math.hypot(x - cx, y - cy);
        const ridge = 1 - Math.abs(noise(x * 1.6, y * 1.6)) * 2.2;
        return 0.05 + Math.max(0, 0.95 - 1.25 * d) * (0.55 + 0.45 * ridge) +
          0.12 * noise(x * 2, y * 2);
      };
    }
    case "dunes": {
      const turn = random.between(0, TAU);
      return (x, y) => {
        const t = (x * Math.cos(turn) + y * Math.sin(turn)) * 2.1 + 0.9 * noise(x, y);
        const phase = ((t % 1) + 1) % 1;
        return 0.06 +
          0.22 * (phase < 0.7 ? smoothStep(0, 0.7, phase) : 1 - smoothStep(0.7, 1, phase));
      };
    }
    case "lake":
      return (x, y) => Math.max(0.02, 0.1 + 1.2 * noise(x, y) + 0.25 * (Math.hypot(x, y) - 0.55));
    case "cobbles": {
      const stones = scattered(random, 46);
      return (x, y) => {
        let nearest = Infinity;
        let second = Infinity;
        let lift = 0;
        for (const stone of stones) {
          const d = Math.hypot(x - stone.x, y - stone.y);
          if (d < nearest) {
            second = nearest;
            nearest = d;
            lift = stone.lift;
          } else if (d < second) second = d;
        }
        return 0.02 + (0.1 + lift) * smoothStep(0.01, 0.1, second - nearest);
      };
    }
  }
}

/** Soft noise of about ±0.3. */
function waves(random: Random): Ground {
  const all = Array.from({ length: 10 }, (_, i) => ({
    fx: random.between(-2.4, 2.4) * (1 + i * 0.6),
    fy: random.between(-2.4, 2.4) * (1 + i * 0.6),
    phase: random.between(0, TAU),
    weight: 0.17 / (1 + i * 0.75),
  }));
  return (x, y) => {
    let sum = 0;
    for (const { fx, fy, phase, weight } of all) sum += weight * Math.sin(fx * x + fy * y + phase);
    return sum;
  };
}

/** Points over the tile that keep apart: Mitchell's best of six candidates. */
function scattered(random: Random, count: number) {
  const points: { x: number; y: number; lift: number }[] = [];
  for (let i = 0; i < count; i++) {
    let best = { x: 0, y: 0, lift: 0 };
    let farthest = -1;
    for (let tries = 0; tries < 6; tries++) {
      const x = random.between(-1, 1);
      const y = random.between(-1, 1);
      const d = Math.min(2, ...points.map((point) => Math.hypot(point.x - x, point.y - y)));
      if (d <= farthest) continue;
      farthest = d;
      best = { x, y, lift: random.between(0, 0.06) };
    }
    points.push(best);
  }
  return points;
}
