import { expect, test } from "vitest";
import { createSharedWork } from "./shared_work.ts";

/** Counts how often it is started; ends when told to, or when it is aborted. */
function makeWork() {
  const runs: { end(value: number): void; readonly signal: AbortSignal }[] = [];
  const work = (signal: AbortSignal) =>
    new Promise<number>((resolve, reject) => {
      runs.push({ end: resolve, signal });
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  return { runs, work };
}

test("SharedWork.run() does the same work once for all who ask while it runs", async () => {
  const shared = createSharedWork<number>();
  const { runs, work } = makeWork();
  const both = [shared.run("a", work), shared.run("a", work)];
  const other = shared.run("b", work);
  expect(runs).toHaveLength(2);
  runs[0]?.end(1);
  runs[1]?.end(2);
  expect(await Promise.all([...both, other])).toEqual([1, 1, 2]);
  const later = shared.run("a", work);
  expect(runs).toHaveLength(3);
  runs[2]?.end(3);
  expect(await later).toBe(3);
});

test("SharedWork.run() goes on for the others when one caller leaves", async () => {
  const shared = createSharedWork<number>();
  const { runs, work } = makeWork();
  const leaving = new AbortController();
  const left = shared.run("a", work, leaving.signal);
  const stays = shared.run("a", work);
  leaving.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  expect(runs[0]?.signal.aborted).toBe(false);
  runs[0]?.end(1);
  expect(await stays).toBe(1);
});

test("SharedWork.run() stops the work when all have left; who comes then starts it anew", async () => {
  const shared = createSharedWork<number>();
  const { runs, work } = makeWork();
  const leaving = new AbortController();
  const left = shared.run("a", work, leaving.signal);
  leaving.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  expect(runs[0]?.signal.aborted).toBe(true);
  const fresh = shared.run("a", work);
  expect(runs).toHaveLength(2);
  runs[1]?.end(2);
  expect(await fresh).toBe(2);
});

test("SharedWork.run() tells every caller of a failure, and tries again for the next", async () => {
  const shared = createSharedWork<number>();
  const fail = () => Promise.reject(new Error("no"));
  const both = [shared.run("a", fail), shared.run("a", fail)];
  for (const one of both) await expect(one).rejects.toThrow("no");
  expect(await shared.run("a", () => Promise.resolve(1))).toBe(1);
});
