import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { CHUNK_SIZE } from "../../extensions/sync-engine/downloads/chunk.ts";
import type { Fault } from "../../providers/mmf/simulator/mod.ts";
import { expectPolite, failuresOf, links } from "./polite.ts";
import { expectFile, openLarge, ranges } from "./large.ts";
import { expectTruth, fileRows } from "./truth.ts";
import type { World } from "./world.ts";

/** Where first attempts end: in the third chunk. */
const BREAK = 2 * CHUNK_SIZE + 500_000;

const CUT: Fault = { mode: "shortBody", bytes: BREAK };

function messages(world: World): string[] {
  const [row] = fileRows(world.profile);
  return failuresOf(world, row?.id ?? "").map(({ message }) => message);
}

test.each<[string, Fault]>([
  ["cut", CUT],
  ["stalled", { mode: "stall", bytes: BREAK }],
])("sync() goes on behind the last whole chunk of a large file that was %s", async (_, fault) => {
  await using world = await openLarge();
  world.simulator.faults.add({ on: "storage", times: 1 }, fault);
  await world.profile.engine.sync();
  await expectFile(world);
  const [first, second, ...more] = ranges(world);
  expect(first).toMatchObject({ from: 0, status: 206, ifRange: null });
  expect(second).toMatchObject({
    from: 2 * CHUNK_SIZE,
    status: 206,
    sent: world.size - 2 * CHUNK_SIZE,
    ifRange: expect.stringMatching(/^"[^"]+"$/),
  });
  expect(more).toEqual([]);
  expectPolite(world);
});

test.each<[string, Fault, RegExp | null]>([
  ["the whole file with 200", { mode: "ignoreRange" }, null],
  ["another range", { mode: "wrongContentRange" }, /another part of the file than asked for/],
  ["416", { mode: "refuse416" }, /answered 416/],
  ["a login page", { mode: "htmlInstead" }, /sent a web page/],
  ["gzip", { mode: "gzipRange" }, /"gzip" form unasked/],
  ["a longer body", { mode: "endless" }, /goes on past its \d+ bytes/],
  ["a shorter body", { mode: "shortBody" }, /was cut before/],
  ["an expired address", { mode: "expired" }, /answered 403/],
  ["a redirect to this machine", { mode: "redirectLoopback" }, /may not go/],
  ["503", { mode: "serverError", status: 503 }, /answered 503/],
])(
  "sync() that wants the rest of a file gets it right when it is sent %s",
  async (_, fault, message) => {
    await using world = await openLarge();
    const { simulator, profile } = world;
    simulator.faults.add({ on: "storage", times: 1 }, CUT);
    simulator.faults.add({ on: "storage", times: 1 }, fault);
    await profile.engine.sync();
    await expectFile(world);
    expect(messages(world)).toEqual([
      expect.stringMatching(/was cut before/),
      ...(message ? [expect.stringMatching(message)] : []),
    ]);
    const [, , third] = ranges(world);
    // What may belong to another file is thrown away; a mere refusal costs nothing.
    const startsOver = ["wrongContentRange", "refuse416", "endless"].includes(fault.mode);
    if (message) expect(third?.from).toBe(startsOver ? 0 : 2 * CHUNK_SIZE);
    expectPolite(world);
  },
);

test("sync() starts over when the file was replaced between two attempts", async () => {
  await using world = await openLarge();
  const { simulator, profile, objectId } = world;
  const cut = simulator.faults.add({ on: "storage", times: 1 }, CUT);
  // While the old version is on its way the creator uploads another one.
  const checked = setInterval(() => {
    if (cut.hits === 0) return;
    clearInterval(checked);
    simulator.world.replaceArchive(objectId);
  }, 1);
  await profile.engine.sync();
  clearInterval(checked);
  await expectFile(world);
  expect(ranges(world).map(({ from, status }) => [from, status])).toEqual([
    [0, 206],
    [2 * CHUNK_SIZE, 200],
  ]);
  expectPolite(world);
});

test("sync() starts over when a server that ignores If-Range sends the rest of another file", async () => {
  const onTheWay = ({ "if-range": _, ...headers }: Readonly<Record<string, string>>) => headers;
  await using world = await openLarge({ onTheWay });
  const { simulator, profile } = world;
  simulator.faults.add({ on: "storage", times: 1 }, CUT);
  simulator.faults.add({ on: "storage", times: 1 }, { mode: "changedEtag" });
  await profile.engine.sync();
  await expectFile(world);
  expect(messages(world)).toEqual([
    expect.stringMatching(/was cut before/),
    "The file on the server changed while it was downloaded",
  ]);
  expect(ranges(world).map(({ from, status }) => [from, status])).toEqual([
    [0, 206],
    [2 * CHUNK_SIZE, 206],
    [0, 206],
  ]);
});

