import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { makeMesh, maxCornersOf, netFor, trianglesOf, volume } from "./mesh.ts";

test("makeMesh() makes closed surfaces that face outwards, of every shape", () => {
  const names = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const { name, corners, triangles } = makeMesh(new Random(seed), netFor(600));
    names.add(name);
    const edges = new Set<string>();
    for (let i = 0; i < triangles.length; i += 3) {
      const [a, b, c] = triangles.subarray(i, i + 3);
      for (const edge of [`${a}-${b}`, `${b}-${c}`, `${c}-${a}`]) {
        expect(edges.has(edge)).toBe(false);
        edges.add(edge);
      }
    }
    for (const edge of edges) {
      expect(edges.has(edge.split("-").reverse().join("-")), `${name} ${edge}`).toBe(true);
    }
    expect(volume(corners, triangles)).toBeGreaterThan(0);
    expect(corners.every((value) => Math.abs(value) < 200)).toBe(true);
  }
  expect(names.size).toBe(8);
});

test("makeMesh() makes as many triangles as the net says", () => {
  for (const wanted of [1, 100, 5_000]) {
    const net = netFor(wanted);
    const { corners, triangles } = makeMesh(new Random(wanted), net);
    expect(triangles.length / 3).toBe(trianglesOf(net));
    expect(corners.length / 3).toBeLessThanOrEqual(maxCornersOf(net));
  }
  expect(trianglesOf(netFor(5_000))).toBeGreaterThan(4_800);
  expect(trianglesOf(netFor(5_000))).toBeLessThan(5_200);
});
