import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import type { Http, HttpRequest } from "../platform/ports.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { CHUNK_SIZE } from "./chunk.ts";
import { hasHash } from "./chunk_hash.ts";
import type { Lease } from "./shared_lease.ts";
import { MemoryPart } from "./testing/memory_part.ts";
import { transfer } from "./transfer.ts";
import type { TransferRequest } from "./transfer_request.ts";

const PART = "/root/dragon.stl.part";
const URL_ = "https://dl4.example.com/dragon.stl";
const LEASE: Lease = {
  get: () => Promise.resolve(URL_),
  renew: (_, refusal) => Promise.reject(refusal),
};
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

/** Bytes that differ from place to place. */
function content(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let x = seed;
  for (let i = 0; i < length; i++) {
    x = (x * 1103515245 + 12345) & 0x7fffffff;
    bytes[i] = x >> 16;
  }
  return bytes;
}

interface Serving {
  /** @default {'"v1"'} */
  etag?: string | null;
  /** Ends the body with an error after so many bytes. */
  breakAfter?: number;
  /** Answers 200 with everything, whatever range is asked for. */
  ignoreRange?: boolean;
  /** Changes an answer before it goes out. */
  tamper?: (headers: Headers) => void;
}

/** A server of one file that honours `Range` and `If-Range`. */
function serve(bytes: Uint8Array<ArrayBuffer>, serving: Serving = {}) {
  const requests: HttpRequest[] = [];
  const http: Http = {
    // deno-lint-ignore require-await -- the port is asynchronous
    async send(request) {
      requests.push(request);
      const { etag = '"v1"' } = serving;
      const headers = new Headers(etag === null ? {} : { etag });
      const [, from = "0", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(request.headers?.range ?? "") ??
        [];
      const same = request.headers?.["if-range"] === undefined ||
        request.headers["if-range"] === etag;
      const whole = serving.ignoreRange || !same;
      const start = whole ? 0 : Number(from);
      const end = whole || to === "" ? bytes.length : Number(to) + 1;
      if (!whole) headers.set("content-range", `bytes ${start}-${end - 1}/${bytes.length}`);
      headers.set("content-length", String(end - start));
      serving.tamper?.(headers);
      const body = stream(bytes.subarray(start, end), serving.breakAfter);
      return { status: whole ? 200 : 206, headers, body };
    },
  };
  return { http, requests };
}

function stream(bytes: Uint8Array, breakAfter = Infinity): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    type: "bytes",
    autoAllocateChunkSize: 65_536,
    pull(controller) {
      if (at >= breakAfter) {
        return controller.error(new TypeError("error reading a body from connection"));
      }
      if (at >= bytes.length) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      const piece = bytes.slice(at, Math.min(at + 300_000, breakAfter));
      at += piece.length;
      controller.enqueue(piece);
    },
  });
}

async function setUp(bytes: Uint8Array<ArrayBuffer>, serving: Serving = {}) {
  const fs = new MemoryFs();
  await fs.mkdir("/root");
  const part = new MemoryPart();
  const server = serve(bytes, serving);
  const clock = new FakeClock();
  const run = (changes: Partial<TransferRequest> = {}) =>
    transfer({ fs, clock, http: server.http }, {
      lease: LEASE,
      partPath: PART,
      makeFolder: () => Promise.resolve(),
      name: "dragon.stl",
      claimedSize: bytes.length,
      part,
      allowsUrl: (url) => url.hostname.endsWith("example.com"),
      ...changes,
    });
  const onDisk = () => fs.files().get(PART) ?? new Uint8Array();
  return { fs, part, run, onDisk, serving, requests: server.requests, clock };
}

test("transfer() brings a file of several chunks to disk with the hash of each and of the whole", async () => {
  const bytes = content(2 * CHUNK_SIZE + 12_345);
  const { run, onDisk, part, requests } = await setUp(bytes);
  const done: number[] = [];
  const result = await run({ onProgress: (bytes) => void done.push(bytes) });
  expect(result).toEqual({
    size: bytes.length,
    sha256: sha256(bytes).toString("hex"),
    file: expect.anything(),
    validator: '"v1"',
  });
  expect(sha256(onDisk())).toEqual(sha256(bytes));
  expect(part.chunks.size).toBe(3);
  const second = bytes.subarray(CHUNK_SIZE, 2 * CHUNK_SIZE);
  expect(hasHash(second, part.chunks.get(1) ?? new Uint8Array())).toBe(true);
  expect(requests).toHaveLength(1);
  expect(requests[0]?.headers).toEqual({ range: "bytes=0-", "accept-encoding": "identity" });
  expect(done.at(-1)).toBe(bytes.length);
});

