import type { ServerResponse } from "node:http";
import type { Reply } from "./reply.ts";
import type { OpenRequest } from "./request_log.ts";

/** How a reply is put on the wire. */
export interface Transmission {
  readonly reply: Reply;
  /** `Content-Length` as announced; null sends chunks without one. */
  readonly announced: number | null;
  /** Body bytes sent before `then` happens. */
  readonly bytes: number;
  /**
   * - `end`: the orderly end
   * - `close`: the connection is closed
   * - `reset`: the connection is torn down
   * - `hang`: nothing more, until the client goes away
   * - `repeat`: the body again and again, until the client goes away
   */
  readonly then: "end" | "close" | "reset" | "hang" | "repeat";
}

const PIECE = 256 * 1024;

/** An honest transmission. */
export function honest(reply: Reply): Transmission {
  const bytes = reply.body.length;
  return { reply, announced: reply.isDynamic ? null : bytes, bytes, then: "end" };
}

/** Sends the reply, counting in `entry`, until it is over or the client has gone. */
export async function transmit(
  { reply, announced, bytes, then }: Transmission,
  response: ServerResponse,
  entry: OpenRequest,
  bytesPerSecond = Infinity,
): Promise<void> {
  entry.status = reply.status;
  const headers: Record<string, string | string[]> = { date: new Date(entry.at).toUTCString() };
  for (const [name, value] of Object.entries(reply.headers)) {
    headers[name] = typeof value === "string" ? value : [...value];
  }
  const isBodiless = entry.method === "HEAD" || reply.status === 304;
  if (announced !== null && !isBodiless) headers["content-length"] = `${announced}`;
  // A connection whose framing was a lie must not be used again.
  if (then !== "end" || (announced !== null && announced !== bytes)) {
    headers["connection"] = "close";
  }
  response.writeHead(reply.status, headers);
  if (isBodiless) {
    response.end();
    return;
  }

  const body = reply.body.subarray(0, bytes);
  const send = (bytes: Uint8Array) => sendPieces(bytes, response, entry, bytesPerSecond);
  if (
    then === "end" && announced === body.length && body.length <= PIECE &&
    bytesPerSecond === Infinity
  ) {
    response.end(body);
    entry.sent = body.length;
    return;
  }
  if (!await send(body)) return;
  switch (then) {
    case "end":
      response.end();
      return;
    case "close":
      response.socket?.end();
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "hang":
      return;
    case "repeat": {
      const filler = body.length > 0 ? body : new Uint8Array(PIECE).fill(0x20);
      while (await send(filler));
    }
  }
}

/** Answers false when the client went away. */
async function sendPieces(
  body: Uint8Array,
  response: ServerResponse,
  entry: OpenRequest,
  bytesPerSecond: number,
): Promise<boolean> {
  if (body.length === 0) response.flushHeaders();
  for (let at = 0; at < body.length; at += PIECE) {
    const piece = body.subarray(at, at + PIECE);
    const wait = piece.length / bytesPerSecond * 1000;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (response.destroyed || !await write(response, piece)) return false;
    entry.sent += piece.length;
  }
  return !response.destroyed;
}

function write(response: ServerResponse, piece: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const onClose = () => resolve(false);
    response.once("close", onClose);
    response.write(piece, (error) => {
      response.off("close", onClose);
      resolve(!error);
    });
  });
}
