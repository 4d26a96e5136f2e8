import fc from "fast-check";
import { expect, test } from "vitest";
import { CHUNK_SIZE, chunkCount, chunkLength, missingStretches } from "./chunk.ts";

test("missingStretches() and the good chunks tile the file exactly once", () => {
  const sizes = fc.integer({ min: 0, max: 40 * CHUNK_SIZE });
  fc.assert(fc.property(sizes, fc.array(fc.nat(45)), (size, numbers) => {
    const good = new Set(numbers.filter((n) => n < chunkCount(size)));
    const pieces = missingStretches(size, good).map(({ start, end }) => [start, end]);
    for (const n of good) pieces.push([n * CHUNK_SIZE, n * CHUNK_SIZE + chunkLength(n, size)]);
    pieces.sort(([a = 0], [b = 0]) => a - b);
    let at = 0;
    for (const [start, end = 0] of pieces) {
      expect(start).toBe(at);
      at = end;
    }
    expect(at).toBe(size);
  }));
});

test("missingStretches() joins neighbours, so that each gap costs one request", () => {
  expect(missingStretches(5 * CHUNK_SIZE, new Set([0, 3]))).toEqual([
    { start: CHUNK_SIZE, end: 3 * CHUNK_SIZE },
    { start: 4 * CHUNK_SIZE, end: 5 * CHUNK_SIZE },
  ]);
});
