import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import { SharedLease } from "./shared_lease.ts";
import { anyTrouble } from "./testing/any_trouble.ts";
import { content } from "./testing/fake_site.ts";
import { MemoryPart } from "./testing/memory_part.ts";
import { PacedServer, type Trouble } from "./testing/paced_server.ts";
import { burst, Throttle } from "./throttle.ts";
import { transfer } from "./transfer.ts";

const MB = 1_000_000;
const OLD = content(10 * MB + 12_345);
const NEW = content(2 * MB + 12_345, 7);
const SHORT = content(2 * MB);
const LARGE = content(68 * 1024 * 1024 + 5);
const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What a server was asked for: when, by the clock's milliseconds, and how many bytes. */
interface Asked {
  readonly at: number;
  readonly bytes: number;
}

/** A fast server of one file, and a bandwidth that all transfers share. */
async function setUp(bytes: Uint8Array<ArrayBuffer> = OLD, limit: number | null = MB) {
  const clock = new FakeClock(0);
  const fs = new MemoryFs();
  await fs.mkdir("/root");
  const server = new PacedServer(clock, bytes);
  server.rate = 100 * MB;
  const bandwidth = { limit };
  const throttle = new Throttle(clock, () => bandwidth.limit);
  const asked: Asked[] = [];
  const leases: string[] = [];
  const http = {
    send: async (request: Parameters<typeof server.send>[0]) => {
      const answer = await server.send(request);
      const length = Number(answer.headers.get("content-length"));
      asked.push({ at: clock.monotonic(), bytes: length });
      return answer;
    },
  };
  return {
    clock,
    server,
    bandwidth,
    throttle,
    asked,
    leases,
    /** Fetches the file; returns its hash. */
    async run({ name = "dragon.bin", part = new MemoryPart(), connections = 1, signal }: {
      readonly name?: string;
      readonly part?: MemoryPart;
      readonly connections?: number;
      readonly signal?: AbortSignal;
    } = {}) {
      let arrived = 0;
      const lease = new SharedLease({
        clock,
        mint: () => Promise.resolve(`https://example.com/${leases.push("")}`),
        progress: () => arrived,
      });
      const partPath = `/root/${name}.part`;
      const { sha256 } = await transfer(
        { fs, clock, http, throttle, connections: () => connections },
        {
          lease,
          partPath,
          makeFolder: () => Promise.resolve(),
          name,
          claimedSize: null,
          part,
          allowsUrl: () => true,
          onProgress: (_done, _size, bytes) => void (arrived += bytes),
          ...(signal ? { signal } : {}),
        },
      );
      expect(hex(fs.files().get(partPath) ?? new Uint8Array())).toBe(sha256);
      return sha256;
    },
  };
}

/** Proves that at no time more was asked for than may have come by then, heads of answers apart. */
function expectWithin(asked: readonly Asked[], limit: number): void {
  let bytes = 0;
  for (const one of asked) {
    bytes += one.bytes;
    expect(bytes - one.at / 1000 * limit).toBeLessThanOrEqual(burst(limit));
  }
}

const sum = (asked: readonly Asked[]) => asked.reduce((all, { bytes }) => all + bytes, 0);

test("transfer() at a low limit asks for no more than may come, two or three times a second", async () => {
  const { clock, server, asked, run, leases } = await setUp();
  expect(await clock.finish(run())).toBe(hex(OLD));
  expectWithin(asked, MB);
  expect(sum(asked)).toBe(OLD.length);
  expect(clock.monotonic()).toBeGreaterThan(9_500);
  expect(clock.monotonic()).toBeLessThan(10_500);
  expect(asked.length).toBeLessThanOrEqual(30);
  expect(server.mostOpen).toBe(1);
  expect(leases).toHaveLength(1);
  const later = server.requests.slice(1).map(({ headers }) => headers?.["if-range"]);
  expect(new Set(later)).toEqual(new Set(['"v1"']));
});

