import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { Connection } from "./connection.ts";
import { NotNow } from "./not_now.ts";
import { Runner } from "./runner.ts";
import { content, makeWorld } from "./testing/world.ts";

const SECOND = 1000;
const GONE = new SyncError({ kind: "retryable", unreached: "network" }, "No way");

/** A queue of three files, and a network that comes and goes. */
function makeOfflineWorld() {
  const world = makeWorld();
  const ids = world.list(1, [1, 2, 3].map((n) => ({ name: `${n}.stl`, bytes: content(100, n) })));
  const connection = new Connection(world.clock);
  const network = { isThere: false, asked: 0 };
  const http = connection.watch({
    send(request) {
      network.asked++;
      return network.isThere ? world.site.send(request) : Promise.reject(GONE);
    },
  });
  world.site.failed = (_job, error) =>
    connection.isOffline ? new NotNow(error, { until: world.clock.now() }) : error;
  const begun = world.clock.now();
  /** Seconds after which the network was said to be looked at. */
  const looks: number[] = [];
  const runner = new Runner({ ...world.ports, http, connection }, { providers: ["mmf"] }, {
    onWaiting: (until, reason) => {
      if (reason === "offline") looks.push((until - begun) / SECOND);
    },
  });
  return {
    ...world,
    ids,
    connection,
    http,
    network,
    looks,
    runner,
    run: (signal = new AbortController().signal) => runner.run(signal),
    outcomes: () => world.store.history.query().rows.map(({ outcome }) => outcome),
  };
}

test("Runner lets one transfer at a time look for a network that is gone, and goes on when it is back", async () => {
  using world = makeOfflineWorld();
  const { clock, network, looks, runner } = world;
  const work = world.run();
  runner.finish();
  await clock.advance(50 * SECOND);
  // Three at once found nothing; then one each time, ever more rarely.
  expect(looks).toEqual([5, 15, 35, 75]);
  expect(network.asked).toBe(3 + 3);
  network.isThere = true;
  await clock.advance(25 * SECOND);
  await work;
  expect(network.asked).toBe(3 + 3 + 3);
  expect(world.outcomes()).toEqual(Array(3).fill("succeeded"));
});

test("Runner takes no try from a file that is looked with, however long the network is gone", async () => {
  using world = makeOfflineWorld();
  const { clock, network, runner, store, ids } = world;
  const work = world.run();
  runner.finish();
  await clock.advance(3_600 * SECOND);
  expect(ids.map((id) => store.jobs.get(id)))
    .toMatchObject(ids.map(() => ({ state: "queued", attempts: expect.toSatisfy((n) => n <= 1) })));
  network.isThere = true;
  await clock.advance(61 * SECOND);
  await work;
  expect(world.outcomes()).toEqual(Array(3).fill("succeeded"));
});

test("Runner goes on at once when others have found the network, or somebody wants it to look", async () => {
  using world = makeOfflineWorld();
  const { clock, connection, network, runner, http } = world;
  connection.subscribe(() => runner.wake());
  const work = world.run();
  runner.finish();
  await clock.advance(6 * SECOND);
  const asked = network.asked;
  connection.lookNow();
  await clock.advance(0);
  expect(network.asked).toBe(asked + 1);
  network.isThere = true;
  await http.send({ url: "https://elsewhere.example.com/" }).catch(() => {});
  await clock.advance(0);
  await work;
  expect(world.outcomes()).toEqual(Array(3).fill("succeeded"));
});

test("Runner ends at once when it is stopped without a network, and keeps the queue", async () => {
  using world = makeOfflineWorld();
  const { clock, store } = world;
  const stop = new AbortController();
  const work = world.run(stop.signal);
  await clock.advance(20 * SECOND);
  stop.abort(new SyncError("cancelled", "Stopped"));
  await expect(work).rejects.toMatchObject({ kind: "cancelled" });
  expect(store.jobs.counts()).toMatchObject({ queued: 3, running: 0, failed: 0 });
});
