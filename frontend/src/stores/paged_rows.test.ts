import { createRoot, createSignal } from "solid-js";
import { expect, test } from "vitest";
import type { Page } from "../../../extensions/sync-engine/protocol.ts";
import { createPagedRows } from "./paged_rows.ts";

interface Row {
  readonly id: number;
  readonly word: string;
  readonly wanted: boolean;
}

/** A list of `total` rows; each request is answered when the test says so. */
function createList(total: number) {
  const [word, setWord] = createSignal("a");
  const asked: {
    word: string;
    offset: number;
    answer: () => void;
    fail: () => void;
    signal: AbortSignal;
  }[] = [];
  const { rows, dispose } = createRoot((dispose) => ({
    dispose,
    rows: createPagedRows<Row, string>({
      query: word,
      pageSize: 10,
      pause: 0,
      fetch: (wanted, offset, limit, signal) =>
        new Promise<Page<Row>>((resolve, reject) =>
          void asked.push({
            word: wanted,
            offset,
            signal,
            answer: () =>
              resolve({
                total,
                rows: Array.from({ length: Math.min(limit, total - offset) }, (_, n) => ({
                  id: offset + n,
                  word: wanted,
                  wanted: true,
                })),
              }),
            fail: () => reject(new Error("No")),
          })
        ),
    }),
  }));
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
  return { rows, asked, setWord, dispose, settle };
}

test("the first page is asked for at once, others when they are shown", async () => {
  const { rows, asked, settle } = createList(100);
  await settle();
  expect(asked.map(({ offset }) => offset)).toEqual([0]);
  asked[0]?.answer();
  await settle();
  expect(rows.total()).toBe(100);
  expect(rows.row(3)).toMatchObject({ id: 3 });
  expect(rows.row(15)).toBeUndefined();
  rows.show(8, 21);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 10, 20]);
  asked[1]?.answer();
  await settle();
  expect(rows.row(15)).toMatchObject({ id: 15 });
});

test("pages that were scrolled past are given up", async () => {
  const { rows, asked, settle } = createList(1000);
  await settle();
  asked[0]?.answer();
  await settle();
  rows.show(100, 110);
  rows.show(900, 910);
  expect(asked.find(({ offset }) => offset === 100)?.signal.aborted).toBe(true);
  expect(asked.find(({ offset }) => offset === 900)?.signal.aborted).toBe(false);
});

test("rows of an older query stay until the first answer of the new one", async () => {
  const { rows, asked, setWord, settle } = createList(50);
  await settle();
  asked[0]?.answer();
  await settle();
  setWord("b");
  await settle();
  expect(rows.row(0)).toMatchObject({ word: "a" });
  expect(rows.stale()).toBe(true);
  asked.at(-1)?.answer();
  await settle();
  expect(rows.row(0)).toMatchObject({ word: "b" });
  expect(rows.stale()).toBe(false);
});

test("an answer to an older query is never shown", async () => {
  const { rows, asked, setWord, settle } = createList(50);
  await settle();
  setWord("b");
  await settle();
  asked[1]?.answer();
  await settle();
  asked[0]?.answer();
  await settle();
  expect(rows.row(0)).toMatchObject({ word: "b" });
});

test("pages far from what is shown are let go", async () => {
  const { rows, asked, settle } = createList(10_000);
  await settle();
  asked[0]?.answer();
  await settle();
  for (let page = 1; page < 30; page++) {
    rows.show(page * 10, page * 10 + 9);
    asked.at(-1)?.answer();
    await settle();
  }
  expect(rows.row(0)).toBeUndefined();
  expect(rows.row(299)).toMatchObject({ id: 299 });
});

test("a failure is told, and asking again mends it", async () => {
  const { rows, asked, settle } = createList(50);
  await settle();
  asked[0]?.fail();
  await settle();
  expect(rows.error()).toBeInstanceOf(Error);
  rows.refresh();
  asked.at(-1)?.answer();
  await settle();
  expect(rows.error()).toBeNull();
  expect(rows.total()).toBe(50);
});

test("a change ahead of the engine is seen at once", async () => {
  const { rows, asked, settle } = createList(50);
  await settle();
  asked[0]?.answer();
  await settle();
  rows.patch(({ id }) => id === 4, () => ({ wanted: false }));
  expect(rows.row(4)?.wanted).toBe(false);
  expect(rows.row(5)?.wanted).toBe(true);
});

test("an answer that was on its way when a row was changed does not take the change back", async () => {
  const { rows, asked, settle } = createList(10);
  await settle();
  asked[0]?.answer();
  await settle();
  rows.refresh();
  rows.patch(({ id }) => id === 4, () => ({ wanted: false }));
  asked[1]?.answer();
  await settle();
  expect(rows.row(4)?.wanted).toBe(false);
  rows.refresh();
  asked[2]?.answer();
  await settle();
  expect(rows.row(4)?.wanted).toBe(true);
});

test("a row that asking again finds unchanged stays the object that it was, so that it is not drawn again", async () => {
  const { rows, asked, settle } = createList(10);
  await settle();
  asked[0]?.answer();
  await settle();
  rows.patch(({ id }) => id === 4, () => ({ wanted: false }));
  const before = [rows.row(3), rows.row(4)];
  rows.refresh();
  asked[1]?.answer();
  await settle();
  expect(rows.row(3)).toBe(before[0]);
  expect(rows.row(4)).not.toBe(before[1]);
});