test("transfer() resumes behind the last whole chunk, guarded by If-Range", async () => {
  const bytes = content(3 * CHUNK_SIZE);
  const { run, onDisk, serving, requests } = await setUp(bytes, { breakAfter: CHUNK_SIZE + 999 });
  await expect(run()).rejects.toMatchObject({ kind: "retryable" });
  serving.breakAfter = Infinity;
  const result = await run();
  expect(requests[1]?.headers).toMatchObject({
    range: `bytes=${CHUNK_SIZE}-${3 * CHUNK_SIZE - 1}`,
    "if-range": '"v1"',
  });
  expect(result.sha256).toBe(sha256(bytes).toString("hex"));
  expect(sha256(onDisk())).toEqual(sha256(bytes));
});

test("transfer() fetches only the chunks that rotted on disk", async () => {
  const bytes = content(4 * CHUNK_SIZE + 5);
  const { run, fs, requests } = await setUp(bytes);
  await run();
  const file = await fs.open(PART, { write: true });
  await file.write(new Uint8Array([1, 2, 3]), 2 * CHUNK_SIZE + 77);
  file.close();
  const result = await run();
  expect(requests[1]?.headers?.range).toBe(`bytes=${2 * CHUNK_SIZE}-${3 * CHUNK_SIZE - 1}`);
  expect(requests).toHaveLength(2);
  expect(result.sha256).toBe(sha256(bytes).toString("hex"));
});

test("transfer() asks for nothing when all chunks are good", async () => {
  const { run, requests } = await setUp(content(2 * CHUNK_SIZE));
  const { file: _file, ...first } = await run();
  expect(await run()).toMatchObject(first);
  expect(requests).toHaveLength(1);
});

test("transfer() starts over with the new file when the validator no longer holds", async () => {
  const { run, serving, fs, clock, part } = await setUp(content(3 * CHUNK_SIZE), {
    breakAfter: CHUNK_SIZE,
  });
  await expect(run()).rejects.toThrow();
  expect(serving.breakAfter).toBe(CHUNK_SIZE);
  const newer = content(2 * CHUNK_SIZE + 1, 7);
  const { http } = serve(newer, { etag: '"v2"' });
  const result = await transfer({ fs, clock, http }, {
    lease: LEASE,
    partPath: PART,
    makeFolder: () => Promise.resolve(),
    name: "dragon.stl",
    claimedSize: null,
    part,
    allowsUrl: () => true,
  });
  expect(result).toMatchObject({ size: newer.length, validator: '"v2"' });
  expect(result.sha256).toBe(sha256(newer).toString("hex"));
  expect(sha256(fs.files().get(PART) ?? new Uint8Array())).toEqual(sha256(newer));
});

test("transfer() takes the whole file from a server that knows no ranges", async () => {
  const bytes = content(CHUNK_SIZE + 1);
  const { run, onDisk, serving } = await setUp(bytes, {
    ignoreRange: true,
    breakAfter: CHUNK_SIZE,
  });
  await expect(run()).rejects.toThrow();
  serving.breakAfter = Infinity;
  await run();
  expect(sha256(onDisk())).toEqual(sha256(bytes));
});

test("transfer() does not resume without a validator", async () => {
  const bytes = content(2 * CHUNK_SIZE);
  const { run, serving, requests } = await setUp(bytes, { etag: null, breakAfter: CHUNK_SIZE });
  await expect(run()).rejects.toThrow();
  serving.breakAfter = Infinity;
  await run();
  expect(requests[1]?.headers).toEqual({ range: "bytes=0-", "accept-encoding": "identity" });
});

test("transfer() takes an empty file", async () => {
  const { run, onDisk } = await setUp(content(0), { ignoreRange: true });
  expect(await run()).toMatchObject({ size: 0, sha256: sha256(new Uint8Array()).toString("hex") });
  expect(onDisk()).toHaveLength(0);
});

test("transfer() notices a body that ends early", async () => {
  const bytes = content(1000);
  const { run } = await setUp(bytes, {
    tamper: (headers) => headers.set("content-range", "bytes 0-1999/2000"),
  });
  await expect(run()).rejects.toMatchObject({
    kind: "retryable",
    message: "The connection ended after 1000 of 2000 bytes",
  });
});

test("transfer() notices a body that goes on past its end", async () => {
  const bytes = content(2000);
  const { run, part } = await setUp(bytes, {
    tamper: (headers) => headers.set("content-range", "bytes 0-999/1000"),
  });
  await expect(run()).rejects.toMatchObject({ kind: "integrity" });
  expect(part.chunks.size).toBe(0);
});

test("transfer() believes the site's claim where the server declares no length", async () => {
  const bytes = content(5000);
  const noLength = (headers: Headers) => headers.delete("content-length");
  const { run } = await setUp(bytes, { ignoreRange: true, tamper: noLength });
  expect(await run()).toMatchObject({ size: 5000 });
  await expect(run({ claimedSize: 4000 })).rejects.toMatchObject({ kind: "integrity" });
  await expect(run({ claimedSize: 6000 })).rejects.toMatchObject({ kind: "integrity" });
  expect(await run({ claimedSize: null })).toMatchObject({ size: 5000 });
});

