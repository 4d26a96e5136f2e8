import { once } from "node:events";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../platform/ports.ts";
import { MAX_FRAME } from "./dispatcher.ts";
import type { HostGuard } from "./host_guard.ts";
import { type Incoming, incomingOf } from "./incoming.ts";
import { securityHeaders } from "./security_headers.ts";
import type { SessionRoute } from "./session_route.ts";
import type { Sessions } from "./sessions.ts";

/** Name of the protocol; beside it a front end without a cookie offers `token.<token>`. */
const PROTOCOL = "mmfsync";
const TOKEN_PREFIX = "token.";

/** An upgrade is decided at once. */
const NEVER = new AbortController().signal;

/** Most front ends at once. */
const MOST_SOCKETS = 32;

/** Milliseconds that front ends have to hear that the server ends. */
const FAREWELL_MS = 1_000;

/** What {@linkcode SocketDoor} needs. */
export interface SocketDoorOptions {
  readonly clock: Clock;
  readonly guard: HostGuard;
  readonly sessions: Sessions;
  readonly sessionRoute: Pick<SessionRoute, "isOpen">;
  /** Serves a socket that was let in. */
  readonly serve: (socket: WebSocket) => void;
}

/** Decides who gets a socket. */
export class SocketDoor {
  readonly #options: SocketDoorOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    // Bytes, where the dispatcher counts UTF-16 units: the stricter one of both decides.
    maxPayload: MAX_FRAME,
    perMessageDeflate: false,
    handleProtocols: (offered) => offered.has(PROTOCOL) ? PROTOCOL : false,
  });

  constructor(options: SocketDoorOptions) {
    this.#options = options;
  }

  /** Answers an upgrade request. */
  enter(request: IncomingMessage, connection: Duplex, head: Uint8Array): void {
    connection.on("error", () => connection.destroy());
    const incoming = incomingOf(request, NEVER);
    const status = this.#refusal(incoming);
    if (status !== null) return refuse(connection, status);
    this.#server.handleUpgrade(request, connection, Buffer.from(head), this.#options.serve);
  }

  /** Closes all sockets; whoever does not take leave in time is not waited for. */
  async close(): Promise<void> {
    const sockets = [...this.#server.clients];
    for (const socket of sockets) socket.close(1001, "The server ends");
    const patience = new AbortController();
    await Promise.race([
      Promise.all(sockets.map((socket) => once(socket, "close"))),
      this.#options.clock.sleep(FAREWELL_MS, patience.signal),
    ]);
    patience.abort();
    for (const socket of sockets) socket.terminate();
  }

  /** Status of the refusal, null for who may come in. A token is only used up when all else is well. */
  #refusal(incoming: Incoming): number | null {
    const { guard, sessions, sessionRoute } = this.#options;
    const host = guard.host(incoming);
    if (host === null) return 421;
    if (incoming.path !== "/socket") return 404;
    if (guard.isForeign(incoming, host)) return 403;
    if (this.#server.clients.size >= MOST_SOCKETS) return 503;
    if (sessionRoute.isOpen(incoming)) return null;
    const token = offeredToken(incoming);
    return token !== null && sessions.redeem(token) ? null : 401;
  }
}

function offeredToken(incoming: Incoming): string | null {
  const offered = (incoming.header("sec-websocket-protocol") ?? "").split(",")
    .map((protocol) => protocol.trim());
  const token = offered.find((protocol) => protocol.startsWith(TOKEN_PREFIX));
  return token?.slice(TOKEN_PREFIX.length) ?? null;
}

/** Says no in HTTP, and ends the connection. */
export function refuse(connection: Duplex, status: number): void {
  const headers = { ...securityHeaders(null), connection: "close", "content-length": "0" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines, "", ""];
  connection.end(head.join("\r\n"), () => connection.destroy());
}
