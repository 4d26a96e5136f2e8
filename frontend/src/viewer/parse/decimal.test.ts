import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecimalReader } from "./decimal.ts";

function read(text: string): [value: number, end: number] {
  const bytes = new TextEncoder().encode(text);
  const reader = new DecimalReader(bytes);
  return [reader.read(0, bytes.length), reader.end];
}

describe("DecimalReader", () => {
  test("reads every number as JavaScript does, but for the last places", () => {
    const notations = (
      n: number,
    ) => [String(n), n.toExponential(), n.toFixed(6), n.toPrecision(20)];
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
      for (const text of notations(n)) {
        const expected = Number(text);
        const [value, end] = read(text);
        expect(end).toBe(text.length);
        if (Math.abs(expected) < 1e-300) expect(value).toBeCloseTo(expected, 15);
        else expect(Math.abs(value / expected - 1)).toBeLessThan(1e-14);
      }
    }));
  });

  test("reads the ordinary numbers of models exactly", () => {
    fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(9), (n, decimals) => {
      const text = (n / 10 ** decimals).toFixed(decimals);
      expect(read(text)[0]).toBe(Number(text));
    }));
  });

  test.each([
    ["1,2", 1, 1],
    ["5.", 5, 2],
    [".5/7", 0.5, 2],
    ["+7e", 7, 2],
    ["1e+", 1, 1],
    ["1e-2x", 0.01, 4],
    ["1.2.3", 1.2, 3],
    ["1e999999", Infinity, 8],
    ["1e-999999", 0, 9],
    ["0e999999", 0, 8],
  ])("reads %s as far as it is a number", (text, value, end) => {
    expect(read(text)).toEqual([value, end]);
  });

  test.each(["", "-", ".", "e5", "nan", "inf"])("finds no number in %j", (text) => {
    expect(read(text)[0]).toBeNaN();
  });
});