test("sync() keeps what came whole when a large file was torn", async () => {
  await using world = await openLarge();
  world.simulator.faults.add({ on: "storage", times: 1 }, { mode: "reset", bytes: BREAK });
  await world.profile.engine.sync();
  await expectFile(world);
  // How much of what was sent is lost with the connection is the operating system's choice.
  const [, second, ...more] = ranges(world);
  expect([0, CHUNK_SIZE, 2 * CHUNK_SIZE]).toContain(second?.from);
  expect(second?.sent).toBe(world.size - (second?.from ?? 0));
  expect(more).toEqual([]);
});

test("sync() fetches only those chunks again that were damaged on the disk, with as many leases as that takes", async () => {
  await using world = await openLarge({ site: { fileSize: 20_000_000 }, moreThan: 4 * CHUNK_SIZE });
  const { simulator, profile, size } = world;
  simulator.faults.add({ on: "storage" }, { mode: "shortBody", bytes: 3 * CHUNK_SIZE + 500_000 });
  const stop = new AbortController();
  const stopping = profile.engine.sync({}, stop.signal);
  while (messages(world).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await expect(stopping).rejects.toMatchObject({ kind: "cancelled" });
  flipByte(await partOf(world), 7);
  flipByte(await partOf(world), 2 * CHUNK_SIZE + 7);

  simulator.faults.clear();
  const before = ranges(world).length;
  // The address runs out between the first hole and the second.
  simulator.faults.add({ on: "storage", after: 1, times: 1 }, { mode: "expired" });
  const linksBefore = links(world).length;
  expect(await profile.engine.sync()).toMatchObject({ failed: 0, waiting: 0 });
  await expectFile(world);
  expect(ranges(world).slice(before).map(({ from, sent, status }) => [from, status, sent])).toEqual(
    [
      [0, 206, CHUNK_SIZE],
      [2 * CHUNK_SIZE, 403, expect.any(Number)],
      [2 * CHUNK_SIZE, 206, size - 2 * CHUNK_SIZE],
    ],
  );
  expect(links(world).length - linksBefore).toBe(2);
});

test("sync() gets a large file over a line that breaks again and again, and fetches no chunk twice", async () => {
  const breaks = 6;
  await using world = await openLarge({
    site: { fileSize: 30_000_000, leaseSeconds: 3 },
    moreThan: breaks * CHUNK_SIZE,
  });
  const { simulator, profile } = world;
  // More often than a file that does not come forward is tried; addresses do not outlive a few waits.
  simulator.faults.add(
    { on: "storage", times: breaks },
    { mode: "shortBody", bytes: CHUNK_SIZE + 500_000 },
  );
  expect(await profile.engine.sync()).toMatchObject({ failed: 0, waiting: 0 });
  await expectFile(world);
  expect(ranges(world).map(({ from, status }) => [from, status])).toEqual(
    Array.from({ length: breaks + 1 }, (_, n) => [n * CHUNK_SIZE, 206]),
  );
  expect(links(world)).toHaveLength(breaks + 1);
});

test("sync() sets a large file aside that never comes forward, and keeps what it has", async () => {
  await using world = await openLarge();
  const { simulator, profile } = world;
  simulator.faults.add({ on: "storage", times: 1 }, CUT);
  const dead = simulator.faults.add({ on: "storage" }, { mode: "expired" });
  expect(await profile.engine.sync()).toMatchObject({ failed: 1, waiting: 0 });
  // The first attempt came forward, which counts as the first of five.
  expect(messages(world)).toHaveLength(5);
  expect(await expectTruth(profile, simulator)).toBe(0);
  dead.remove();
  const before = ranges(world).length;
  await profile.engine.sync();
  await expectFile(world);
  expect(ranges(world).slice(before).map(({ from }) => from)).toEqual([2 * CHUNK_SIZE]);
});

/** Path of the one partial file. */
async function partOf({ profile }: World): Promise<string> {
  const [row] = fileRows(profile);
  const folder = dirname(join(profile.root, row?.path ?? ""));
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".part")) return join(folder, name);
  }
  throw new Error(`There is no partial file in ${folder}`);
}

function flipByte(path: string, at: number): void {
  using file = Deno.openSync(path, { read: true, write: true });
  const byte = new Uint8Array(1);
  file.seekSync(at, Deno.SeekMode.Start);
  file.readSync(byte);
  file.seekSync(at, Deno.SeekMode.Start);
  file.writeSync(byte.map((value) => value ^ 0xff));
}
