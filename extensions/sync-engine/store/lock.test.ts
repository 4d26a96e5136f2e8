import { afterEach, beforeEach, expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { systemClock } from "../platform/clock.ts";
import { HEARTBEAT_MS, LOCK_NAME, lockHolder, lockProfile, STALE_MS } from "./lock.ts";
import { runProgram } from "./testing/run_program.ts";

let dir: string;
beforeEach(() => {
  dir = Deno.makeTempDirSync();
});
afterEach(() => Deno.removeSync(dir, { recursive: true }));

const isAlive = () => true;

async function firstLine(child: Deno.ChildProcess): Promise<string> {
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return new TextDecoder().decode(value).trim();
}

test("lockProfile() refuses a second holder and names the first", () => {
  const clock = new FakeClock();
  const first = lockProfile(dir, { clock, pid: 4711, isAlive });
  expect(() => lockProfile(dir, { clock, pid: 4712, isAlive })).toThrow(/process 4711/);
  try {
    lockProfile(dir, { clock, pid: 4712, isAlive });
  } catch (error) {
    expect(error).toBeInstanceOf(SyncError);
    expect(error instanceof SyncError && error.kind).toBe("badInput");
  }
  first.release();
  lockProfile(dir, { clock, pid: 4712, isAlive }).release();
  expect([...Deno.readDirSync(dir)].map((entry) => entry.name)).toEqual([`${LOCK_NAME}.guard`]);
});

test("lockProfile() renews its heartbeat, so that it is held for as long as it lives", async () => {
  const clock = new FakeClock();
  const lock = lockProfile(dir, { clock, pid: 4711, isAlive });
  await clock.advance(10 * STALE_MS);
  const age = clock.now() - (lockHolder(dir, { clock, isAlive })?.heartbeat ?? 0);
  expect(age).toBeLessThanOrEqual(HEARTBEAT_MS);
  expect(() => lockProfile(dir, { clock, pid: 4712, isAlive })).toThrow(SyncError);
  lock.release();
  expect(clock.sleeping).toBe(0);
});

test("lockProfile() takes over when the heartbeat has stopped, and the old holder notices", async () => {
  const clock = new FakeClock();
  const asleep = new FakeClock();
  const first = lockProfile(dir, { clock: asleep, pid: 4711, isAlive });
  await clock.advance(STALE_MS);
  expect(() => lockProfile(dir, { clock, pid: 4712, isAlive })).toThrow(SyncError);
  await clock.advance(1);
  const second = lockProfile(dir, { clock, pid: 4712, isAlive });

  expect(first.lost.aborted).toBe(false);
  await asleep.advance(HEARTBEAT_MS);
  expect(first.lost.aborted).toBe(true);
  first.release();
  expect(lockHolder(dir, { clock, isAlive })?.pid).toBe(4712);
  expect(second.lost.aborted).toBe(false);
  second.release();
});

test("lockProfile() takes over at once from a process that no longer exists", () => {
  const clock = new FakeClock();
  lockProfile(dir, { clock, pid: 4711, isAlive });
  const second = lockProfile(dir, { clock, pid: 4712, isAlive: (pid) => pid !== 4711 });
  expect(lockHolder(dir, { clock, isAlive })?.pid).toBe(4712);
  second.release();
});

test.each(["", "{", "null", '{"pid":-1}', "\u0000\u0000"])(
  "lockProfile() takes over a lock file that reads %j",
  (text) => {
    Deno.writeTextFileSync(`${dir}/${LOCK_NAME}`, text);
    const clock = new FakeClock();
    lockProfile(dir, { clock, pid: 4712, isAlive }).release();
  },
);

test("ProfileLock.setPort() tells others where to connect, and heartbeats keep it", async () => {
  const clock = new FakeClock();
  const lock = lockProfile(dir, { clock, pid: 4711, isAlive });
  lock.setPort(8123);
  await clock.advance(HEARTBEAT_MS);
  expect(lockHolder(dir, { clock, isAlive })).toMatchObject({ pid: 4711, port: 8123 });
  lock.release();
  expect(lockHolder(dir, { clock, isAlive })).toBeNull();
});

test("lockProfile() is held against a real process until that is killed with -9", async () => {
  const child = runProgram("hold_lock.ts", dir);
  expect(await firstLine(child)).toBe("held");
  expect(() => lockProfile(dir, { clock: systemClock })).toThrow(`process ${child.pid}`);
  child.kill("SIGKILL");
  await child.status;
  await child.stdout.cancel();
  const lock = lockProfile(dir, { clock: systemClock });
  expect(lockHolder(dir, { clock: systemClock })?.pid).toBe(Deno.pid);
  lock.release();
});

test("lockProfile() lets only one of several processes take over a dead one's lock", async () => {
  const dead = { pid: 2 ** 22 + 1, heartbeat: 0, started: 0, token: "dead" };
  Deno.writeTextFileSync(`${dir}/${LOCK_NAME}`, JSON.stringify(dead));
  const children = Array.from({ length: 4 }, () => runProgram("hold_lock.ts", dir));
  const lines = await Promise.all(children.map(firstLine));
  expect(lines.toSorted()).toEqual(["held", "refused", "refused", "refused"]);
  for (const [i, child] of children.entries()) {
    if (lines[i] === "held") child.kill("SIGKILL");
    await child.status;
    await child.stdout.cancel();
  }
});
