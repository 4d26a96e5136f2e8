import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { box, cornersOf } from "../testing/shape.ts";
import { shapes } from "../testing/shapes.ts";
import { writeAsciiStl, writeBinaryStl } from "../testing/write_stl.ts";
import { HARD_LIMITS } from "./limits.ts";
import { ParseError } from "./parse_error.ts";
import { parseStl } from "./stl.ts";

const CUBE = box(10, 20, 30);
const parse = (bytes: Uint8Array) => parseStl(bytes, HARD_LIMITS);
const text = (lines: string) => new TextEncoder().encode(lines);

describe("parseStl()", () => {
  test("reads back every binary file", () => {
    fc.assert(fc.property(shapes(), (shape) => {
      const mesh = parse(writeBinaryStl(shape));
      expect([...mesh.positions]).toEqual(cornersOf(shape));
      expect(mesh.complete).toBe(true);
    }));
  });

  test("reads back every ASCII file", () => {
    fc.assert(fc.property(shapes(), fc.constantFrom("\n", "\r\n", "\r"), (shape, newLine) => {
      const mesh = parse(writeAsciiStl(shape, newLine));
      expect([...mesh.positions]).toEqual(cornersOf(shape));
      expect(mesh.complete).toBe(true);
    }));
  });

  test("measures the model", () => {
    expect(parse(writeBinaryStl(CUBE))).toMatchObject({
      triangles: 12,
      indices: null,
      bounds: { min: [0, 0, 0], max: [10, 20, 30] },
    });
  });

  test("is not fooled by a binary file that begins with solid", () => {
    const header = "solid exported facet normal";
    expect(parse(writeBinaryStl(CUBE, { header })).triangles).toBe(12);
    // Not even with something behind the last triangle.
    const padded = new Uint8Array([...writeBinaryStl(CUBE, { header }), 1, 2, 3]);
    expect(parse(padded)).toMatchObject({ triangles: 12, complete: true });
  });

  test("reads a binary file that lies in the middle of a buffer", () => {
    const bytes = writeBinaryStl(CUBE);
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    expect(parse(larger.subarray(3, 3 + bytes.length)).triangles).toBe(12);
  });

  test("goes by the length when the count was never filled in", () => {
    expect(parse(writeBinaryStl(CUBE, { count: 0 }))).toMatchObject({
      triangles: 12,
      complete: true,
    });
    expect(parse(writeBinaryStl(CUBE, { count: 0xffffffff }))).toMatchObject({
      triangles: 12,
      complete: true,
    });
  });

  test("shows what is there of a truncated binary file, and says that it is not whole", () => {
    const bytes = writeBinaryStl(CUBE);
    expect(parse(bytes.subarray(0, -20))).toMatchObject({ triangles: 11, complete: false });
    expect(parse(bytes.subarray(0, -50))).toMatchObject({ triangles: 11, complete: false });
  });

  test("shows what is there of a truncated ASCII file, and says that it is not whole", () => {
    const bytes = writeAsciiStl(CUBE);
    const mesh = parse(bytes.subarray(0, Math.floor(bytes.length / 2)));
    expect(mesh.complete).toBe(false);
    expect(mesh.triangles).toBeGreaterThan(3);
    expect(mesh.triangles).toBeLessThan(7);
  });

  test("allocates nothing for a count that the file does not hold", () => {
    const lying = writeBinaryStl(CUBE, { count: 4_000_000_000 });
    expect(parse(lying)).toMatchObject({ triangles: 12, complete: false });
  });

  test("leaves out triangles whose coordinates are no numbers", () => {
    const bytes = writeBinaryStl(CUBE);
    new DataView(bytes.buffer).setFloat32(84 + 12, NaN, true);
    new DataView(bytes.buffer).setFloat32(84 + 50 + 12, 1e30, true);
    const mesh = parse(bytes);
    expect(mesh).toMatchObject({ triangles: 10, complete: false });
    expect([...mesh.positions]).toEqual(cornersOf(CUBE).slice(18));
  });

  test("understands how others write ASCII", () => {
    const mesh = parse(text(
      "\uFEFF  SOLID name with vertex and facet\\\nFACET NORMAL 0 0 1\n\touter loop\n" +
        "VERTEX 1e1 -.5 +2.\nvertex\t0 1E-3 -0\nvertex 1.5e+01 2 3\nendloop endfacet endsolid",
    ));
    expect([...mesh.positions]).toEqual([10, -.5, 2, 0, 1e-3, -0, 15, 2, 3].map(Math.fround));
    expect(mesh.complete).toBe(true);
  });

  test("makes a fan of a facet with more than three corners", () => {
    const corners = ["0 0 0", "1 0 0", "1 1 0", "0 1 0"].map((at) => `vertex ${at}`).join("\n");
    const mesh = parse(text(`solid\nfacet\nouter loop\n${corners}\nendloop\nendfacet\nendsolid`));
    expect([...mesh.positions]).toEqual([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0]);
  });

  test.each([
    ["a few bytes", text("solid"), "damaged"],
    ["other text", text("<html>".repeat(20)), "damaged"],
    ["an empty solid", text("solid a\nendsolid a\n"), "empty"],
    ["a header alone", new Uint8Array(84), "empty"],
    [
      "facets without numbers",
      text("solid\nfacet vertex a b c vertex a b c vertex a b c"),
      "damaged",
    ],
  ])("refuses %s", (_, bytes, code) => {
    expect(() => parse(bytes)).toThrow(ParseError);
    expect(() => parse(bytes)).toThrow(expect.objectContaining({ code }));
  });

  test("refuses more triangles than allowed, in both kinds", () => {
    const limits = { ...HARD_LIMITS, triangles: 11 };
    const refusal = expect.objectContaining({ code: "tooLarge" });
    expect(() => parseStl(writeBinaryStl(CUBE), limits)).toThrow(refusal);
    expect(() => parseStl(writeAsciiStl(CUBE), limits)).toThrow(refusal);
  });
});
