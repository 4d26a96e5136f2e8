import { expect, test } from "vitest";
import { WantedChanges } from "./wanted_changes.ts";

function change(numbers: string) {
  return { set: { total: 1, numbers }, wanted: true };
}

test("WantedChanges gives each change out once", () => {
  const changes = new WantedChanges();
  const id = changes.add(change("1"));
  expect(changes.take(id)).toEqual(change("1"));
  expect(() => changes.take(id)).toThrow(/cannot be taken back any more/);
  expect(() => changes.take("nope")).toThrow(expect.objectContaining({ kind: "badInput" }));
});

test("WantedChanges keeps the last twenty", () => {
  const changes = new WantedChanges();
  const ids = Array.from({ length: 21 }, (_, n) => changes.add(change(String(n))));
  expect(() => changes.take(ids[0] ?? "")).toThrow();
  expect(ids.slice(1).map((id) => changes.take(id).set.numbers)).toEqual(
    Array.from({ length: 20 }, (_, n) => String(n + 1)),
  );
});

test("WantedChanges forgets the oldest of those that are too large together", () => {
  const changes = new WantedChanges();
  const large = "1,".repeat(4_500_000);
  const [first = "", second = ""] = [changes.add(change(large)), changes.add(change(large))];
  expect(() => changes.take(first)).toThrow();
  expect(changes.take(second).set.numbers).toBe(large);
});
