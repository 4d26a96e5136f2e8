import { expect, test } from "vitest";
import { optionsFromFlags } from "./flags.ts";

test("optionsFromFlags() reads what is given and leaves out the rest", () => {
  expect(optionsFromFlags({})).toEqual({});
  expect(optionsFromFlags({
    seed: "7",
    objects: "50",
    "file-size": "50000",
    "no-oddities": true,
    quota: "40/60000",
  })).toEqual({
    seed: 7,
    objects: 50,
    fileSize: 50_000,
    oddities: false,
    quota: { links: 40, windowMs: 60_000 },
  });
  expect(optionsFromFlags({ lifelike: true })).toEqual({ oddities: "lifelike" });
  expect(optionsFromFlags({ quota: "40/60000/300000" })).toEqual({
    quota: { links: 40, windowMs: 60_000, lockoutMs: 300_000 },
  });
  expect(optionsFromFlags({ "file-size": "mixed" })).toEqual({ fileSize: "mixed" });
});

test("optionsFromFlags() refuses what is no number", () => {
  expect(() => optionsFromFlags({ objects: "many" })).toThrow('Cannot read --objects "many"');
  expect(() => optionsFromFlags({ "file-size": "" })).toThrow(RangeError);
  expect(() => optionsFromFlags({ quota: "3" })).toThrow(RangeError);
});
