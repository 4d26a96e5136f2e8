import { join } from "node:path";
import { WebSocket } from "ws";
import { App } from "../../extensions/sync-engine/app/app.ts";
import type { Services } from "../../extensions/sync-engine/app/services.ts";
import {
  type EngineParts,
  fakeEngine,
} from "../../extensions/sync-engine/cli/testing/fake_engine.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import { FakeClock } from "../../extensions/sync-engine/platform/testing/fake_clock.ts";
import type { Emit } from "../../extensions/sync-engine/protocol.ts";
import { Password } from "../../extensions/sync-engine/rpc/password.ts";
import {
  createServer,
  type Server,
  type ServerOptions,
} from "../../extensions/sync-engine/rpc/server.ts";

/** A server on loopback in front of a fake engine, with a small front end. */
export interface TestServer extends AsyncDisposable {
  readonly server: Server;
  readonly port: number;
  /** `127.0.0.1:<port>` */
  readonly host: string;
  readonly clock: FakeClock;
  /** Tells all front ends an event. */
  readonly emit: Emit;
  /** How often a launch token was used. */
  readonly tokensUsed: number;
  /** Begin of the addresses of pictures and files. */
  readonly mediaBase: string;
  /** A cookie of an open session, as a browser sends it. */
  enter(): Promise<string>;
}

export interface TestServerOptions
  extends Partial<Pick<ServerOptions, "hostname" | "allowedHosts" | "allowedOrigins">> {
  readonly engine?: EngineParts;
  readonly services?: Partial<Services>;
  readonly password?: string;
  /** @default {true} */
  readonly built?: boolean;
}

/** Files of the front end; `secret.html` lies beside its folder. */
export const FRONT_END: Readonly<Record<string, string>> = {
  "resources/index.html": "<!doctype html><title>Page</title>",
  "resources/assets/index-abc123.js": "export {};",
  "resources/assets/.hidden.js": "hidden",
  "resources/assets/index-abc123.js.map": "map",
  "resources/icons/icon.svg": "<svg/>",
  "secret.html": "secret",
};

export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { hostname = "127.0.0.1", built = true } = options;
  const dir = await Deno.makeTempDir({ prefix: "mmfsync-serve-" });
  for (const [path, text] of Object.entries(built ? FRONT_END : {})) {
    await Deno.mkdir(join(dir, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(dir, path), text);
  }
  const clock = new FakeClock();
  let emit: Emit = () => {};
  let tokensUsed = 0;
  const app = await App.open((_kind, tell) => {
    emit = tell;
    const engine = fakeEngine({ listensOn() {}, ...options.engine });
    return Promise.resolve({ engine, appData: dir, close: () => Promise.resolve() });
  });
  const { password = null } = options;
  const server = await createServer({
    app,
    services: { ...SERVICES, ...options.services },
    clock,
    fs: createDiskFs(),
    hostname,
    port: 0,
    resourcesDir: join(dir, "resources"),
    password: password === null ? null : await Password.create(password, clock),
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
    onTokenUsed: () => tokensUsed++,
  });
  const { mediaBase } = await server.handlers["engine.hello"]({});
  return {
    server,
    port: server.port,
    host: `127.0.0.1:${server.port}`,
    clock,
    emit: (event, data) => emit(event, data),
    get tokensUsed() {
      return tokensUsed;
    },
    mediaBase: mediaBase ?? "",
    async enter() {
      const token = server.newToken();
      const { headers } = await postSession(server.origin, { token });
      return headers.get("set-cookie")?.split(";", 1)[0] ?? "";
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await app.close();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

const NOT_HERE = () => Promise.reject(new Error("Not in this test"));

const SERVICES: Services = {
  version: "1.2.3",
  os: "linux",
  canReveal: true,
  canAutoLaunch: false,
  autoLaunch: { get: NOT_HERE, set: NOT_HERE },
  openLink: NOT_HERE,
  reveal: NOT_HERE,
  logTail: NOT_HERE,
  exportDiagnostics: NOT_HERE,
  shutdown() {},
};

/** Asks to be let in, as the page does. */
export async function postSession(origin: string, body: unknown): Promise<Response> {
  const response = await fetch(`${origin}/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.bytes();
  return response;
}

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends a request byte by byte as it is written, whatever a browser would make of it. */
export async function sendRaw(
  port: number,
  lines: readonly string[],
  body = "",
): Promise<RawAnswer> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const head = [...lines, "Connection: close", "", ""].join("\r\n");
  await writeAll(connection, new TextEncoder().encode(head + body));
  const text = new TextDecoder().decode(await readAll(connection));
  const at = text.indexOf("\r\n\r\n");
  const [first = "", ...fields] = text.slice(0, at).split("\r\n");
  const headers = new Headers(
    fields.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(first.split(" ")[1]), headers, body: text.slice(at + 4) };
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  while (bytes.length > 0) bytes = bytes.subarray(await to.write(bytes));
}

/** Up to the end, or to the cut that a refusal may make. */
async function readAll(from: Deno.Conn): Promise<Uint8Array> {
  const all: number[] = [];
  const into = new Uint8Array(65_536);
  try {
    for (let read = await from.read(into); read !== null; read = await from.read(into)) {
      all.push(...into.subarray(0, read));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
  }
  return new Uint8Array(all);
}

/** A front end's socket, and what came over it. */
export interface TestSocket extends Disposable {
  readonly socket: WebSocket;
  /** Resolves when it is open, rejects with the status of the refusal. */
  readonly opened: Promise<void>;
  /** Resolves to the code that it was closed with. */
  readonly closed: Promise<number>;
  /** The next frame. */
  next(): Promise<Record<string, unknown>>;
}

export interface TestSocketOptions {
  readonly cookie?: string;
  readonly origin?: string;
  readonly host?: string;
  readonly protocols?: readonly string[];
}

export function openSocket(port: number, options: TestSocketOptions = {}): TestSocket {
  const { cookie, origin, host, protocols = ["mmfsync"] } = options;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, [...protocols], {
    perMessageDeflate: false,
    ...origin === undefined ? {} : { origin },
    headers: { ...cookie === undefined ? {} : { cookie }, ...host === undefined ? {} : { host } },
  });
  const frames: string[] = [];
  const waiting: ((frame: string) => void)[] = [];
  socket.on("message", (data) => {
    const text = data.toString();
    const hear = waiting.shift();
    if (hear) hear(text);
    else frames.push(text);
  });
  const opened = new Promise<void>((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("unexpected-response", (_request, { statusCode }) => {
      reject(new Error(String(statusCode)));
      socket.terminate();
    });
    socket.on("error", reject);
  });
  opened.catch(() => {});
  return {
    socket,
    opened,
    closed: new Promise((resolve) => socket.on("close", resolve)),
    async next() {
      const ready = frames.shift();
      const frame = ready ?? await new Promise<string>((resolve) => waiting.push(resolve));
      return JSON.parse(frame);
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
