import { createServer as createTcpServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { classifyDiskError, classifyThrown } from "./classify_thrown.ts";
import { type FailureKind, SyncError } from "./errors.ts";
import { type RawLoopback, serveRawLoopback } from "./testing/loopback.ts";
import { createTestCertificate, hasOpenssl } from "./testing/certificate.ts";

const CUT = "The connection was cut before the answer was complete";
const UNREADABLE = "The answer was not understandable HTTP";

/** What fetching all of `url` throws, and what it is taken for. */
async function failureOf(url: string, init?: RequestInit & { client?: Deno.HttpClient }) {
  const thrown: unknown = await fetch(url, init).then((answer) => answer.arrayBuffer())
    .then(() => null, (reason: unknown) => reason);
  return classifyThrown(thrown);
}

function answering(...parts: string[]): RawLoopback {
  const server = serveRawLoopback(async (connection) => {
    for (const part of parts) await connection.write(new TextEncoder().encode(part));
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** A server that resets its connections after `head`, which `Deno.TcpConn` cannot. */
function resetting(head: string): Promise<string> {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    socket.once("data", () => socket.write(head || "\r\n", () => socket.resetAndDestroy()));
  });
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve(`http://127.0.0.1:${address.port}/`);
    });
  });
}

function hanging(head = ""): RawLoopback {
  const server = serveRawLoopback(async (connection) => {
    await connection.write(new TextEncoder().encode(head));
    await connection.read(new Uint8Array(1));
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

test("classifyThrown() knows a refused connection", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  expect(await failureOf(`http://127.0.0.1:${listener.addr.port}/`)).toMatchObject({
    failure: { kind: "retryable" },
    message: "The site refused the connection",
  });
});

test.each([
  ["closed without a word", [], CUT],
  ["closed within the headers", ["HTTP/1.1 200 OK\r\nContent-Le"], CUT],
  ["closed within the body", ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"], CUT],
  ["closed within a chunk", ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"], CUT],
  ["with a broken chunk", ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab"], CUT],
  ["that is not HTTP", ["SSH-2.0-OpenSSH_9.9\r\n\r\n"], UNREADABLE],
  [
    "with two lengths",
    ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
    UNREADABLE,
  ],
  ["with endless headers", [`HTTP/1.1 200 OK\r\nX: ${"a".repeat(600_000)}\r\n\r\n`], UNREADABLE],
  ["with gzip that is none", [
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n01234567890123456789",
  ], UNREADABLE],
  ["with gzip that is short", [
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
  ], UNREADABLE],
  ["with brotli that is none", [
    "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 8\r\n\r\nabcdefgh",
  ], UNREADABLE],
])("classifyThrown() knows an answer %s", async (_case, parts, message) => {
  const error = await failureOf(`${answering(...parts).origin}/?key=s3cr3t`);
  expect(error).toMatchObject({ failure: { kind: "retryable" }, message });
  expect(Deno.inspect(error, { depth: 10 })).not.toContain("s3cr3t");
});

test.each([
  ["before", ""],
  ["within the headers of", "HTTP/1.1 200 OK\r\nContent-Le"],
  ["within the body of", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"],
])("classifyThrown() knows a connection reset %s the answer", async (_case, head) => {
  expect(await failureOf(await resetting(head))).toMatchObject({
    failure: { kind: "retryable" },
    message: CUT,
  });
});

test("classifyThrown() knows a name that does not resolve", async () => {
  expect(await failureOf("http://nothing.invalid/")).toMatchObject({
    failure: { kind: "retryable" },
    message: "Cannot find the site's address: check the internet connection",
  });
});

test.each([
  ["to a server without it", "HTTP/1.1 400 Bad Request\r\n\r\n", UNREADABLE],
  ["to a server that hangs up", "", CUT],
])("classifyThrown() knows TLS spoken %s", async (_case, answer, message) => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(1024));
    await connection.write(new TextEncoder().encode(answer));
    await connection.closeWrite();
  })();
  const error = await failureOf(`https://127.0.0.1:${listener.addr.port}/`);
  await serving;
  listener.close();
  expect(error).toMatchObject({ failure: { kind: "retryable" }, message });
});

test.each([
  ["before the answer", ""],
  ["within the body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"],
])("classifyThrown() tells a time-out from a wish to stop, %s", async (_case, head) => {
  const url = hanging(head).origin;
  expect(await failureOf(url, { signal: AbortSignal.timeout(30) })).toMatchObject({
    failure: { kind: "retryable" },
    message: "The answer took too long",
  });
  const stop = new AbortController();
  const stopped = failureOf(url, { signal: stop.signal });
  queueMicrotask(() => stop.abort());
  expect(await stopped).toMatchObject({ failure: { kind: "cancelled" }, message: "Stopped" });
});

test.each(["ftp://example.com/", "http://", "http://127.0.0.1:1/"])(
  "classifyThrown() knows that %s cannot be fetched",
  async (url) => {
    expect((await failureOf(url)).kind).toBe("badInput");
  },
);

test.skipIf(!hasOpenssl())(
  "classifyThrown() waits a while for a certificate that is not trusted, or of another name",
  async () => {
    const { key, cert } = createTestCertificate();
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, key, cert, onListen() {} },
      () => new Response("x"),
    );
    onTestFinished(() => server.shutdown());
    using client = Deno.createHttpClient({ caCerts: [cert] });
    const port = server.addr.port;
    const untrusted = {
      failure: { kind: "retryable", after: 15 * 60_000 },
      message: expect.stringContaining("certificate is not trusted"),
    };
    expect(await failureOf(`https://localhost:${port}/`)).toMatchObject(untrusted);
    expect(await failureOf(`https://127.0.0.1:${port}/`, { client })).toMatchObject(untrusted);
    const answer = await fetch(`https://localhost:${port}/`, { client });
    expect(await answer.text()).toBe("x");
  },
);

