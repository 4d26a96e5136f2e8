import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { box, type Shape, torus } from "../testing/shape.ts";
import { shapes } from "../testing/shapes.ts";
import { writeObj } from "../testing/write_obj.ts";
import { writeBinaryStl } from "../testing/write_stl.ts";
import { creasedNormals } from "./creased_normals.ts";
import { HARD_LIMITS } from "./limits.ts";
import { parseObj } from "./obj.ts";
import { parseStl } from "./stl.ts";

const shade = (shape: Shape) => creasedNormals(parseStl(writeBinaryStl(shape), HARD_LIMITS));

describe("creasedNormals()", () => {
  test("keeps every triangle where it was", () => {
    fc.assert(fc.property(shapes(), (shape) => {
      const mesh = parseStl(writeBinaryStl(shape), HARD_LIMITS);
      const { positions, indices } = creasedNormals(mesh);
      const corners = [...indices].flatMap((at) => [...positions.subarray(at * 3, at * 3 + 3)]);
      expect(corners).toEqual([...mesh.positions].map((x) => x + 0));
    }));
  });

  test("gives a box six flat sides with sharp edges", () => {
    const { positions, normals } = shade(box(1, 2, 3));
    expect(positions.length / 3).toBe(24);
    for (let at = 0; at < normals.length; at += 4) {
      const sides = [...normals.subarray(at, at + 3)].filter((n) => n !== 0);
      expect(sides.map(Math.abs)).toEqual([32767]);
    }
  });

  test("makes a finely divided torus one smooth surface", () => {
    const { positions } = shade(torus(120, 60));
    expect(positions.length / 3).toBe(120 * 60);
  });

  test("points outwards", () => {
    const { positions, normals } = shade(torus(60, 30));
    let outward = 0;
    for (let i = 0; i < positions.length / 3; i++) {
      const [x = 0, y = 0, z = 0] = positions.subarray(i * 3);
      const [nx = 0, ny = 0, nz = 0] = normals.subarray(i * 4);
      const ring = 34 / Math.hypot(x, y);
      if ((x - x * ring) * nx + (y - y * ring) * ny + (z - 16) * nz > 0) outward++;
    }
    expect(outward).toBe(positions.length / 3);
  });

  test("joins points that an OBJ file repeats", () => {
    const { points } = box(1, 1, 1);
    const twice = { points: [...points, ...points], triangles: [[0, 2, 3], [8, 11, 9]] } as const;
    const mesh = parseObj(writeObj(twice), HARD_LIMITS);
    expect(creasedNormals(mesh).positions.length / 3).toBe(4);
  });

  test("takes a fan of very many triangles", () => {
    const rim = Array.from({ length: 20_000 }, (_, i) => {
      return [Math.cos(i), Math.sin(i), 0] as const;
    });
    const triangles = rim.map((_, i) => [0, 1 + i, 1 + (i + 1) % rim.length] as const);
    const { indices } = shade({ points: [[0, 0, 0], ...rim], triangles });
    expect(indices.length).toBe(60_000);
  });
});
