import { Random } from "../random.ts";

/** A closed surface over u, v in [0, 1]: always closed around u; along v a ring, or closed by two poles. */
export interface Shape {
  readonly name: string;
  readonly closedBy: "ring" | "poles";
  /** Writes x, y, z in units of about ±1. */
  readonly at: (u: number, v: number, out: Float64Array) => void;
}

const TAU = Math.PI * 2;

/** One of the shapes that the simulator knows, with proportions of its own. */
export function makeShape(random: Random): Shape {
  return random.pick([egg, knot, terrain, gear, vase, tower, shell, asteroid])(random);
}

function egg(random: Random): Shape {
  const columns = random.int(7, 14);
  const rows = random.int(8, 16);
  const depth = random.between(0.03, 0.09);
  return {
    name: "egg",
    closedBy: "poles",
    at(u, v, out) {
      const polar = v * Math.PI;
      const scale = Math.abs(Math.sin(columns * u * Math.PI + rows * v * 1.5)) *
        Math.abs(Math.sin(rows * v * Math.PI));
      const r = Math.sin(polar) * (0.72 + 0.12 * Math.cos(polar)) * (1 + depth * scale);
      out[0] = r * Math.cos(u * TAU);
      out[1] = r * Math.sin(u * TAU);
      out[2] = -Math.cos(polar) * (1 + depth * 0.5 * scale);
    },
  };
}

function knot(random: Random): Shape {
  const [p, q] = random.pick([[2, 3], [3, 2], [2, 5], [3, 4]]);
  const thickness = random.between(0.12, 0.2);
  const centre = (t: number): readonly [number, number, number] => {
    const r = 0.62 + 0.26 * Math.cos(q * t);
    return [r * Math.cos(p * t), r * Math.sin(p * t), 0.36 * Math.sin(q * t)];
  };
  return {
    name: "knot",
    closedBy: "ring",
    at(u, v, out) {
      const t = v * TAU;
      const [x, y, z] = centre(t);
      const [nx, ny, nz] = centre(t + 1e-3);
      const tangent = unit([nx - x, ny - y, nz - z]);
      const side = unit(cross(tangent, [x, y, z]));
      const up = cross(side, tangent);
      const a = Math.cos(u * TAU) * thickness;
      const b = Math.sin(u * TAU) * thickness;
      out[0] = x + side[0] * a + up[0] * b;
      out[1] = y + side[1] * a + up[1] * b;
      out[2] = z + side[2] * a + up[2] * b;
    },
  };
}

/** A hexagonal terrain tile: hills and a flat underside. */
function terrain(random: Random): Shape {
  const waves = Array.from({ length: 9 }, (_, i) => ({
    fx: random.between(-2.5, 2.5) * (1 + i * 0.6),
    fy: random.between(-2.5, 2.5) * (1 + i * 0.6),
    phase: random.between(0, TAU),
    weight: 0.26 / (1 + i * 0.8),
  }));
  return {
    name: "terrain",
    closedBy: "poles",
    at(u, v, out) {
      const angle = u * TAU;
      const sector = (angle % (Math.PI / 3)) - Math.PI / 6;
      const rim = 0.87 / Math.cos(sector);
      const onTop = v > 0.3;
      // From the middle of the underside out to the rim, up the side, and over the hills to the middle.
      const r = v < 0.2 ? rim * v / 0.2 : onTop ? rim * (1 - (v - 0.3) / 0.7) : rim;
      out[0] = r * Math.cos(angle);
      out[1] = r * Math.sin(angle);
      if (v < 0.2) {
        out[2] = -0.4;
        return;
      }
      let height = 0;
      for (const { fx, fy, phase, weight } of waves) {
        height += weight * Math.sin(fx * out[0] + fy * out[1] + phase);
      }
      const top = -0.15 + Math.max(-0.1, height);
      out[2] = onTop ? top : -0.4 + (top + 0.4) * (v - 0.2) / 0.1;
    },
  };
}

function gear(random: Random): Shape {
  const teeth = random.int(9, 24);
  const bore = random.between(0.2, 0.4);
  const half = random.between(0.12, 0.3);
  return {
    name: "gear",
    closedBy: "ring",
    at(u, v, out) {
      const angle = u * TAU;
      const tooth = Math.max(-1, Math.min(1, 2.6 * Math.sin(teeth * angle)));
      const outer = 0.88 + 0.1 * tooth;
      // Around the rectangle of the cross-section: underside, outside, top, bore.
      const side = Math.floor(v * 4) % 4;
      const t = v * 4 - Math.floor(v * 4);
      const r = side === 0
        ? bore + (outer - bore) * t
        : side === 1
        ? outer
        : side === 2
        ? outer - (outer - bore) * t
        : bore;
      out[0] = r * Math.cos(angle);
      out[1] = r * Math.sin(angle);
      out[2] = side === 0
        ? -half
        : side === 1
        ? -half + 2 * half * t
        : side === 2
        ? half
        : half - 2 * half * t;
    },
  };
}