test("transfers at a low limit take turns, and come within it together", async () => {
  const { clock, asked, run, throttle } = await setUp();
  expect(throttle.isLow).toBe(true);
  const names = ["one", "two", "three"];
  const hashes = await clock.finish(Promise.all(names.map((name) => run({ name }))));
  expect(hashes).toEqual(names.map(() => hex(OLD)));
  expectWithin(asked, MB);
  expect(clock.monotonic()).toBeLessThan(3 * 10_500);
  expect(asked.length / (clock.monotonic() / 1000)).toBeLessThanOrEqual(3);
});

test("transfer() over several connections keeps to a low limit", async () => {
  const { clock, server, asked, run } = await setUp(LARGE, 4 * MB);
  const part = new MemoryPart();
  expect(await clock.finish(run({ part, connections: 4 }))).toBe(hex(LARGE));
  expectWithin(asked, 4 * MB);
  expect(sum(asked)).toBe(LARGE.length);
  expect(server.requests.some(({ ownConnection }) => ownConnection)).toBe(true);
  expect(part.chunks.size).toBe(18);
});

test("transfer() takes a small file of unknown length with one request", async () => {
  const { clock, asked, run } = await setUp(content(1234));
  await clock.finish(run());
  expect(asked).toMatchObject([{ bytes: 1234 }]);
});

test("transfer() goes on with one long answer when the limit is lifted", async () => {
  const { clock, bandwidth, asked, run } = await setUp();
  const running = run();
  await clock.advance(2_000);
  bandwidth.limit = null;
  expect(await clock.finish(running)).toBe(hex(OLD));
  expect(clock.monotonic()).toBeLessThan(3_000);
  expect(asked.at(-1)?.bytes).toBeGreaterThan(3 * MB);
});

test("transfer() goes on in turns when the limit is lowered", async () => {
  const { clock, server, bandwidth, asked, run } = await setUp(OLD, null);
  server.rate = 2 * MB;
  const running = run();
  await clock.advance(3_000);
  expect(asked).toHaveLength(1);
  bandwidth.limit = MB;
  await clock.advance(3_000);
  expect(server.open).toBeLessThanOrEqual(1);
  expect(await clock.finish(running)).toBe(hex(OLD));
  expect(asked.length).toBeGreaterThan(2);
  expect(Math.max(...asked.slice(1).map(({ bytes }) => bytes))).toBeLessThanOrEqual(0.4 * MB);
});

test("transfer() takes a server that knows no ranges at its one answer", async () => {
  const { clock, server, asked, run } = await setUp(SHORT);
  server.trouble = () => ({ ignoresRange: true });
  expect(await clock.finish(run())).toBe(hex(SHORT));
  expect(asked).toHaveLength(1);
  // What is read keeps to the limit, at least.
  expect(clock.monotonic()).toBeGreaterThan(1_500);
});

test("transfer() takes one long answer where nothing proves that turns belong together", async () => {
  const { clock, server, asked, run } = await setUp(SHORT);
  server.etag = 'W/"v1"';
  expect(await clock.finish(run())).toBe(hex(SHORT));
  expect(asked.map(({ bytes }) => bytes)).toEqual([0.4 * MB, SHORT.length]);
  expect(server.open).toBe(0);
});

test("transfer() begins anew with a file that is replaced between two turns", async () => {
  const { clock, server, run } = await setUp();
  const running = run();
  await clock.advance(5_500);
  server.bytes = NEW;
  server.etag = '"v2"';
  expect(await clock.finish(running)).toBe(hex(NEW));
});

test("transfer() gets another address when the one that there is runs out between two turns", async () => {
  const { clock, server, run, asked, leases } = await setUp();
  server.trouble = (_, { url }) =>
    Number(url.split("/").at(-1)) <= clock.monotonic() / 3_000 ? { status: 403 } : {};
  expect(await clock.finish(run())).toBe(hex(OLD));
  expect(leases).toHaveLength(4);
  expectWithin(asked, MB);
});

test("transfer() spends few addresses where each is good for one answer", async () => {
  const { clock, server, run, leases } = await setUp(SHORT);
  const used = new Set<string>();
  server.trouble = (_, { url }) => used.size === used.add(url).size ? { status: 403 } : {};
  expect(await clock.finish(run())).toBe(hex(SHORT));
  expect(leases.length).toBeLessThanOrEqual(4);
});

