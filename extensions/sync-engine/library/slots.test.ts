import { expect, test } from "vitest";
import { createSlots } from "./slots.ts";

/** Work that ends when told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, end: resolve };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test("Slots.run() lets no more work at once than there are slots, in order", async () => {
  const slots = createSlots(2);
  const works = [held(), held(), held(), held()];
  const started: number[] = [];
  const all = works.map((work, i) =>
    slots.run(() => {
      started.push(i);
      return work.promise;
    })
  );
  await settle();
  expect(started).toEqual([0, 1]);
  works[1]?.end();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  for (const work of works) work.end();
  await Promise.all(all);
  expect(started).toEqual([0, 1, 2, 3]);
});

test("Slots.run() gives up its place in the queue on abort, and costs nobody a slot", async () => {
  const slots = createSlots(1);
  const first = held();
  const running = slots.run(() => first.promise);
  const leaving = new AbortController();
  const left = slots.run(() => Promise.resolve("left"), leaving.signal);
  const next = slots.run(() => Promise.resolve("next"));
  leaving.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  first.end();
  await running;
  expect(await next).toBe("next");
  expect(await slots.run(() => Promise.resolve("again"))).toBe("again");
});

test("Slots.run() frees the slot of work that failed", async () => {
  const slots = createSlots(1);
  await expect(slots.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await slots.run(() => Promise.resolve(1))).toBe(1);
});