function vase(random: Random): Shape {
  const ribs = random.int(5, 16);
  const twist = random.between(-1.4, 1.4);
  const belly = random.between(0.15, 0.32);
  const wall = 0.06;
  return {
    name: "vase",
    closedBy: "poles",
    at(u, v, out) {
      // Underside, outer wall upwards, inner wall downwards, floor.
      const outside = v < 0.55;
      const climb = outside ? Math.max(0, (v - 0.08) / 0.47) : Math.min(1, (0.92 - v) / 0.37);
      const h = Math.max(0, climb);
      const profile = 0.42 + belly * Math.sin(h * Math.PI * 1.25);
      const flat = v < 0.08 ? v / 0.08 : v > 0.92 ? (1 - v) / 0.08 : 1;
      const angle = u * TAU + twist * h;
      const rib = 1 + 0.05 * Math.cos(ribs * u * TAU);
      const r = (profile * rib - (outside ? 0 : wall)) * flat;
      out[0] = r * Math.cos(angle);
      out[1] = r * Math.sin(angle);
      out[2] = -1 + h * 2 + (outside ? 0 : wall * (1 - h));
    },
  };
}

function tower(random: Random): Shape {
  const merlons = random.int(6, 12);
  const stones = random.int(10, 18);
  const girth = random.between(0.4, 0.55);
  return {
    name: "tower",
    closedBy: "poles",
    at(u, v, out) {
      const angle = u * TAU;
      const outside = v < 0.7;
      const h = outside ? Math.max(0, Math.min(1, (v - 0.06) / 0.64)) : 1;
      const crown = h > 0.78 ? 0.12 : 0;
      const base = h < 0.12 ? 0.1 * (1 - h / 0.12) : 0;
      const course = Math.floor(h * 14);
      const joint = Math.abs(Math.sin(stones * angle / 2 + course * 1.57)) < 0.16 ? 0.018 : 0;
      const gap = h > 0.9 && Math.sin(merlons * angle) < 0 ? 0.2 : 0;
      const wall = girth + crown + base - joint;
      const inward = v < 0.06 ? v / 0.06 : outside ? 1 : v < 0.8 ? 0.78 : 0.78 * (1 - v) / 0.2;
      out[0] = wall * inward * Math.cos(angle);
      out[1] = wall * inward * Math.sin(angle);
      out[2] = outside ? -1 + 2 * h - gap : v < 0.8 ? 0.95 - (v - 0.7) * 4 - gap : 0.6;
    },
  };
}

function shell(random: Random): Shape {
  const turns = random.between(2, 3.5);
  const ridges = random.int(30, 60);
  return {
    name: "shell",
    closedBy: "poles",
    at(u, v, out) {
      const t = v * turns * TAU;
      const grow = 0.08 + 0.92 * v * v;
      const cap = Math.min(1, v * 12, (1 - v) * 12);
      const radius = 0.42 * grow * cap * (1 + 0.05 * Math.sin(ridges * v * TAU));
      const ring = 0.55 * grow + radius * Math.cos(u * TAU);
      out[0] = ring * Math.cos(t);
      out[1] = ring * Math.sin(t);
      out[2] = 1 - 1.6 * v + radius * Math.sin(u * TAU);
    },
  };
}

function asteroid(random: Random): Shape {
  const craters = Array.from({ length: 14 }, () => {
    const z = random.between(-1, 1);
    const a = random.between(0, TAU);
    const r = Math.sqrt(1 - z * z);
    return { x: r * Math.cos(a), y: r * Math.sin(a), z, size: random.between(0.15, 0.5) };
  });
  return {
    name: "asteroid",
    closedBy: "poles",
    at(u, v, out) {
      const polar = v * Math.PI;
      const x = Math.sin(polar) * Math.cos(u * TAU);
      const y = Math.sin(polar) * Math.sin(u * TAU);
      const z = -Math.cos(polar);
      let r = 0.9;
      for (const crater of craters) {
        const d = Math.hypot(x - crater.x, y - crater.y, z - crater.z) / crater.size;
        if (d < 1.4) r += crater.size * 0.3 * (d < 1 ? d * d - 0.8 : 0.2 * (1.4 - d) / 0.4);
      }
      out[0] = x * r;
      out[1] = y * r * 0.9;
      out[2] = z * r * 0.95;
    },
  };
}

type Vector = readonly [number, number, number];

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}
