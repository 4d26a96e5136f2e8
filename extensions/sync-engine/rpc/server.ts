import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { once } from "node:events";
import type { App } from "../app/app.ts";
import type { Services } from "../app/services.ts";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Fs } from "../platform/ports.ts";
import type { Handlers } from "./dispatcher.ts";
import { handlersOf } from "./handlers.ts";
import { HostGuard } from "./host_guard.ts";
import { Media } from "./media.ts";
import type { Password } from "./password.ts";
import { Routes } from "./routes.ts";
import { SessionRoute } from "./session_route.ts";
import { Sessions } from "./sessions.ts";
import { serveSocket } from "./socket.ts";
import { refuse, SocketDoor } from "./socket_door.ts";
import { StaticFiles } from "./static_files.ts";
import { Uploads } from "./uploads.ts";

/** Milliseconds that a request's head, and the whole of a request, may take to arrive. */
const HEAD_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Most connections at once, idle ones included. */
const MOST_CONNECTIONS = 512;

/** Options for {@linkcode createServer}. */
export interface ServerOptions {
  readonly app: App;
  readonly services: Services;
  readonly clock: Clock;
  readonly fs: Fs;
  /** Address to listen on. */
  readonly hostname: string;
  /** 0: one that is free. */
  readonly port: number;
  /** Absolute path of the built front end; null where another server has it. */
  readonly resourcesDir: string | null;
  /** Null: only launch tokens open the door. */
  readonly password: Password | null;
  /** Names besides the address by which the server may be called. */
  readonly allowedHosts: readonly string[];
  /** Origins besides its own whose pages may talk to it. */
  readonly allowedOrigins: readonly string[];
  /** A launch token was used by a browser. @default {ignored} */
  readonly onTokenUsed?: () => void;
}

/** A running server. */
export interface Server {
  readonly port: number;
  /** Where it can be reached from this computer, without a slash at the end. */
  readonly origin: string;
  /** The same methods that its sockets offer. */
  readonly handlers: Handlers;
  /** Whether there is a front end to be served. */
  readonly hasPages: boolean;
  /**
   * A token for one use: in a launch link, or as a subprotocol of one socket.
   *
   * @param lifeMs Milliseconds. @default {Infinity}
   */
  newToken(lifeMs?: number): string;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * Serves an app to front ends: the page where there is one, `/session` to be let in, `/socket` for the protocol and
 * `/media/` for pictures and files.
 *
 * @throws {SyncError} `badInput` or `permission` when it cannot listen there.
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { app, services, clock, fs, hostname, resourcesDir, password } = options;
  const guard = new HostGuard(options);
  const sessions = new Sessions(clock);
  const uploads = new Uploads(clock);
  const media = new Media(app, uploads);
  const pages = await StaticFiles.read(fs, resourcesDir);
  let port = 0;
  const origin = () => `http://${hostInUrl(hostname)}:${port}`;
  const handlers = handlersOf({
    app,
    services,
    uploads,
    mediaBase: () => resourcesDir === null ? origin() + media.base : media.base,
  });
  const sessionRoute = new SessionRoute({
    sessions,
    password,
    port: () => port,
    onTokenUsed: options.onTokenUsed ?? (() => {}),
  });
  const routes = new Routes({ guard, sessionRoute, media, pages });
  const door = new SocketDoor({
    clock,
    guard,
    sessions,
    sessionRoute,
    serve: (socket) => serveSocket(socket, { app, handlers, clock }),
  });

  const http = createHttpServer({
    headersTimeout: HEAD_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: HEAD_TIMEOUT_MS / 2,
  });
  http.maxConnections = MOST_CONNECTIONS;
  http.on("request", (request, response) => void routes.answer(request, response));
  http.on("upgrade", (request, connection, head) => door.enter(request, connection, head));
  http.on("clientError", (_error, connection) => refuse(connection, 400));
  port = await listen(http, hostname, options.port);
  return {
    port,
    origin: origin(),
    handlers,
    hasPages: pages.isBuilt,
    newToken: (lifeMs) => sessions.newToken(lifeMs),
    async close() {
      const closed = once(http, "close");
      http.close();
      await door.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

async function listen(http: HttpServer, hostname: string, port: number): Promise<number> {
  http.listen({ host: hostname, port });
  try {
    await once(http, "listening");
  } catch (cause) {
    throw cannotListen(cause, hostname, port);
  }
  const address = http.address();
  if (address === null || typeof address === "string") {
    throw new SyncError("bug", "The server has no port");
  }
  return address.port;
}

function cannotListen(cause: unknown, hostname: string, port: number): SyncError {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  if (code === "EADDRINUSE") {
    return new SyncError("badInput", `Port ${port} is taken: choose another one`, { cause });
  }
  if (code === "EACCES") {
    return new SyncError("permission", `Port ${port} is not for everybody: choose one from 1024`, {
      cause,
    });
  }
  return new SyncError("badInput", `Cannot listen on "${hostname}": it is no address of here`, {
    cause,
  });
}

/** Who listens on all addresses is found on this computer by the loopback. */
function hostInUrl(hostname: string): string {
  if (hostname === "0.0.0.0" || hostname === "::") return "127.0.0.1";
  return hostname.includes(":") ? `[${hostname}]` : hostname;
}
