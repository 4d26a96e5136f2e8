import type { Random } from "../../random.ts";
import { cross, type Shape, TAU, unit, type Vector } from "./shape.ts";

interface Face {
  readonly normal: Vector;
  readonly distance: number;
}

/** Names of the dice, in the order of the variants of {@linkcode die}. */
export const DICE = ["D20", "D12", "D10", "D8", "D6", "D4"] as const;

const GOLDEN = (1 + Math.sqrt(5)) / 2;

/** A die of a set, edges worn round. */
export function die(random: Random, variant: number): Shape {
  const name = DICE[variant % DICE.length] ?? "D20";
  const normals = laidDown(dieNormals(name));
  const sharpness = random.between(0.8, 1.2) * (name === "D4" ? 12 : name === "D6" ? 18 : 26);
  return solid(
    normals.map((normal) => ({ normal, distance: name === "D4" ? 0.5 : 0.82 })),
    sharpness,
  );
}

/** A boulder: cut by chance, weathered a little. */
export function rock(random: Random, variant: number): Shape {
  const flat = random.between(0.55, 0.95);
  const faces = directions(random, random.int(11, 20)).map((normal): Face => ({
    normal,
    distance: random.between(0.62, 0.95) * (1 - (1 - flat) * Math.abs(normal[2])),
  }));
  const ground: Face = { normal: [0, 0, -1], distance: 0.3 };
  return solid([...faces, ground], variant % 2 === 0 ? 40 : 22);
}

/** A crystal: a prism with an uneven point. */
export function crystal(random: Random): Shape {
  const sides = random.pick([5, 6, 6, 7]);
  const faces: Face[] = [{ normal: [0, 0, -1], distance: 0.9 }];
  for (let side = 0; side < sides; side++) {
    const angle = (side + random.between(-0.18, 0.18)) * TAU / sides;
    const across: Vector = [Math.cos(angle), Math.sin(angle), random.between(-0.1, 0.02)];
    faces.push({ normal: unit(across), distance: random.between(0.3, 0.42) });
    const up: Vector = [Math.cos(angle), Math.sin(angle), random.between(0.7, 1.2)];
    faces.push({ normal: unit(up), distance: random.between(0.62, 0.8) });
  }
  return solid(faces, 70);
}

/** The convex body between planes around its middle; a higher `sharpness` makes sharper edges. */
function solid(faces: readonly Face[], sharpness: number): Shape {
  return {
    closedBy: "poles",
    at(u, v, out) {
      const polar = v * Math.PI;
      const x = Math.sin(polar) * Math.cos(u * TAU);
      const y = Math.sin(polar) * Math.sin(u * TAU);
      const z = -Math.cos(polar);
      let sum = 0;
      for (const { normal, distance } of faces) {
        const reach = (normal[0] * x + normal[1] * y + normal[2] * z) / distance;
        if (reach > 0) sum += reach ** sharpness;
      }
      const r = sum ** (-1 / sharpness);
      out[0] = x * r;
      out[1] = y * r;
      out[2] = z * r;
    },
  };
}

function dieNormals(name: (typeof DICE)[number]): Vector[] {
  const signs = [-1, 1];
  const cube = signs.flatMap((a) => signs.flatMap((b) => signs.map((c): Vector => [a, b, c])));
  const golden = (long: number, short: number) =>
    signs.flatMap((a) =>
      signs.flatMap((
        b,
      ): Vector[] => [[0, a * short, b * long], [a * short, b * long, 0], [a * long, 0, b * short]])
    );
  switch (name) {
    case "D20":
      return [...cube, ...golden(GOLDEN, 1 / GOLDEN)].map(unit);
    case "D12":
      return golden(GOLDEN, 1).map(unit);
    case "D10":
      return Array.from({ length: 10 }, (_, i): Vector => {
        const angle = i * TAU / 10;
        return unit([Math.cos(angle), Math.sin(angle), i % 2 === 0 ? 0.85 : -0.85]);
      });
    case "D8":
      return cube.map(unit);
    case "D6":
      return signs.flatMap((a): Vector[] => [[a, 0, 0], [0, a, 0], [0, 0, a]]);
    case "D4":
      return cube.filter(([a, b, c]) => a * b * c > 0).map(unit);
  }
}

/** Turns a die until its first face lies on the table. */
function laidDown(normals: readonly Vector[]): Vector[] {
  const [first = [0, 0, -1]] = normals;
  const side = unit(cross([0, 0, 1], first));
  const up: Vector = [-first[0], -first[1], -first[2]];
  const front = cross(up, side);
  const along = ([x, y, z]: Vector, [a, b, c]: Vector) => x * a + y * b + z * c;
  return normals.map((normal) => [along(normal, side), along(normal, front), along(normal, up)]);
}

/** Directions that are spread about evenly. */
function directions(random: Random, count: number): Vector[] {
  const start = random.between(0, TAU);
  return Array.from({ length: count }, (_, i) => {
    const z = 1 - 2 * (i + 0.5) / count + random.between(-0.5, 0.5) / count;
    const r = Math.sqrt(Math.max(0, 1 - z * z));
    const angle = start + i * TAU / GOLDEN + random.between(-0.35, 0.35);
    return unit([r * Math.cos(angle), r * Math.sin(angle), z]);
  });
}
