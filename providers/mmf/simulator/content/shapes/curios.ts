import type { Random } from "../../random.ts";
import { cross, type Shape, TAU, unit, type Vector } from "./shape.ts";

/** An egg under scales that run around it both ways. */
export function egg(random: Random): Shape {
  const columns = random.int(7, 11);
  const rows = random.int(6, 9);
  const depth = random.between(0.09, 0.15);
  return {
    closedBy: "poles",
    at(u, v, out) {
      const polar = v * Math.PI;
      const one = Math.abs(Math.sin((columns * u + rows * v) * Math.PI));
      const other = Math.abs(Math.sin((columns * u - rows * v) * Math.PI));
      const scale = depth * Math.sqrt(one * other) * Math.min(1, Math.sin(polar) * 2.2);
      const r = Math.sin(polar) * (0.7 + 0.1 * Math.cos(polar)) * (1 + scale);
      out[0] = r * Math.cos(u * TAU);
      out[1] = r * Math.sin(u * TAU);
      out[2] = -Math.cos(polar) * (1 + scale * 0.3);
    },
  };
}

/** A torus knot of round or ribbon-like section. */
export function knot(random: Random): Shape {
  const [p, q] = random.pick([[2, 3], [3, 2], [2, 5], [3, 4], [2, 7], [3, 5]]);
  const wide = random.between(0.11, 0.17);
  const thin = wide * random.between(0.55, 1);
  const centre = (t: number): Vector => {
    const r = 0.62 + 0.26 * Math.cos(q * t);
    return [r * Math.cos(p * t), r * Math.sin(p * t), 0.34 * Math.sin(q * t)];
  };
  return {
    closedBy: "ring",
    at(u, v, out) {
      const t = v * TAU;
      const [x, y, z] = centre(t);
      const [nx, ny, nz] = centre(t + 1e-3);
      const tangent = unit([nx - x, ny - y, nz - z]);
      const side = unit(cross(tangent, [x, y, z]));
      const up = cross(side, tangent);
      const a = Math.cos(u * TAU) * wide;
      const b = Math.sin(u * TAU) * thin;
      out[0] = x + side[0] * a + up[0] * b;
      out[1] = y + side[1] * a + up[1] * b;
      out[2] = z + side[2] * a + up[2] * b;
    },
  };
}

/** A coiled shell with growth ridges, lying on its side. */
export function shell(random: Random): Shape {
  const turns = random.between(2.2, 3.2);
  const ridges = random.int(40, 70);
  const spire = random.between(0, 0.55);
  const growth = Math.log(6.5);
  return {
    closedBy: "poles",
    at(u, v, out) {
      const t = v * turns * TAU;
      const grow = Math.exp(growth * (v - 1));
      const cap = Math.min(1, Math.sqrt(v * 8), Math.sqrt((1 - v) * 30));
      const radius = 0.36 * grow * cap * (1 + 0.045 * Math.sin(ridges * v * TAU));
      const ring = 0.62 * grow + radius * Math.cos(u * TAU);
      out[0] = ring * Math.cos(t);
      out[1] = radius * Math.sin(u * TAU) * 1.15 - spire * grow;
      out[2] = ring * Math.sin(t);
    },
  };
}

/** A cratered moon. */
export function moon(random: Random): Shape {
  const craters = Array.from({ length: 34 }, (_, i) => {
    const z = random.between(-1, 1);
    const a = random.between(0, TAU);
    const r = Math.sqrt(1 - z * z);
    return {
      x: r * Math.cos(a),
      y: r * Math.sin(a),
      z,
      size: i < 6 ? random.between(0.25, 0.5) : random.between(0.08, 0.22),
    };
  });
  const [a, b, c] = [random.between(2, 4), random.between(2, 4), random.between(0, TAU)];
  return {
    closedBy: "poles",
    at(u, v, out) {
      const polar = v * Math.PI;
      const x = Math.sin(polar) * Math.cos(u * TAU);
      const y = Math.sin(polar) * Math.sin(u * TAU);
      const z = -Math.cos(polar);
      let r = 0.92 + 0.025 * Math.sin(a * x * 2 + c) * Math.sin(b * y * 2) +
        0.02 * Math.sin(5 * z + a);
      for (const crater of craters) {
        const d = Math.hypot(x - crater.x, y - crater.y, z - crater.z) / crater.size;
        if (d < 1.5) {
          r += crater.size * (d < 1 ? 0.2 * (d * d - 0.72) : 0.056 * ((1.5 - d) / 0.5) ** 2);
        }
      }
      out[0] = x * r;
      out[1] = y * r;
      out[2] = z * r;
    },
  };
}
