import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import type { Http } from "../platform/ports.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { Connection } from "./connection.ts";

const SECOND = 1000;
const NO_WAY = new SyncError({ kind: "retryable", unreached: "network" }, "No way");
const NOBODY = new SyncError({ kind: "retryable", unreached: "host" }, "Nobody listens");
const CUT = new SyncError("retryable", "The line broke");

function start() {
  const clock = new FakeClock();
  const connection = new Connection(clock);
  let outcome: SyncError | null = null;
  const network: Http = {
    send: ({ signal }) =>
      outcome
        ? Promise.reject(signal?.aborted ? signal.reason : outcome)
        : Promise.resolve({ status: 503, headers: new Headers(), body: null }),
  };
  const http = connection.watch(network);
  const send = async (error: SyncError | null, host = "a.example.com", signal?: AbortSignal) => {
    outcome = error;
    await http.send({ url: `https://${host}/`, ...signal && { signal } }).catch(() => {});
  };
  return { clock, connection, send };
}

test("Connection is offline when three requests in a row found no way", async () => {
  const { connection, send } = start();
  await send(NO_WAY);
  await send(NO_WAY);
  expect(connection.isOffline).toBe(false);
  await send(NO_WAY);
  expect(connection.isOffline).toBe(true);
});

test("Connection is offline when nobody listens on a single host for long", async () => {
  const { connection, send } = start();
  for (let i = 0; i < 11; i++) await send(NOBODY);
  await send(null);
  for (let i = 0; i < 11; i++) await send(NOBODY);
  expect(connection.isOffline).toBe(false);
  await send(NOBODY);
  expect(connection.isOffline).toBe(true);
});

test("Connection is offline when nobody listens on two hosts", async () => {
  const { connection, send } = start();
  for (let i = 0; i < 10; i++) await send(NOBODY);
  expect(connection.isOffline).toBe(false);
  await send(NOBODY, "b.example.com");
  expect(connection.isOffline).toBe(true);
});

test("Connection takes any answer for a network, and a line that breaks for none the less", async () => {
  const { connection, send } = start();
  for (let i = 0; i < 10; i++) {
    await send(NO_WAY);
    await send(NOBODY, "b.example.com");
    await send(null, "c.example.com");
    await send(CUT, `${i}.example.com`);
    expect(connection).toMatchObject({ isOffline: false, isResting: false, lookAt: null });
  }
});

test("Connection lets one transfer try after 5 s, and the next ones ever more rarely, up to each minute", async () => {
  const { clock, connection, send } = start();
  for (let i = 0; i < 3; i++) await send(NO_WAY);
  const waits: number[] = [];
  for (let i = 0; i < 6; i++) {
    const wait = (connection.lookAt ?? 0) - clock.now();
    waits.push(wait / SECOND);
    await clock.advance(wait - 1);
    expect(connection.isResting).toBe(true);
    await clock.advance(1);
    expect(connection.isResting).toBe(false);
    connection.tries();
    expect(connection.isResting).toBe(true);
    await send(NO_WAY);
  }
  expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
  await send(null);
  expect(connection).toMatchObject({ isOffline: false, isResting: false });
});

test("Connection lets a transfer try at once when somebody says so", async () => {
  const { connection, send } = start();
  for (let i = 0; i < 3; i++) await send(NO_WAY);
  connection.lookNow();
  expect(connection.isResting).toBe(false);
  connection.tries();
  expect(connection.isResting).toBe(true);
});

test("Connection is offline when two hosts keep silent until nobody waits any more, and not when somebody stops", async () => {
  const { connection, send } = start();
  const givenUp = AbortSignal.abort(new SyncError("retryable", "No answer within 60 s"));
  const stopped = AbortSignal.abort(new SyncError("cancelled", "Stopped"));
  for (const host of ["a.example.com", "b.example.com", "c.example.com"]) {
    await send(CUT, host, stopped);
  }
  await send(CUT, "a.example.com", givenUp);
  expect(connection.isOffline).toBe(false);
  await send(CUT, "b.example.com", givenUp);
  expect(connection.isOffline).toBe(true);
});

test("Connection gives a turn to one of those who wait: in time, when somebody says so, and to all with an answer", async () => {
  const { clock, connection, send } = start();
  await connection.turn();
  for (let i = 0; i < 3; i++) await send(NO_WAY);
  let turns = 0;
  const expectTurns = async (after: number, expected: number) => {
    await clock.advance(after);
    expect(turns).toBe(expected);
  };
  for (let i = 0; i < 5; i++) void connection.turn().then(() => turns++);
  await expectTurns(5 * SECOND - 1, 0);
  await expectTurns(1, 1);
  await expectTurns(10 * SECOND - 1, 1);
  await expectTurns(1, 2);
  connection.lookNow();
  await expectTurns(0, 3);
  await send(null);
  await expectTurns(0, 5);
});

test("Connection lets go of who waits when they stop", async () => {
  const { connection, send } = start();
  for (let i = 0; i < 3; i++) await send(NO_WAY);
  const stop = new AbortController();
  const waiting = connection.turn(stop.signal);
  stop.abort(new SyncError("cancelled", "Stopped"));
  await expect(waiting).rejects.toMatchObject({ kind: "cancelled" });
});
