import { expect, test } from "vitest";
import { doubtOf } from "./doubt.ts";

test.each([[50, 249], [50, 50], [1000, 4999]])(
  "%i bad files of %i are too many to believe",
  (bad, of) => {
    expect(doubtOf(bad, of)).toEqual({ bad, of });
  },
);

test.each([[49, 49], [0, 0], [50, 250], [1000, 100_000]])(
  "%i bad files of %i are believed",
  (bad, of) => {
    expect(doubtOf(bad, of)).toBeNull();
  },
);
