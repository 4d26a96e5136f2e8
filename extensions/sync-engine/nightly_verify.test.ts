import { expect, test } from "vitest";
import { content, makeWorld, ROOT, type World } from "./downloads/testing/world.ts";
import { fetchJob } from "./downloads/fetch_job.ts";
import { Publisher } from "./downloads/publish.ts";
import { MARKER_NAME } from "./files/marker.ts";
import { lastNight, NightlyVerify } from "./nightly_verify.ts";
import type { Settings } from "./protocol.ts";
import { writeRootId } from "./root_id.ts";

const HOUR = 3_600_000;
const ID = "0b8f8f0e-2c5c-4a6e-9d55-0f6c0f4c5a11";

/** A night of so many gigabytes, from two to five, local time. */
const plan = (gigabytes: number): Settings["nightlyVerify"] => ({ gigabytes, from: 120, to: 300 });

/** Local time. */
const at = (day: number, hours: number) => new Date(2026, 2, day, hours).getTime();

interface Night extends Disposable {
  readonly world: World;
  readonly nightly: NightlyVerify;
  readonly ids: readonly string[];
  busy: boolean;
  plan: Settings["nightlyVerify"];
  /** Until a local time. */
  until(day: number, hours: number): Promise<void>;
}

/** Three files of 400 bytes that were downloaded one after the other on the 4th of March, before midnight. */
async function night(): Promise<Night> {
  const world = makeWorld();
  const { store, fs, clock, ports } = world;
  await fs.writeTextAtomic(
    `${ROOT}/${MARKER_NAME}`,
    JSON.stringify({ format: 1, id: ID, createdAt: "2026-01-01T00:00:00.000Z" }),
  );
  writeRootId(store, ID);
  await clock.advance(at(4, 20) - clock.now());
  const ids = world.list(1, [1, 2, 3].map((n) => ({ name: `${n}.stl`, bytes: content(400, n) })));
  for (const _ of ids) {
    const fetched = await fetchJob(ports, world.next(), new AbortController().signal, () => {});
    await new Publisher(ports).publish(fetched);
    await clock.advance(HOUR);
  }
  const self: Night = {
    world,
    ids,
    busy: false,
    plan: plan(1),
    nightly: new NightlyVerify({
      ...ports,
      settings: () => ({ root: ROOT, nightlyVerify: self.plan }),
      isBusy: () => self.busy,
      told: () => {},
    }),
    until: (day: number, hours: number) => clock.advance(at(day, hours) - clock.now()),
    [Symbol.dispose]() {
      void self.nightly.close();
      world[Symbol.dispose]();
    },
  };
  return self;
}

const verified = ({ world, ids }: Night) =>
  ids.map((id) => world.store.verifications.get(id)?.verdict ?? null);

test("NightlyVerify reads nothing before its time, and all of a small library then", async () => {
  using one = await night();
  one.nightly.start();
  await one.until(5, 1);
  expect(verified(one)).toEqual([null, null, null]);
  await one.until(5, 3);
  expect(verified(one)).toEqual(["OK", "OK", "OK"]);
  expect(lastNight(one.world.store)).toMatchObject({ files: 3, bytes: 1200, bad: 0 });
});

test("NightlyVerify looks at nothing twice in a night, and again in the next one", async () => {
  using one = await night();
  one.nightly.start();
  await one.until(5, 3);
  let opened = 0;
  one.world.fs.onOperation = ({ name, path }) =>
    void (opened += Number(
      name === "open" && path.endsWith(".stl"),
    ));
  await one.until(6, 1);
  expect(opened).toBe(0);
  await one.until(6, 3);
  expect(opened).toBe(3);
});

test("NightlyVerify finds damage", async () => {
  using one = await night();
  await one.world.fs.remove(`${ROOT}/mmf/Somebody/Model 1/files/2.stl`);
  one.nightly.start();
  await one.until(5, 3);
  expect(verified(one)).toEqual(["OK", "MISSING", "OK"]);
  expect(lastNight(one.world.store)).toMatchObject({ files: 3, bad: 1 });
});

test("NightlyVerify does nothing without a plan, and begins when there is one", async () => {
  using one = await night();
  one.plan = null;
  one.nightly.start();
  await one.until(5, 3);
  expect(verified(one)).toEqual([null, null, null]);
  one.plan = plan(1);
  await one.nightly.review();
  await one.until(5, 4);
  expect(verified(one)).toEqual(["OK", "OK", "OK"]);
});

test("NightlyVerify makes room for anything else at once, and goes on after it", async () => {
  using one = await night();
  const { fs } = one.world;
  const running: Promise<void>[] = [];
  let reads = 0;
  fs.onOperation = ({ name, path }) => {
    if (name !== "file.read" || !path.endsWith(".stl") || ++reads !== 3) return;
    one.busy = true;
    running.push(one.nightly.review());
  };
  one.nightly.start();
  await one.until(5, 3);
  await Promise.all(running);
  expect(verified(one)).toEqual(["OK", null, null]);
  one.busy = false;
  await one.nightly.review();
  await one.until(5, 4);
  expect(verified(one)).toEqual(["OK", "OK", "OK"]);
  expect(lastNight(one.world.store)).toMatchObject({ files: 3, bad: 0 });
});

test("NightlyVerify waits for a drive that is not there", async () => {
  using one = await night();
  const { fs } = one.world;
  const marker = await fs.readText(`${ROOT}/${MARKER_NAME}`);
  await fs.remove(`${ROOT}/${MARKER_NAME}`);
  one.nightly.start();
  await one.until(5, 3);
  expect(verified(one)).toEqual([null, null, null]);
  await fs.writeTextAtomic(`${ROOT}/${MARKER_NAME}`, marker ?? "");
  await one.until(5, 4);
  expect(verified(one)).toEqual(["OK", "OK", "OK"]);
});
