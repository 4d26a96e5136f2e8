import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { CHUNK_SIZE, chunkCount } from "./chunk.ts";
import { hasHash } from "./chunk_hash.ts";
import { SharedLease } from "./shared_lease.ts";
import { anyTrouble } from "./testing/any_trouble.ts";
import { content } from "./testing/fake_site.ts";
import { MemoryPart } from "./testing/memory_part.ts";
import { PacedServer, type Trouble } from "./testing/paced_server.ts";
import { transfer } from "./transfer.ts";

const MIB = 1024 * 1024;
const PART = "/root/dragon.bin.part";
const OLD = content(72 * MIB + 12_345);
const NEW = content(72 * MIB + 12_345, 7);
const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const [OLD_HASH, NEW_HASH] = [hex(OLD), hex(NEW)];

interface Scene {
  readonly server: PacedServer;
  readonly clock: FakeClock;
  readonly part: MemoryPart;
  readonly leases: string[];
  /** Downloads the file; returns its hash and the seconds that it took. */
  run(connections?: number, signal?: AbortSignal): Promise<{ sha256: string; seconds: number }>;
  onDisk(): string;
}

async function setUp(bytes = OLD): Promise<Scene> {
  const clock = new FakeClock();
  const fs = new MemoryFs();
  await fs.mkdir("/root");
  const part = new MemoryPart();
  const server = new PacedServer(clock, bytes);
  const leases: string[] = [];
  return {
    server,
    clock,
    part,
    leases,
    async run(connections = 4, signal) {
      const lease = new SharedLease({
        clock,
        mint: () => Promise.resolve(`https://example.com/${leases.push("")}`),
        progress: () => part.chunks.size,
      });
      const started = clock.now();
      const ports = { fs, clock, http: server, connections: () => connections };
      const { sha256 } = await clock.finish(transfer(ports, {
        lease,
        partPath: PART,
        makeFolder: () => Promise.resolve(),
        name: "dragon.bin",
        claimedSize: null,
        part,
        allowsUrl: () => true,
        ...(signal ? { signal } : {}),
      }));
      return { sha256, seconds: (clock.now() - started) / 1000 };
    },
    onDisk: () => hex(fs.files().get(PART) ?? new Uint8Array()),
  };
}

/** Troubles of the n-th request, one each. */
const meet = (troubles: Readonly<Record<number, Trouble>>) => (n: number) => troubles[n] ?? {};

test("transfer() is almost four times as fast over four connections, with one address for all", async () => {
  const one = await setUp();
  const alone = await one.run(1);
  expect(one.server.requests).toHaveLength(1);
  const four = await setUp();
  const { sha256, seconds } = await four.run();
  expect(sha256).toBe(OLD_HASH);
  expect(four.onDisk()).toBe(OLD_HASH);
  expect(four.server.mostOpen).toBe(4);
  expect(four.leases).toHaveLength(1);
  // Of 75 megabytes: the first second is all one connection's.
  expect(alone.seconds / seconds).toBeGreaterThan(3);
  expect(four.part.chunks.size).toBe(chunkCount(OLD.length));
  for (const [n, hash] of four.part.chunks) {
    const chunk = OLD.subarray(n * CHUNK_SIZE, (n + 1) * CHUNK_SIZE);
    expect(hasHash(chunk, hash)).toBe(true);
  }
  const later = four.server.requests.slice(1).map(({ headers }) => headers);
  expect(later.every((headers) => headers?.["if-range"] === '"v1"')).toBe(true);
});

test.each<[string, (scene: Scene) => void, number?]>([
  ["the setting says so", () => {}, 1],
  ["the server is fast", ({ server }) => void (server.rate = 200_000_000)],
  ["the ETag is weak", ({ server }) => void (server.etag = 'W/"v1"')],
  ["the server knows no ranges", ({ server }) => {
    server.trouble = () => ({ ignoresRange: true });
  }],
])("transfer() keeps to one connection where %s", async (_, prepare, connections = 4) => {
  const scene = await setUp();
  prepare(scene);
  expect((await scene.run(connections)).sha256).toBe(OLD_HASH);
  expect(scene.server.requests).toHaveLength(1);
});

test("transfer() keeps to one connection for a file below 64 MiB", async () => {
  const scene = await setUp(OLD.slice(0, 63 * MIB));
  await scene.run();
  expect(scene.server.requests).toHaveLength(1);
});

test.each<[string, Trouble]>([
  ["is refused with 429", { status: 429 }],
  ["is refused with 503", { status: 503 }],
  ["is refused with 416", { status: 416 }],
  ["is sent everything", { ignoresRange: true }],
  ["is sent another version", { etag: '"v2"' }],
  ["is sent another part", { shift: 1 }],
  ["is sent a short body", { endAfter: 5 * MIB }],
  ["is sent nothing", { endAfter: 0 }],
  ["breaks", { breakAfter: 5 * MIB + 7 }],
  ["stalls", { stallAfter: 5 * MIB + 7 }],
  ["stalls at once", { stallAfter: 0 }],
])(
  "transfer() gets the file right and fast when one of four connections %s",
  async (_, trouble) => {
    for (const n of [1, 2]) {
      const scene = await setUp();
      scene.server.trouble = meet({ [n]: trouble });
      const { sha256, seconds } = await scene.run();
      expect(sha256).toBe(OLD_HASH);
      expect(scene.onDisk()).toBe(OLD_HASH);
      // With one connection it takes 15 seconds, and a stall is only known after 30.
      expect(seconds).toBeLessThan(12);
    }
  },
);

