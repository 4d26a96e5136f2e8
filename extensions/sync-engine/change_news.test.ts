import { expect, test } from "vitest";
import { ChangeNews } from "./change_news.ts";
import { FakeClock } from "./platform/testing/fake_clock.ts";
import type { EngineStatus, EventName } from "./protocol.ts";

const STATUS: EngineStatus = {
  root: "/library",
  busy: null,
  paused: false,
  library: {
    assets: 0,
    files: 0,
    filesHere: 0,
    bytes: 0,
    bytesHere: 0,
    wanted: 0,
    wantedNotHere: { assets: 0, files: 0, bytes: 0 },
  },
  queue: { queued: 0, running: 0, paused: 0, failed: 0 },
  damaged: 0,
  providers: [],
  recovered: null,
  offline: null,
};

/** News on a fake clock, with what was told and when. */
function listen(status: () => EngineStatus = () => STATUS, clock = new FakeClock(0)) {
  const told: { event: EventName; at: number; data: unknown }[] = [];
  const news = new ChangeNews({
    clock,
    emit: (event, data) => void told.push({ event, at: clock.now(), data }),
  }, status);
  return { clock, news, told, times: () => told.map(({ at }) => at) };
}

test("ChangeNews tells a single change at once and once", async () => {
  const { clock, news, told } = listen();
  news.library();
  expect(told).toEqual([{ event: "libraryChanged", at: 0, data: {} }]);
  await clock.advance(10_000);
  expect(told).toHaveLength(1);
});

test("ChangeNews tells changes that follow soon together, and the last one always", async () => {
  const { clock, news, times } = listen();
  for (let i = 0; i < 30; i++) {
    news.queue();
    await clock.advance(50);
  }
  await clock.advance(10_000);
  expect(times()).toEqual([0, 500, 1_000, 1_500]);
});

test("ChangeNews tells a change after a rest at once again", async () => {
  const { clock, news, times } = listen();
  news.queue();
  await clock.advance(5_000);
  news.queue();
  expect(times()).toEqual([0, 5_000]);
});

test("ChangeNews tells the status four times a second at most, as it is when told", async () => {
  let root = "/before";
  const { clock, news, told, times } = listen(() => ({ ...STATUS, root }));
  news.status();
  news.status();
  root = "/after";
  await clock.advance(1_000);
  expect(times()).toEqual([0, 250]);
  expect(told.at(-1)?.data).toMatchObject({ root: "/after" });
});

test("ChangeNews does not let one kind of news hold another back", () => {
  const { news, told } = listen();
  news.library();
  news.queue();
  news.status();
  expect(told.map(({ event }) => event)).toEqual([
    "libraryChanged",
    "queueChanged",
    "statusChanged",
  ]);
});

test("ChangeNews tells nothing once it is closed, and leaves no timer", async () => {
  const { clock, news, told } = listen();
  news.library();
  news.library();
  news.close();
  news.queue();
  await clock.advance(10_000);
  expect(told).toHaveLength(1);
  expect(clock.sleeping).toBe(0);
});

/** A clock that moves, too, while something is made up. */
class BusyClock extends FakeClock {
  spent = 0;
  override monotonic(): number {
    return super.monotonic() + this.spent;
  }
}

test("ChangeNews tells a status that takes long to make up less often", async () => {
  const clock = new BusyClock(0);
  const { news, times } = listen(() => {
    clock.spent += 50;
    return STATUS;
  }, clock);
  for (let i = 0; i < 40; i++) {
    news.status();
    await clock.advance(100);
  }
  expect(times()).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
});