test.each<[string, (headers: Headers) => void]>([
  ["another start", (headers) => headers.set("content-range", "bytes 1-999/1000")],
  ["another end", (headers) => headers.set("content-range", "bytes 0-500/1000")],
  ["no Content-Range", (headers) => headers.delete("content-range")],
])("transfer() refuses a 206 with %s", async (_, tamper) => {
  const { run, onDisk } = await setUp(content(1000), { tamper });
  await expect(run()).rejects.toMatchObject({ kind: "integrity" });
  expect(onDisk()).toHaveLength(0);
});

test("transfer() refuses a compressed answer, a page and a program's answer", async () => {
  for (
    const [name, value] of [
      ["content-encoding", "gzip"],
      ["content-type", "text/html; charset=utf-8"],
      ["content-type", "application/json"],
    ] as const
  ) {
    const { run, onDisk } = await setUp(content(1000), { tamper: (h) => h.set(name, value) });
    await expect(run()).rejects.toMatchObject({ kind: "retryable" });
    expect(onDisk()).toHaveLength(0);
  }
});

test("transfer() keeps what it has when a page comes instead of the rest", async () => {
  const bytes = content(3 * CHUNK_SIZE);
  const { run, serving, part, requests } = await setUp(bytes, { breakAfter: CHUNK_SIZE });
  await expect(run()).rejects.toThrow();
  serving.tamper = (headers) => headers.set("content-type", "text/html");
  await expect(run()).rejects.toThrow("web page");
  expect(part.chunks.size).toBe(1);
  serving.tamper = () => {};
  serving.breakAfter = Infinity;
  await run();
  expect(requests[2]?.headers?.range).toMatch(`bytes=${CHUNK_SIZE}-`);
});

test("transfer() follows a redirect to an allowed host and no other", async () => {
  const bytes = content(100);
  const { http } = serve(bytes);
  const redirecting = (to: string): Http => ({
    send: (request) =>
      request.url === URL_
        ? Promise.resolve({ status: 302, headers: new Headers({ location: to }), body: null })
        : http.send(request),
  });
  const { fs, clock } = await setUp(bytes);
  const run = (to: string) =>
    transfer({ fs, clock, http: redirecting(to) }, {
      lease: LEASE,
      partPath: PART,
      makeFolder: () => Promise.resolve(),
      name: "dragon.stl",
      claimedSize: null,
      part: new MemoryPart(),
      allowsUrl: (url) => url.hostname.endsWith("example.com"),
    });
  await expect(run("https://evil.test/x")).rejects.toThrow("evil.test");
  await expect(run("http://127.0.0.1/x")).rejects.toThrow("127.0.0.1");
  await expect(run(URL_)).rejects.toThrow("redirected more than 5 times");
  await expect(run("https://")).rejects.toThrow("not one");
  expect(await run("/elsewhere")).toMatchObject({ size: 100 });
});

test("transfer() stops for the caller and keeps the chunks", async () => {
  const bytes = content(3 * CHUNK_SIZE);
  const stop = new AbortController();
  const { run, part } = await setUp(bytes);
  const stopped = run({
    signal: stop.signal,
    onProgress: (done) => {
      if (done > CHUNK_SIZE) stop.abort(new SyncError("cancelled", "Stopped"));
    },
  });
  await expect(stopped).rejects.toMatchObject({ kind: "cancelled" });
  expect(part.chunks.size).toBe(1);
});

test("transfer() gives up on a server that falls silent", async () => {
  const clock = new FakeClock();
  const { fs } = await setUp(content(1));
  const silent: Http = {
    send: () =>
      Promise.resolve({
        status: 200,
        headers: new Headers({ "content-length": "1000" }),
        body: new ReadableStream({ type: "bytes", pull: () => new Promise(() => {}) }),
      }),
  };
  const run = transfer({ fs, clock, http: silent }, {
    lease: LEASE,
    partPath: PART,
    makeFolder: () => Promise.resolve(),
    name: "dragon.stl",
    claimedSize: null,
    part: new MemoryPart(),
    allowsUrl: () => true,
  });
  run.catch(() => {});
  await clock.advance(31_000);
  await expect(run).rejects.toMatchObject({
    kind: "retryable",
    message: "Only 0 bytes arrived within 30 seconds",
  });
});

test("transfer() reports a disk that fills up", async () => {
  const bytes = content(3 * CHUNK_SIZE);
  const { run, fs } = await setUp(bytes);
  fs.capacity = CHUNK_SIZE;
  await expect(run()).rejects.toMatchObject({ kind: "diskFull" });
});

test("transfer() cuts off what an older, longer part left behind", async () => {
  const bytes = content(1000);
  const { run, fs, onDisk } = await setUp(bytes);
  const file = await fs.open(PART, { write: true });
  await file.write(content(5000, 3), 0);
  file.close();
  await run();
  expect(onDisk()).toEqual(bytes);
});
