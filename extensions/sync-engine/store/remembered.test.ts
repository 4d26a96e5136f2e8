import { expect, test } from "vitest";
import { Remembered } from "./remembered.ts";

function remembered() {
  const db = { version: "1", versionOf: () => db.version };
  const answers = new Remembered<number>(db, ["models"], 2);
  let asked = 0;
  const ask = (question: unknown) => answers.get(question, () => ++asked);
  return { db, ask };
}

test("Remembered.get() asks once for equal questions", () => {
  const { ask } = remembered();
  expect([ask({ search: "a" }), ask({ search: "b" }), ask({ search: "a" })]).toEqual([1, 2, 1]);
});

test("Remembered.get() asks anew when the tables have changed", () => {
  const { db, ask } = remembered();
  ask("a");
  ask("b");
  db.version = "2";
  expect([ask("a"), ask("b"), ask("a")]).toEqual([3, 4, 3]);
});

test("Remembered.get() forgets what was asked longest ago", () => {
  const { ask } = remembered();
  ask("a");
  ask("b");
  ask("a");
  ask("c");
  expect([ask("a"), ask("b")]).toEqual([1, 4]);
});
