import { expect, test } from "vitest";
import { BadAnswer } from "./downloads/bad_answer.ts";
import { Connection } from "./downloads/connection.ts";
import { Mints } from "./downloads/mints.ts";
import { NotNow } from "./downloads/not_now.ts";
import { content, makeWorld, type World } from "./downloads/testing/world.ts";
import { type AddressSource, lessorOf } from "./lessor.ts";
import { SyncError } from "./platform/errors.ts";
import { type Manifest, parseManifest } from "./plugins/manifest.ts";
import type { DueJob } from "./store/jobs.ts";
import type { FileRef } from "../../providers/sdk/mod.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const MANIFEST = parseManifest(`
id = "mmf"
name = "A site"
version = "1.0.0"
api_version = 1
entry = "provider.js"
hosts = ["www.example.com", "*.example.com"]
[rate.downloads]
start_seconds = 12
slowest_seconds = 90
fastest_seconds = 6
counts_images = false
`);

const never = new AbortController().signal;
const broken = new SyncError("retryable", "The line broke");

/** Jobs, and a provider whose addresses are counted. */
function start(world: World, { manifest = MANIFEST }: { manifest?: Manifest } = {}) {
  const minted: string[] = [];
  const site = {
    /** What the provider throws for a file. */
    refuses: (_id: string): SyncError | null => null,
    host: "dl.example.com",
    /** Milliseconds that an address is good for. */
    lasts: 60 * MINUTE,
  };
  const client: AddressSource = {
    manifest,
    // deno-lint-ignore require-await -- the port is asynchronous
    async downloadUrl({ id }: FileRef) {
      minted.push(id);
      const refusal = site.refuses(id);
      if (refusal) throw refusal;
      const url = `https://${site.host}/${id}/${minted.length}`;
      return { url, expiresAt: world.clock.now() + site.lasts };
    },
  };
  world.list(1, ["a", "b", "c"].map((name) => ({ name: `${name}.stl`, bytes: content(10) })));
  world.list(2, [{ name: "1.jpg", kind: "image", bytes: content(10) }]);
  const connection = new Connection(world.clock);
  const lessor = lessorOf(
    { ...world, mints: new Mints(world), connection },
    new Map([["mmf", client]]),
  );
  const jobs = [world.next(), world.next(), world.next(), world.next()] as const;
  const lease = (job: DueJob) => world.clock.finish(lessor.lease(job, never));
  return { lessor, site, minted, jobs, lease, connection };
}

const failure = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => error);

test("A lessor lets jobs start one after the other, and pictures at any time", () => {
  using world = makeWorld();
  const { lessor, jobs: [a, b, , picture] } = start(world);
  expect(lessor.admit(a)).toBeNull();
  expect(lessor.admit(b)).toEqual({ ms: 12 * SECOND, reason: "paced" });
  expect(lessor.admit(picture)).toBeNull();
  // The first one came to nothing before it had asked.
  lessor.failed(a, new SyncError("cancelled", "Stopped"), false);
  expect(lessor.admit(b)).toBeNull();
});

test("A lessor gives the same address after a broken transfer, and it costs no turn", async () => {
  using world = makeWorld();
  const { lessor, minted, lease, jobs: [a] } = start(world);
  expect(lessor.admit(a)).toBeNull();
  const first = await lease(a);
  lessor.failed(a, broken, true);
  expect(lessor.admit(a)).toBeNull();
  expect(await lease(a)).toBe(first);
  expect(minted).toHaveLength(1);
});

test.each([
  new SyncError("needsNewLease", "It ran out"),
  new SyncError("integrity", "It is another file"),
  new BadAnswer("A web page instead of the file"),
])("A lessor gives another address after $message", async (error) => {
  using world = makeWorld();
  const { lessor, lease, jobs: [a] } = start(world);
  const first = await lease(a);
  lessor.failed(a, error, false);
  expect(await lease(a)).not.toBe(first);
});

test("A lessor gives another address when the last one is about to end", async () => {
  using world = makeWorld();
  const { lessor, site, minted, lease, jobs: [a] } = start(world);
  site.lasts = 10 * MINUTE;
  await lease(a);
  lessor.failed(a, broken, true);
  await world.clock.advance(9 * MINUTE + 45 * SECOND);
  await lease(a);
  expect(minted).toHaveLength(2);
});

test("A lessor gives a newer address to whoever asks again in the same attempt", async () => {
  using world = makeWorld();
  const { lease, jobs: [a] } = start(world);
  expect(await lease(a)).not.toBe(await lease(a));
});

test("A lessor asks once for whoever wants the address of one file at the same time", async () => {
  using world = makeWorld();
  const { lessor, minted, jobs: [a] } = start(world);
  const both = Promise.all([lessor.lease(a, never), lessor.lease(a, never)]);
  const [one, other] = await world.clock.finish(both);
  expect(one).toBe(other);
  expect(minted).toHaveLength(1);
});

