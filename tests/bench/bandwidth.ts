// deno-lint-ignore-file no-console -- a command line tool
/**
 * How near the bandwidth limit is kept: what the transfers read, and what really came over the wire, which the system
 * tells (`ss`, bytes that were acknowledged to nginx). Run alone, or at the end of `npm run bench`.
 *
 * The system receives ahead of what is read until its buffers are full, which on Linux grow to some megabytes a
 * connection (`net.ipv4.tcp_rmem`). Above the limit up to which bytes are asked for in turns, that is seconds of it, once.
 *
 * @module
 */
import { join } from "node:path";
import { MemoryPart } from "../../extensions/sync-engine/downloads/testing/memory_part.ts";
import { Throttle } from "../../extensions/sync-engine/downloads/throttle.ts";
import { transfer } from "../../extensions/sync-engine/downloads/transfer.ts";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import { createHttp } from "../../extensions/sync-engine/platform/http.ts";
import { findProgram } from "./measure.ts";
import { startNginx } from "./nginx.ts";

/** Length of the measured window in milliseconds. */
const WINDOW_MS = 10_000;

/** Until several connections are open, and the buffers of the system are as full as they get where they count. */
const SETTLE_MS = 2_000;

/** More than any case fetches: 1 GiB. It is a hole in the disk. */
const FILE_BYTES = 1024 ** 3;

/** How near the limit was kept in one case. Shares are of the limit: 0.01 is 1 % too much. */
export interface BandwidthRow {
  readonly name: string;
  /** Of the bytes that were read, over ten seconds. */
  readonly read: number;
  /** Of the bytes on the wire, over the same ten seconds. */
  readonly wire: number;
  /** Bytes on the wire that nobody had read when the window began, in kB: what the system's buffers took ahead. */
  readonly aheadKB: number;
}

interface BandwidthCase {
  readonly name: string;
  /** Bytes a second in the window, and before it. */
  readonly limit: number;
  readonly before?: number;
  readonly transfers: number;
  readonly connections: number;
}

const KB = 1_000;
const MB = 1_000 * KB;

const CASES: readonly BandwidthCase[] = [
  { name: "100 KB/s, 3 transfers", limit: 100 * KB, transfers: 3, connections: 1 },
  { name: "100 KB/s, 1 file over 4 connections", limit: 100 * KB, transfers: 1, connections: 4 },
  { name: "1 MB/s, 3 transfers", limit: 1 * MB, transfers: 3, connections: 1 },
  {
    name: "1 MB/s after 20 MB/s, 3 transfers",
    limit: 1 * MB,
    before: 20 * MB,
    transfers: 3,
    connections: 1,
  },
  { name: "5 MB/s, 3 transfers: just in turns", limit: 5 * MB, transfers: 3, connections: 1 },
  { name: "6 MB/s, 3 transfers: no more turns", limit: 6 * MB, transfers: 3, connections: 1 },
  { name: "50 MB/s, 3 transfers", limit: 50 * MB, transfers: 3, connections: 1 },
  { name: "50 MB/s, 1 file over 4 connections", limit: 50 * MB, transfers: 1, connections: 4 },
];

/** Measures all cases, one after the other; none where nginx or `ss` is missing. */
export async function benchBandwidth(): Promise<BandwidthRow[]> {
  const [nginx, ss] = await Promise.all([findProgram("nginx"), findProgram("ss", "iproute2")]);
  if (!nginx || !ss) {
    console.log("Skipped: the bandwidth, for nginx or ss is not here and could not be installed");
    return [];
  }
  const work = await Deno.makeTempDir({ prefix: "mmfsync-bandwidth-" });
  await Deno.mkdir(join(work, "served"));
  await Deno.writeFile(join(work, "served/hole.bin"), new Uint8Array());
  await Deno.truncate(join(work, "served/hole.bin"), FILE_BYTES);
  const server = await startNginx(nginx, join(work, "served"));
  const rows: BandwidthRow[] = [];
  try {
    for (const one of CASES) {
      rows.push(await measureCase(one, `${server.origin}/hole.bin`, work, ss));
    }
    return rows;
  } finally {
    await server.stop();
    await Deno.remove(work, { recursive: true });
  }
}

async function measureCase(
  { name, limit, before = limit, transfers, connections }: BandwidthCase,
  url: string,
  work: string,
  ss: string,
): Promise<BandwidthRow> {
  let allowed = before;
  let read = 0;
  const wire = new Wire(ss, new URL(url).port);
  await wire.sent();
  using http = createHttp({ userAgent: "mmfsync/bench" });
  const throttle = new Throttle(systemClock, () => allowed);
  const stop = new AbortController();
  const ports = { fs: createDiskFs(), http, clock: systemClock, throttle };
  const running = Array.from(
    { length: transfers },
    (_, i) =>
      transfer({ ...ports, connections: () => connections }, {
        lease: { get: () => Promise.resolve(url), renew: () => Promise.resolve(url) },
        partPath: join(work, `${i}.part`),
        makeFolder: () => Promise.resolve(),
        name: "hole.bin",
        claimedSize: FILE_BYTES,
        part: new MemoryPart(),
        allowsUrl: () => true,
        onProgress: (_done, _size, arrived) => void (read += arrived),
        signal: stop.signal,
      }).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      }),
  );
  await wire.watch(SETTLE_MS);
  allowed = limit;
  const from = { at: performance.now(), read, sent: await wire.sent() };
  await wire.watch(WINDOW_MS);
  const to = { at: performance.now(), read, sent: await wire.sent() };
  stop.abort();
  await Promise.all(running);
  const due = (to.at - from.at) / 1000 * limit;
  return {
    name,
    read: rounded((to.read - from.read) / due - 1),
    wire: rounded((to.sent - from.sent) / due - 1),
    aheadKB: Math.round((from.sent - from.read) / KB),
  };
}

/** What went over the connections of one server that were made since the first look, those that have ended included. */
class Wire {
  readonly #ss: string;
  readonly #port: string;
  readonly #sent = new Map<string, number>();
  /** Connections of an earlier case. */
  #others: ReadonlySet<string> | null = null;

  constructor(ss: string, port: string) {
    this.#ss = ss;
    this.#port = port;
  }

  /** Looks often enough that little is missed of a connection that ends. */
  async watch(ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (performance.now() < end) {
      await this.sent();
      await new Promise((resolve) => setTimeout(resolve, Math.min(100, end - performance.now())));
    }
  }

  /** Bytes. */
  async sent(): Promise<number> {
    const args = ["-tinHO", "state", "established", `( sport = :${this.#port} )`];
    const { stdout } = await new Deno.Command(this.#ss, { args }).output();
    for (const line of new TextDecoder().decode(stdout).split("\n")) {
      const [, , , peer] = line.trim().split(/\s+/);
      const bytes = /\bbytes_acked:(\d+)/.exec(line)?.[1];
      if (peer && bytes) this.#sent.set(peer, Number(bytes));
    }
    this.#others ??= new Set(this.#sent.keys());
    return this.#sent.entries().reduce(
      (sum, [peer, bytes]) => this.#others?.has(peer) ? sum : sum + bytes,
      0,
    );
  }
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

if (import.meta.main) {
  const rows = await benchBandwidth();
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
}
