import { expect, test } from "vitest";
import { content, makeWorld, type World } from "./downloads/testing/world.ts";
import { SyncError } from "./platform/errors.ts";
import { ProgressBoard } from "./progress_board.ts";
import type { EventName, Events } from "./protocol.ts";

/** A board on a fake clock, two jobs, and what was told. */
function watch(world: World) {
  world.list(1, ["a", "b"].map((name) => ({ name, bytes: content(1_000_000) })));
  const progress: Events["progress"][] = [];
  const others: EventName[] = [];
  let received = 0;
  const board = new ProgressBoard({
    clock: world.clock,
    emit: (event, data) => {
      if (event === "progress") progress.push(data as Events["progress"]);
      else others.push(event);
    },
    speeds: { add: (bytes) => void (received += bytes) },
    waiting: () => world.store.jobs.counts().queued,
    everyMs: () => null,
    links: () => 0,
  });
  const last = () => progress.at(-1);
  return { board, progress, others, last, received: () => received };
}

test("ProgressBoard tells at most ten times a second, and the last news too", async () => {
  using world = makeWorld();
  const { board, progress, last } = watch(world);
  const job = world.next();
  board.onStart(job);
  for (let done = 1; done <= 100; done++) {
    board.onProgress(job, done * 5000, 1_000_000, 5000);
    await world.clock.advance(10);
  }
  expect(progress.length).toBeLessThanOrEqual(11);
  await world.clock.advance(100);
  expect(last()).toMatchObject({ waiting: 1, running: [{ done: 500_000 }] });
});

test("ProgressBoard tells the speed of each and of all, not of what was here before", async () => {
  using world = makeWorld();
  const { board, last, received } = watch(world);
  const [one, two] = [world.next(), world.next()];
  board.onProgress(one, 400_000, 1_000_000, 0);
  for (let i = 1; i <= 20; i++) {
    board.onProgress(one, 400_000 + i * 10_000, 1_000_000, 10_000);
    board.onProgress(two, i * 5_000, 1_000_000, 5_000);
    await world.clock.advance(100);
  }
  const [first, second] = last()?.running ?? [];
  expect(Math.abs((first?.speed ?? 0) - 100_000)).toBeLessThan(10_000);
  expect(Math.abs((second?.speed ?? 0) - 50_000)).toBeLessThan(5_000);
  expect(Math.abs((last()?.speed ?? 0) - 150_000)).toBeLessThan(15_000);
  expect(received()).toBe(300_000);
});

test("ProgressBoard tells that a transfer which stands still has no speed, then rests", async () => {
  using world = makeWorld();
  const { board, last } = watch(world);
  board.onProgress(world.next(), 10_000, 1_000_000, 10_000);
  await world.clock.advance(10_000);
  expect(last()).toMatchObject({ speed: 0, running: [{ done: 10_000, speed: 0 }] });
  expect(world.clock.sleeping).toBe(0);
});

test("ProgressBoard shows no transfer any more that was stopped, and tells no failure of it", async () => {
  using world = makeWorld();
  const { board, last, others } = watch(world);
  const [one, two] = [world.next(), world.next()];
  board.onStart(one);
  board.onStart(two);
  board.onFailed(one, new SyncError("cancelled", "Stopped"), 0);
  board.onFailed(two, new SyncError("gone", "Gone"), null);
  await world.clock.advance(100);
  expect(last()).toMatchObject({ running: [], failed: 1 });
  expect(others).toEqual(["fileFailed"]);
});

test("ProgressBoard.close() tells once more that nothing runs, and nothing after it", async () => {
  using world = makeWorld();
  const { board, progress, last } = watch(world);
  const job = world.next();
  board.onProgress(job, 10, 100, 10);
  board.close();
  expect(last()).toMatchObject({ running: [], speed: 0 });
  const told = progress.length;
  board.onProgress(job, 20, 100, 10);
  await world.clock.advance(10_000);
  expect(progress).toHaveLength(told);
  expect(world.clock.sleeping).toBe(0);
});
