import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "./platform/clock.ts";
import { FakeClock } from "./platform/testing/fake_clock.ts";
import { claimInstance } from "./single_instance.ts";
import { LOCK_NAME, lockHolder } from "./store/lock.ts";

let dir = "";
beforeEach(() => void (dir = Deno.makeTempDirSync()));
afterEach(() => Deno.removeSync(dir, { recursive: true }));

test("claimInstance() lets the first one in and has it shown for the second", async () => {
  let shown = 0;
  const options = { dir: join(dir, "window"), clock: systemClock, onShow: () => void shown++ };
  await using first = await claimInstance(options);
  expect(first).not.toBeNull();
  expect(await claimInstance(options)).toBeNull();
  expect(shown).toBe(1);
});

test("claimInstance() lets the next one in when the first has ended", async () => {
  const options = { dir, clock: systemClock, onShow() {} };
  {
    await using _first = await claimInstance(options);
  }
  await using next = await claimInstance(options);
  expect(next).not.toBeNull();
});

test("claimInstance() does not listen to those who cannot read the claim", async () => {
  let shown = 0;
  await using _first = await claimInstance({
    dir,
    clock: systemClock,
    onShow: () => void shown++,
  });
  const { port = 0 } = lockHolder(dir, { clock: systemClock }) ?? {};
  const { status } = await fetch(`http://127.0.0.1:${port}/show`, {
    method: "POST",
    headers: { authorization: "Bearer wrong" },
  });
  expect([status, shown]).toEqual([403, 0]);
});

test("claimInstance() gives way to one that holds the claim and does not answer", async () => {
  const clock = new FakeClock();
  const now = clock.now();
  Deno.writeTextFileSync(
    join(dir, LOCK_NAME),
    JSON.stringify({ pid: Deno.pid, heartbeat: now, started: now, token: "other" }),
  );
  expect(await clock.finish(claimInstance({ dir, clock, onShow() {} }))).toBeNull();
});
