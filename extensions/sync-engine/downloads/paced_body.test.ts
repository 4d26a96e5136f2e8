import { afterEach, expect, test } from "vitest";
import { createHttp } from "../platform/http.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { FileSource } from "./file_source.ts";
import { PacedBody } from "./paced_body.ts";
import { watchForStall } from "./stall.ts";
import { content } from "./testing/fake_site.ts";
import type { Share } from "./throttle.ts";

const FILE = content(250_000);
const TURN = 40_000;

const open: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});

/** A real server that honours ranges, and a bandwidth of which there is enough at once for each turn. */
function setUp() {
  /** Ports at the other end of the connections that requests came over, one for each request. */
  const peers: number[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request, info) => {
    if (info.remoteAddr.transport === "tcp") peers.push(info.remoteAddr.port);
    const [, from, to = ""] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "") ?? [];
    const start = Number(from);
    const end = to === "" ? FILE.length : Math.min(FILE.length, Number(to) + 1);
    const headers = { etag: '"v1"', "content-range": `bytes ${start}-${end - 1}/${FILE.length}` };
    return new Response(FILE.slice(start, end), { status: 206, headers });
  });
  const http = createHttp({ userAgent: "test" });
  open.push(server, {
    [Symbol.asyncDispose]() {
      http[Symbol.dispose]();
      return Promise.resolve();
    },
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const lease = { get: () => Promise.resolve(url), renew: () => Promise.resolve(url) };
  const clock = new FakeClock();
  const source = new FileSource({
    ports: { http, clock },
    request: { lease, allowsUrl: () => true },
    connections: () => 1,
  });
  const throttle = { isLow: true, taken: 0, takenAhead: 0, givenBack: 0 };
  const share: Share = {
    get isLow() {
      return throttle.isLow;
    },
    take(wanted) {
      throttle.taken += wanted;
      return wanted;
    },
    takeAhead(wanted) {
      const bytes = Math.min(wanted, TURN);
      throttle.takenAhead += bytes;
      return bytes;
    },
    giveBack: (bytes) => void (throttle.givenBack += bytes),
  };
  const ports = { source, stall: watchForStall(clock), throttle: share };
  const stretch = { start: 0, reach: Infinity, validator: null, size: null, claimedSize: null };
  return { peers, throttle, open: () => PacedBody.open(ports, stretch) };
}

/** Reads on to an offset, in pieces of any size. */
async function readTo(body: PacedBody, got: number[], length: number): Promise<void> {
  while (got.length < length) {
    const { done, value } = await body.read(new Uint8Array(Math.min(9_999, length - got.length)));
    if (done) return;
    got.push(...value);
  }
}

test("PacedBody uses its connection again for further turns and takes each byte once", async () => {
  const { peers, throttle, open } = setUp();
  const [body, head] = await open();
  expect(head).toMatchObject({ whole: false, size: FILE.length, validator: '"v1"' });
  const got: number[] = [];
  await readTo(body, got, Infinity);
  expect(new Uint8Array(got)).toEqual(FILE);
  expect(peers).toHaveLength(7);
  // The client has one free again a moment after its answer has ended.
  expect(new Set(peers).size).toBeLessThanOrEqual(3);
  expect(throttle.takenAhead).toBe(FILE.length);
  // The heads of the answers have come, too.
  expect(throttle.givenBack).toBeLessThan(-7 * 100);
  expect(throttle.givenBack).toBeGreaterThan(-7 * 1000);
});

test("PacedBody goes over from turns to a long answer and back where the limit changes", async () => {
  const { peers, throttle, open } = setUp();
  const [body] = await open();
  const got: number[] = [];
  await readTo(body, got, TURN);
  throttle.isLow = false;
  await readTo(body, got, TURN + 50_000);
  expect(peers).toHaveLength(2);
  throttle.isLow = true;
  await readTo(body, got, Infinity);
  expect(new Uint8Array(got)).toEqual(FILE);
  expect(peers).toHaveLength(6);
});
