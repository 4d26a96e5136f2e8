import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** A request as the routes see it. */
export interface Incoming {
  readonly method: string;
  /** As it was sent: without the query, and never decoded. */
  readonly path: string;
  /** The value of a header, by its lower-case name. */
  header(name: string): string | null;
  /** Address of who asks. */
  readonly remote: string;
  /** Aborts when who asked has left, or has got the answer. */
  readonly signal: AbortSignal;
  /** The body as text; null when it is longer than `limit` bytes or no UTF-8. */
  text(limit: number): Promise<string | null>;
  /** The body; null when it is longer than `limit` bytes or broke off. */
  bytes(limit: number): Promise<Uint8Array | null>;
}

/** Sees a request of Node's server. */
export function incomingOf(request: IncomingMessage, signal: AbortSignal): Incoming {
  const { method = "GET", url = "/", headers, socket } = request;
  return {
    method,
    path: url.split(/[?#]/, 1)[0] ?? "/",
    header(name) {
      const value = headers[name];
      return (typeof value === "string" ? value : value?.join(", ")) ?? null;
    },
    remote: socket.remoteAddress ?? "",
    signal,
    text: async (limit) => asText(await readBytes(request, limit)),
    bytes: (limit) => readBytes(request, limit),
  };
}

async function readBytes(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      length += piece.length;
      if (length > limit) return null;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch {
    return null;
  }
}

function asText(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
