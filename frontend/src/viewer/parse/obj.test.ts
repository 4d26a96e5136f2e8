import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cornersOfMesh } from "../testing/corners_of_mesh.ts";
import { box, cornersOf } from "../testing/shape.ts";
import { shapes } from "../testing/shapes.ts";
import { writeObj } from "../testing/write_obj.ts";
import { HARD_LIMITS } from "./limits.ts";
import { parseObj } from "./obj.ts";

const parse = (text: string) => parseObj(new TextEncoder().encode(text), HARD_LIMITS);
const POINTS = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 0 0 1\n";
const indicesOf = (faces: string) => [...parse(POINTS + faces).indices ?? []];

describe("parseObj()", () => {
  test("reads back every file", () => {
    fc.assert(fc.property(shapes(), fc.boolean(), (shape, negative) => {
      const mesh = parseObj(writeObj(shape, negative), HARD_LIMITS);
      expect(cornersOfMesh(mesh)).toEqual(cornersOf(shape));
      expect(mesh.complete).toBe(true);
    }));
  });

  test("measures only points that are part of a face", () => {
    expect(parse(`v 900 900 900\n${POINTS}f 2 3 4`).bounds).toEqual({
      min: [0, 0, 0],
      max: [1, 1, 0],
    });
  });

  test("makes fans of quads and larger polygons", () => {
    expect(indicesOf("f 1 2 3 4")).toEqual([0, 1, 2, 0, 2, 3]);
    expect(indicesOf("f 1 2 3 4 5")).toEqual([0, 1, 2, 0, 2, 3, 0, 3, 4]);
  });

  test("passes over texture coordinates and normals", () => {
    expect(indicesOf("vt 0 0\nvn 0 0 1\nf 1/1 2/1/1 3//1")).toEqual([0, 1, 2]);
  });

  test("counts negative indices from the point defined last so far", () => {
    expect(indicesOf("f -1 -2 -5\nv 7 7 7\nf -1 1 2")).toEqual([4, 3, 0, 5, 0, 1]);
  });

  test("lets a face name points that come later", () => {
    expect([...parse(`f 1 2 3\n${POINTS}`).indices ?? []]).toEqual([0, 1, 2]);
  });

  test("joins continued lines", () => {
    expect(indicesOf("f 1 2 \\\n  3 4\n")).toEqual([0, 1, 2, 0, 2, 3]);
    expect(indicesOf("f 1 2\\\r\n 3\r\n# comment \\\nf 1 2 4\n")).toEqual([0, 1, 2]);
  });

  test("takes all line endings, tabs, blanks and upper case", () => {
    const lines = `${POINTS}F\t1  2 3 \nl 1 2\np 1\ng group f 1 2 3\nusemtl f\n`;
    for (const end of ["\n", "\r\n", "\r"]) {
      expect(parse(lines.replaceAll("\n", end)).triangles).toBe(1);
    }
  });

  test("takes weights and colours behind the coordinates", () => {
    const mesh = parse("v 1 2 3 1.0\nv 4 5 6 0.1 0.2 0.3\nv 7 8 9\nf 1 2 3");
    expect([...mesh.positions]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test.each([
    ["points without faces", POINTS, "empty"],
    ["faces of two corners", `${POINTS}f 1 2`, "empty"],
    ["an index beyond the points", `${POINTS}f 1 2 6`, "damaged"],
    ["index zero", `${POINTS}f 0 1 2`, "damaged"],
    ["a negative index before the first point", `${POINTS}f -6 1 2`, "damaged"],
    ["an index that is no number", `${POINTS}f one two three`, "damaged"],
    ["an index that is not whole", `${POINTS}f 1.5 2 3`, "damaged"],
    ["points without numbers", "v a b c\nv a b c\nv a b c\nf 1 2 3", "damaged"],
  ])("refuses %s", (_, text, code) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ name: "ParseError", code }));
  });

  test("refuses more triangles than allowed", () => {
    const limits = { ...HARD_LIMITS, triangles: 11 };
    expect(() => parseObj(writeObj(box(1, 1, 1)), limits))
      .toThrow(expect.objectContaining({ code: "tooLarge" }));
  });
});
