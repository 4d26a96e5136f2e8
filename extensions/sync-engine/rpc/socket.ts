import type { WebSocket } from "ws";
import type { App } from "../app/app.ts";
import type { Clock } from "../platform/ports.ts";
import type { EventName } from "../protocol.ts";
import { dispatch, type Handlers } from "./dispatcher.ts";

/** Requests of one front end that are worked on at once; more wait unread. */
const MOST_IN_FLIGHT = 32;

/** Bytes that wait for a slow reader, from which on it gets no more news of progress. */
const SLOW_BYTES = 1024 * 1024;

/** Bytes that wait, from which on the reader counts as gone. */
const LOST_BYTES = 16 * 1024 * 1024;

/** Milliseconds between two looks whether the other side still answers. */
const HEARTBEAT_MS = 20_000;

/** Each of these says all that the ones before it said. */
const SUPERSEDED: ReadonlySet<EventName> = new Set<EventName>([
  "progress",
  "rootProgress",
  "verifyProgress",
]);

/** What {@linkcode serveSocket} needs. */
export interface SocketPorts {
  readonly app: Pick<App, "connect" | "onFault">;
  readonly handlers: Handlers;
  readonly clock: Clock;
}

/** Speaks the protocol with a front end until its socket closes. */
export function serveSocket(socket: WebSocket, { app, handlers, clock }: SocketPorts): void {
  const closed = new AbortController();
  const waiting: string[] = [];
  let working = 0;
  const send = (frame: string) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > LOST_BYTES) socket.terminate();
    else socket.send(frame);
  };
  const disconnect = app.connect({
    send(event, data) {
      if (SUPERSEDED.has(event) && socket.bufferedAmount > SLOW_BYTES) return;
      send(JSON.stringify({ event, data }));
    },
  });
  const work = async () => {
    working++;
    for (let frame = waiting.shift(); frame !== undefined; frame = waiting.shift()) {
      if (waiting.length === 0) socket.resume();
      send(await dispatch(handlers, frame, app.onFault));
    }
    working--;
  };
  socket.on("message", (data, isBinary) => {
    if (isBinary) return socket.close(1003, "Only text is understood");
    waiting.push(data.toString());
    if (working < MOST_IN_FLIGHT) void work();
    // What has been read already still comes.
    else socket.pause();
  });
  socket.on("close", () => {
    disconnect();
    waiting.length = 0;
    closed.abort("Closed");
  });
  // The socket closes after each error; a frame that is too long is one (1009).
  socket.on("error", () => {});
  void beat(socket, clock, closed.signal);
}

/** Ends a socket whose other side is silent: a computer that went to sleep says no goodbye. */
async function beat(socket: WebSocket, clock: Clock, closed: AbortSignal): Promise<void> {
  let alive = true;
  socket.on("pong", () => alive = true);
  try {
    while (alive) {
      alive = false;
      socket.ping();
      await clock.sleep(HEARTBEAT_MS, closed);
    }
    socket.terminate();
  } catch {
    // It closed meanwhile.
  }
}
