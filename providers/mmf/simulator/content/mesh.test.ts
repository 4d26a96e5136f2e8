import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { makeMesh, maxCornersOf, netFor, trianglesOf, volume } from "./mesh.ts";
import { SUBJECTS } from "./sculpt.ts";

const CUBE = { subject: "die", variant: 4 } as const;

test.each(SUBJECTS)("makeMesh() makes a closed surface of a %s that faces outwards", (subject) => {
  for (let variant = 0; variant < 6; variant++) {
    const { corners, triangles } = makeMesh({ subject, variant }, new Random(variant), netFor(600));
    const edges = new Set<string>();
    for (let i = 0; i < triangles.length; i += 3) {
      const [a, b, c] = triangles.subarray(i, i + 3);
      for (const edge of [`${a}-${b}`, `${b}-${c}`, `${c}-${a}`]) {
        expect(edges.has(edge)).toBe(false);
        edges.add(edge);
      }
    }
    const open = [...edges].filter((edge) => !edges.has(edge.split("-").reverse().join("-")));
    expect(open).toEqual([]);
    expect(volume(corners, triangles)).toBeGreaterThan(0);
  }
});

test.each(SUBJECTS)(
  "makeMesh() makes a %s of a size that a printer takes, on its bed",
  (subject) => {
    for (let seed = 0; seed < 20; seed++) {
      const { corners } = makeMesh({ subject, variant: seed }, new Random(seed), netFor(900));
      const heights = corners.filter((_, i) => i % 3 === 2);
      expect(Math.min(...heights)).toBeCloseTo(0);
      expect(corners.every((value) => Number.isFinite(value) && Math.abs(value) < 260)).toBe(true);
      expect(Math.max(...corners)).toBeGreaterThan(6);
    }
  },
);

test("makeMesh() makes as many triangles as the net says", () => {
  for (const wanted of [1, 100, 5_000]) {
    const net = netFor(wanted);
    const { corners, triangles } = makeMesh(CUBE, new Random(wanted), net);
    expect(triangles.length / 3).toBe(trianglesOf(net));
    expect(corners.length / 3).toBeLessThanOrEqual(maxCornersOf(net));
  }
  expect(trianglesOf(netFor(5_000))).toBeGreaterThan(4_800);
  expect(trianglesOf(netFor(5_000))).toBeLessThan(5_200);
});

test("makeMesh() gives the parts of one model different shapes of one style", () => {
  const part = (variant: number) =>
    makeMesh({ subject: "chess", variant }, new Random(7), netFor(600)).corners;
  expect(part(0)).toEqual(part(0));
  expect(part(0)).not.toEqual(part(1));
  const width = (corners: Float32Array) => Math.max(...corners.filter((_, i) => i % 3 === 0));
  expect(width(part(0))).toBeCloseTo(width(part(4)), 0);
});