test("classifyThrown() knows streams that HTTP/2 ends", () => {
  // Texts of Deno 2.9.6 against a server that resets its streams.
  for (
    const text of [
      "stream error received: unexpected internal error encountered",
      "stream error received: refused stream before processing any application logic",
      "http2 error: connection error received: not a result of an error",
    ]
  ) {
    const error = new TypeError("fetch failed", { cause: new Error(text) });
    expect(classifyThrown(error)).toMatchObject({ failure: { kind: "retryable" }, message: CUT });
  }
});

const BY_CODE: Readonly<Record<FailureKind, readonly string[]>> = {
  diskFull: ["ENOSPC", "EDQUOT"],
  permission: [
    ...["EACCES", "EPERM", "EROFS", "EFBIG", "EXDEV", "EEXIST", "ENOTDIR", "EISDIR"],
    ...["ENOTEMPTY", "ELOOP"],
  ],
  diskFault: [
    ...["EBUSY", "ETXTBSY", "ENOENT", "EIO", "ENXIO", "ENODEV", "ESTALE", "EAGAIN", "EINTR"],
    ...["EMFILE", "ENFILE", "ENOMEM", "ENOBUFS"],
  ],
  retryable: [
    ...[
      "EHOSTDOWN",
      "ECONNREFUSED",
      "ECONNRESET",
      "ECONNABORTED",
      "EPIPE",
      "ENOTCONN",
      "ETIMEDOUT",
      "ENETDOWN",
      "ENETUNREACH",
    ],
    ...["EHOSTUNREACH", "EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"],
  ],
  badInput: ["ENAMETOOLONG", "EILSEQ"],
  bug: ["EBADF", "ESOMETHING", "constructor"],
  throttled: [],
  challenged: [],
  needsAuth: [],
  needsNewLease: [],
  locked: [],
  refused: [],
  gone: [],
  integrity: [],
  cancelled: [],
};

test.each(Object.entries(BY_CODE).flatMap(([kind, codes]) => codes.map((code) => [code, kind])))(
  "classifyThrown() takes the system's %s for %s",
  (code, kind) => {
    expect(classifyThrown(Object.assign(new Error("x"), { code })).kind).toBe(kind);
    const wrapped = new Error("Cannot save", { cause: Object.assign(new Error("x"), { code }) });
    expect(classifyThrown(wrapped).kind).toBe(kind);
  },
);

