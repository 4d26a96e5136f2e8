import { expect, test } from "vitest";
import { type Candidate, choose } from "./subset.ts";

const library = (count: number, bad: readonly number[] = []): Candidate[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `mmf:object-${n}/file-1`,
    size: 100,
    checkedAt: 1_000 - n,
    isBad: bad.includes(n),
  }));
const ids = (chosen: readonly Candidate[]) => chosen.map(({ id }) => id);

test("choose() takes all in the order of the library", () => {
  const all = library(20);
  expect(choose(all, { seed: "" })).toEqual(all);
});

test("choose() takes the same share for the same seed, another one for another", () => {
  const all = library(200);
  const sample = (seed: string) =>
    ids(choose(all, { subset: { kind: "share", percent: 5 }, seed }));
  expect(sample("a")).toHaveLength(10);
  expect(sample("a")).toEqual(sample("a"));
  expect(sample("a")).not.toEqual(sample("b"));
});

test("choose() takes each file equally often", () => {
  const all = library(20);
  const times = new Map(ids(all).map((id) => [id, 0]));
  for (let seed = 0; seed < 1000; seed++) {
    const sample = choose(all, { subset: { kind: "share", percent: 25 }, seed: String(seed) });
    for (const { id } of sample) times.set(id, (times.get(id) ?? 0) + 1);
  }
  for (const count of times.values()) expect(Math.abs(count - 250)).toBeLessThan(70);
});

test("choose() takes one file of the smallest library", () => {
  expect(choose(library(3), { subset: { kind: "share", percent: 0.1 }, seed: "" })).toHaveLength(1);
});

test("choose() puts every file into exactly one of the groups, of about the same size", () => {
  const all = library(1000);
  const groups = [1, 2, 3, 4, 5].map((n) =>
    ids(choose(all, { subset: { kind: "part", n, of: 5 }, seed: "whatever" }))
  );
  expect(groups.flat().sort()).toEqual(ids(all).sort());
  for (const { length } of groups) expect(Math.abs(length - 200)).toBeLessThan(50);
});

test("choose() goes on until the bytes are reached, the file that reaches them included", () => {
  const chosen = choose(library(50), { subset: { kind: "size", bytes: 450 }, seed: "a" });
  expect(chosen).toHaveLength(5);
});

test("choose() begins with what was not looked at for longest", () => {
  const subset = { kind: "size", bytes: 200 } as const;
  const all = library(50);
  expect(choose(all, { subset, seed: "", oldest: true })).toEqual([all[49], all[48]]);
});

test("choose() always takes what is known as bad, and counts it", () => {
  const all = library(50, [7, 9]);
  const bad = ["mmf:object-7/file-1", "mmf:object-9/file-1"];
  expect(ids(choose(all, { subset: { kind: "bad" }, seed: "" }))).toEqual(bad);
  const chosen = ids(choose(all, { subset: { kind: "share", percent: 10 }, seed: "" }));
  expect([chosen.length, chosen.slice(0, 2)]).toEqual([5, bad]);
  expect(choose(all, { subset: { kind: "size", bytes: 300 }, seed: "" })).toHaveLength(3);
  expect(ids(choose(all, { subset: { kind: "part", n: 1, of: 50 }, seed: "" })).slice(0, 2))
    .toEqual(bad);
});

test("choose() goes on with a sample where an earlier run stopped", () => {
  const all = library(100);
  for (
    const subset of [{ kind: "share", percent: 10 }, { kind: "size", bytes: 1_000 }] as const
  ) {
    const whole = ids(choose(all, { subset, seed: "s" }));
    const first = new Set(whole.slice(0, 4));
    const left = all.filter(({ id }) => !first.has(id));
    const done = { files: 4, bytes: 400 };
    const rest = ids(choose(left, { subset, seed: "s", done }));
    expect([...first, ...rest].sort()).toEqual(whole.toSorted());
  }
});
