import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { box } from "../testing/shape.ts";
import { writeObj } from "../testing/write_obj.ts";
import { writeAsciiStl, writeBinaryStl } from "../testing/write_stl.ts";
import { writeThreeMf } from "../testing/write_three_mf.ts";
import { formatOf } from "./formats.ts";
import { HARD_LIMITS } from "./limits.ts";
import { parseMesh } from "./parse_mesh.ts";
import { ParseError } from "./parse_error.ts";

const CUBE = box(1, 2, 3);
const FILES = [
  ["a.stl", writeBinaryStl(CUBE)],
  ["b.STL", writeAsciiStl(CUBE)],
  ["c.obj", writeObj(CUBE)],
  ["d.3mf", writeThreeMf(CUBE)],
] as const;

/** Parses; what comes is a mesh or a ParseError, or the test fails. */
function outcome(bytes: Uint8Array, name: string): number | string {
  try {
    return parseMesh(bytes, name, HARD_LIMITS).triangles;
  } catch (error) {
    if (error instanceof ParseError) return error.code;
    throw error;
  }
}

describe("parseMesh()", () => {
  test.each(FILES)("reads %s", (name, bytes) => {
    expect(outcome(bytes, name)).toBe(12);
  });

  test("reads a zip as 3MF whatever it is called", () => {
    expect(outcome(writeThreeMf(CUBE), "a.stl")).toBe(12);
  });

  test("refuses what is empty, too large or of another format", () => {
    expect(outcome(new Uint8Array(), "a.stl")).toBe("empty");
    expect(outcome(new Uint8Array(100), "a.step")).toBe("unsupported");
    expect(() => parseMesh(new Uint8Array(101), "a.stl", { ...HARD_LIMITS, bytes: 100 }))
      .toThrow(expect.objectContaining({ code: "tooLarge" }));
  });

  test("answers any bytes with a mesh or a ParseError", () => {
    const bytes = fc.uint8Array({ maxLength: 2000, size: "max" });
    fc.assert(fc.property(bytes, fc.constantFrom("stl", "obj", "3mf"), (content, extension) => {
      outcome(content, `a.${extension}`);
    }));
  });

  test("answers damaged files with a mesh or a ParseError", () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...FILES), damage, fc.nat(), ([name, whole], changes, cut) => {
        const bytes = whole.slice(0, whole.length - cut % 50);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        outcome(bytes, name);
      }),
      { numRuns: 1000 },
    );
  });
});

test("formatOf() goes by the extension, in any case", () => {
  expect(["a.stl", "b.x.OBJ", "c.3mf"].map(formatOf)).toEqual(["stl", "obj", "3mf"]);
  expect(["stl", "a.stl.zip", "a.", ""].map(formatOf)).toEqual([null, null, null, null]);
});