test.each<[string, Trouble]>([
  ["refuses", { status: 503 }],
  ["throttles", { status: 429 }],
  ["sends everything to", { ignoresRange: true }],
  ["lies to", { shift: 1 }],
])("transfer() goes on with one connection where the server %s all others", async (_, trouble) => {
  const { server, run, leases } = await setUp();
  server.trouble = (n) => n === 0 ? {} : trouble;
  const { sha256, seconds } = await run();
  expect(sha256).toBe(OLD_HASH);
  expect(seconds).toBeLessThan(16);
  // All three were asked for at once; nobody insists.
  expect(server.requests.length).toBeLessThanOrEqual(4);
  expect(leases).toHaveLength(1);
});

test("transfer() goes on where the first connection breaks and others are at work", async () => {
  const { server, run } = await setUp();
  server.trouble = meet({ 0: { breakAfter: 9 * MIB + 1 } });
  expect((await run()).sha256).toBe(OLD_HASH);
});

test("transfer() asks for one new address for all when the old one runs out", async () => {
  const { server, clock, run, leases } = await setUp();
  server.rate = 300_000;
  const start = clock.now();
  server.trouble = (_, { url }) =>
    url.endsWith("/1") && clock.now() - start > 31_000 ? { status: 403 } : {};
  expect((await run()).sha256).toBe(OLD_HASH);
  expect(leases).toHaveLength(2);
  expect(server.requests.filter(({ url }) => url.endsWith("/2")).length).toBeGreaterThan(1);
});

test("transfer() asks for no address for each connection where one is good for one only", async () => {
  const { server, run, leases } = await setUp();
  const used = new Set<string>();
  server.trouble = (_, { url }) => used.size === used.add(url).size ? { status: 403 } : {};
  expect((await run()).sha256).toBe(OLD_HASH);
  expect(leases).toHaveLength(1);
});

test("transfer() fails when no address is good any more, and keeps what it has", async () => {
  const { server, clock, run, leases, part } = await setUp();
  const start = clock.now();
  server.trouble = () => clock.now() - start > 3_000 ? { status: 403 } : {};
  await expect(run()).rejects.toMatchObject({ kind: "needsNewLease" });
  expect(leases).toHaveLength(2);
  expect(part.chunks.size).toBeGreaterThan(8);
  server.trouble = () => ({});
  const before = server.requests.length;
  expect((await run()).sha256).toBe(OLD_HASH);
  expect(server.requests[before]?.headers?.["if-range"]).toBe('"v1"');
});

test("transfer() never mixes two versions of a file that is replaced in the middle", async () => {
  for (const seconds of [2, 4]) {
    const scene = await setUp();
    const { server, clock, run, part } = scene;
    const start = clock.now();
    server.trouble = () => {
      if (clock.now() - start > seconds * 1000) {
        server.bytes = NEW;
        server.etag = '"v2"';
      }
      return {};
    };
    const { sha256 } = await run();
    expect(scene.onDisk()).toBe(sha256);
    // As a whole, and with the validator that belongs to it.
    expect([sha256, part.validator]).toEqual(
      sha256 === NEW_HASH ? [NEW_HASH, '"v2"'] : [OLD_HASH, '"v1"'],
    );
  }
});

test("transfer() stops all connections for the caller at once and keeps the chunks", async () => {
  const { server, clock, run, part } = await setUp();
  const stop = new AbortController();
  const running = run(4, stop.signal);
  running.catch(() => {});
  void clock.sleep(3_000).then(() => stop.abort(new SyncError("cancelled", "Stopped")));
  const start = clock.now();
  await expect(running).rejects.toMatchObject({ kind: "cancelled" });
  expect(clock.now() - start).toBeLessThan(4_000);
  expect(server.open).toBe(0);
  expect(part.chunks.size).toBeGreaterThan(4);
});

test(
  "transfer() over several connections gets a file right or keeps only what is right, whatever happens",
  async () => {
    const trouble = anyTrouble(20 * MIB, 3);
    await fc.assert(
      fc.asyncProperty(
        fc.array(trouble, { maxLength: 12 }),
        fc.integer({ min: 2, max: 8 }),
        async (troubles, connections) => {
          const scene = await setUp();
          scene.server.trouble = (n) => troubles[n] ?? {};
          for (;;) {
            try {
              expect((await scene.run(connections)).sha256).toBe(OLD_HASH);
              expect(scene.onDisk()).toBe(OLD_HASH);
              return;
            } catch (error) {
              expect(error).toBeInstanceOf(SyncError);
            }
            // Each attempt uses up troubles, so that this comes to an end.
            for (const [n, hash] of scene.part.chunks) {
              const chunk = OLD.subarray(n * CHUNK_SIZE, (n + 1) * CHUNK_SIZE);
              expect(hasHash(chunk, hash)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  },
  60_000,
);