test("classifyThrown() knows every class of Deno.errors", () => {
  const kinds = new Map<string, FailureKind>();
  for (const [name, Class] of Object.entries(Deno.errors)) {
    kinds.set(name, classifyThrown(new Class("x")).kind);
  }
  expect(Object.fromEntries(kinds)).toMatchObject({
    NotFound: "diskFault",
    PermissionDenied: "permission",
    NotCapable: "bug",
    ConnectionReset: "retryable",
    BadResource: "bug",
    InvalidData: "integrity",
    Busy: "diskFault",
  });
  const bugs = [...kinds].filter(([, kind]) => kind === "bug").map(([name]) => name).sort();
  expect(bugs).toEqual(["AddrInUse", "BadResource", "NotCapable", "NotSupported"]);
});

test.each([
  ["AbortError", "cancelled"],
  ["TimeoutError", "retryable"],
  ["QuotaExceededError", "diskFull"],
  ["DataCloneError", "bug"],
])("classifyThrown() takes a DOMException %s for %s", (name, kind) => {
  expect(classifyThrown(new DOMException("x", name)).kind).toBe(kind);
});

test.each([32, 33])("classifyThrown() knows a file in use on Windows by number %i", (number) => {
  const text = `The process cannot access the file. (os error ${number}): rename 'a' -> 'b'`;
  expect(classifyThrown(new Error(text)).kind).toBe("diskFault");
});

test.each(["ENOTCONN", "ETIMEDOUT", "EHOSTDOWN", "ECONNRESET", "EPIPE"])(
  "classifyDiskError() takes the %s of a network drive for the drive, not for the internet",
  (code) => {
    expect(classifyDiskError(Object.assign(new Error("x"), { code }))).toMatchObject({
      failure: { kind: "diskFault" },
      message: "The disk or network drive failed",
    });
  },
);

test.each([["ENOSPC", "diskFull"], ["EACCES", "permission"], ["ENOENT", "diskFault"]])(
  "classifyDiskError() takes %s for %s",
  (code, kind) => {
    const error = Object.assign(new Error("x"), { code });
    expect(classifyDiskError(error).kind).toBe(kind);
    expect(classifyDiskError(error).message).toBe(classifyThrown(error).message);
  },
);

test("classifyThrown() hands a SyncError on, however deep it is", () => {
  const error = new SyncError("locked", "Not yours");
  expect(classifyThrown(error)).toBe(error);
  expect(classifyThrown(new Error("a", { cause: new Error("b", { cause: error }) }))).toBe(error);
});

test("classifyThrown() takes a wish to stop over what broke because of it", () => {
  const reset = Object.assign(new Error("x"), { code: "ECONNRESET" });
  const stop = new DOMException("x", "AbortError");
  Object.defineProperty(stop, "cause", { value: reset });
  expect(classifyThrown(stop).kind).toBe("cancelled");
});

test("classifyThrown() takes the innermost cause that it knows", () => {
  const full = Object.assign(new Error("x"), { code: "ENOSPC" });
  const outer = Object.assign(new Error("x", { cause: full }), { code: "EIO" });
  expect(classifyThrown(outer).kind).toBe("diskFull");
});

test.each([
  [new TypeError("Cannot read properties of undefined"), "Cannot read properties of undefined"],
  [new RangeError(""), "RangeError"],
  ["just text", "just text"],
  [undefined, "undefined"],
  [null, "null"],
  [{}, "[object Object]"],
])("classifyThrown() takes %o for a bug", (thrown, said) => {
  expect(classifyThrown(thrown)).toMatchObject({
    failure: { kind: "bug" },
    message: `Unexpected failure: ${said}`,
  });
});

test("classifyThrown() keeps credentials of an unknown failure out of its message", () => {
  const error = classifyThrown(new Error("x at https://a.example/?key=s3cr3t", { cause: "y" }));
  expect(error.message).toBe("Unexpected failure: x at https://a.example/");
  expect(Deno.inspect(error, { depth: 10 })).not.toContain("s3cr3t");
});

test("classifyThrown() survives a chain of causes that bites its own tail", () => {
  const error = new Error("round");
  error.cause = error;
  expect(classifyThrown(error).kind).toBe("bug");
});