test.each<[string, Trouble, string]>([
  ["ends early", { endAfter: 1000 }, "retryable"],
  ["breaks", { breakAfter: 1000 }, "retryable"],
  ["is another part", { shift: 1 }, "integrity"],
  ["is of another version", { etag: '"v2"' }, "integrity"],
  ["is refused", { status: 503 }, "retryable"],
  ["falls silent", { stallAfter: 1000 }, "retryable"],
])("transfer() fails as it would otherwise when a turn %s", async (_, trouble, kind) => {
  const scene = await setUp();
  const part = new MemoryPart();
  scene.server.trouble = (n) => n === 15 ? trouble : {};
  await expect(scene.clock.finish(scene.run({ part }))).rejects.toMatchObject({ kind });
  expect(part.chunks.size).toBe(kind === "integrity" ? 0 : 1);
  expect(await scene.clock.finish(scene.run({ part }))).toBe(hex(OLD));
});

test("transfer() notices a server that sends more than a turn", async () => {
  const { clock, server, run, throttle } = await setUp();
  expect(throttle.isLow).toBe(true);
  const send = server.send.bind(server);
  server.send = async (request) => {
    const answer = await send(request);
    const body = answer.body?.pipeThrough(
      new TransformStream({ flush: (stream) => stream.enqueue(new Uint8Array(9)) }),
    );
    return { ...answer, body: body ? bytesOf(body) : null };
  };
  await expect(clock.finish(run())).rejects.toMatchObject({ kind: "integrity" });
});

test("transfer() stops at once while it waits for its turn, and keeps its chunks", async () => {
  const { clock, server, run } = await setUp(OLD, 4 * MB);
  const part = new MemoryPart();
  const stop = new AbortController();
  const running = run({ part, signal: stop.signal });
  running.catch(() => {});
  await clock.advance(1_650);
  expect(server.open).toBe(0);
  stop.abort(new SyncError("cancelled", "Stopped"));
  const from = clock.monotonic();
  await expect(clock.finish(running)).rejects.toMatchObject({ kind: "cancelled" });
  expect(clock.monotonic() - from).toBeLessThan(1_000);
  expect(part.chunks.size).toBe(1);
});

test("transfer() that waits for its turn for minutes has not stalled", async () => {
  const { clock, run, throttle } = await setUp(content(8_000), 10_000);
  const others = new AbortController();
  const greedy = Array.from({ length: 80 }, async () => {
    for (;;) await throttle.takeAhead(4096, others.signal);
  });
  const running = run();
  expect(await clock.finish(running)).toBe(hex(content(8_000)));
  expect(clock.monotonic()).toBeGreaterThan(60_000);
  others.abort();
  await Promise.allSettled(greedy);
});

test("transfer() gets a file right whatever turns meet and however the limit changes", async () => {
  const trouble = anyTrouble(MB, 6);
  const limits = fc.array(fc.constantFrom(null, 4 * MB, 20 * MB), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(trouble, { maxLength: 25 }),
      limits,
      fc.constantFrom(1, 1, 4),
      async (troubles, limits, connections) => {
        const scene = await setUp(connections === 1 ? OLD : LARGE);
        const { clock, server, bandwidth } = scene;
        server.rate = 10 * MB;
        server.trouble = (n) => {
          bandwidth.limit = limits[Math.floor(n / 3) % limits.length] ?? null;
          return troubles[n] ?? {};
        };
        const part = new MemoryPart();
        for (;;) {
          try {
            const sha256 = await clock.finish(scene.run({ part, connections }));
            expect(sha256).toBe(hex(server.bytes));
            expect(server.open).toBe(0);
            return;
          } catch (error) {
            expect(error).toBeInstanceOf(SyncError);
          }
          // Each attempt uses up troubles, so that this comes to an end.
          for (const [n, sha256] of part.chunks) {
            const chunk = server.bytes.subarray(n * CHUNK_SIZE, (n + 1) * CHUNK_SIZE);
            expect(createHash("sha256").update(chunk).digest().equals(sha256)).toBe(true);
          }
        }
      },
    ),
    { numRuns: 6 },
  );
}, 120_000);

/** The same bytes as a stream that fills the reader's own buffer. */
function bytesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = stream.getReader();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const { done, value } = await reader.read();
      if (value) return controller.enqueue(value);
      if (done) controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}