test("A lessor asks for nothing inside a silence, also one that an earlier process met", async () => {
  using world = makeWorld();
  const { minted, lease, jobs: [a] } = start(world);
  const until = world.clock.now() + 10 * MINUTE;
  world.store.pauses.set({ provider: "mmf", scope: "downloads", until, reason: "challenged" });
  const error = await failure(lease(a));
  expect(error).toBeInstanceOf(NotNow);
  expect(error).toMatchObject({ kind: "challenged", until });
  expect(minted).toEqual([]);
});

test("A lessor lets others go first after a refusal, and gives a file up as refused that is denied while they get theirs", async () => {
  using world = makeWorld();
  const { site, lease, lessor, jobs: [a, b] } = start(world);
  const locked = a.fileId.slice(a.asset.id.length + 1);
  site.refuses = (id) => id === locked ? new SyncError("throttled", "Not now") : null;
  const first = await failure(lease(a));
  expect(first).toMatchObject({ kind: "throttled", isLast: false });
  const silence = world.store.pauses.get("mmf", "downloads", world.clock.now());
  expect(silence).not.toBeNull();
  if (first instanceof NotNow) expect(first.until).toBeGreaterThan(silence?.until ?? Infinity);
  for (let times = 2; times < 6; times++) {
    await world.clock.advance(60 * MINUTE);
    await lease(b);
    lessor.succeeded(b);
    expect(await failure(lease(a))).toMatchObject({ kind: "throttled", isLast: true });
  }
  await world.clock.advance(60 * MINUTE);
  expect(await failure(lease(a))).toMatchObject({ kind: "refused" });
  // It was never the pace: what was learnt at the first refusal is all that was learnt.
  expect(world.store.paces.get("mmf")).toMatchObject({ intervalMs: 24 * SECOND });
});

test("A lessor leaves a site alone for the rest of the run that refuses the only file six times", async () => {
  using world = makeWorld();
  const { site, minted, lease, jobs: [a] } = start(world);
  site.refuses = () => new SyncError("throttled", "Not now");
  let last: unknown = null;
  for (let times = 1; times <= 6; times++) {
    last = await failure(lease(a));
    await world.clock.advance(60 * MINUTE);
  }
  expect(last).toMatchObject({ kind: "throttled", until: null });
  expect(minted).toHaveLength(6);
});

test("A lessor never takes a check for robots for the fault of a file", async () => {
  using world = makeWorld();
  const { site, lease, lessor, jobs: [a, b] } = start(world);
  const one = a.fileId.slice(a.asset.id.length + 1);
  site.refuses = (id) => id === one ? new SyncError("challenged", "A check") : null;
  for (let times = 1; times < 10; times++) {
    expect(await failure(lease(a))).toMatchObject({ kind: "challenged", isLast: false });
    await world.clock.advance(60 * MINUTE);
    await lease(b);
    lessor.succeeded(b);
  }
});

test("A lessor lets a host rest that is down: nobody loses a try, and no address is asked for in vain", async () => {
  using world = makeWorld();
  const { minted, lease, lessor, jobs: [a, b, c] } = start(world);
  for (const job of [a, b, c, a]) {
    await lease(job);
    expect(lessor.failed(job, broken, false)).toBe(broken);
  }
  await lease(b);
  // The one that tells tries again when others have had their chance.
  expect(lessor.failed(b, broken, false).failure).toEqual({
    kind: "retryable",
    after: 2 * MINUTE + 30 * SECOND,
  });
  const before = minted.length;
  expect(await failure(lease(c))).toMatchObject({ kind: "retryable", until: expect.any(Number) });
  lessor.failed(c, broken, false);
  expect(minted).toHaveLength(before);
  await world.clock.advance(30 * SECOND);
  await lease(c);
  expect(await failure(lease(a))).toBeInstanceOf(NotNow);
  lessor.succeeded(c);
  await lease(a);
});

test("A lessor takes no try and no turn from a file while there is no network", async () => {
  using world = makeWorld();
  const { lessor, site, lease, connection, jobs: [a, b] } = start(world);
  const lost = new SyncError({ kind: "retryable", unreached: "network" }, "No way");
  const http = connection.watch({ send: () => Promise.reject(lost) });
  for (let i = 0; i < 3; i++) await failure(http.send({ url: "https://www.example.com/" }));
  site.refuses = () => lost;
  expect(lessor.admit(a)).toBeNull();
  expect(await failure(lease(a))).toBe(lost);
  expect(lessor.failed(a, lost, false)).toBeInstanceOf(NotNow);
  expect(lessor.admit(b)).toBeNull();
});
