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
    text: (limit) => readText(request, limit),
  };
}

async function readText(request: IncomingMessage, limit: number): Promise<string | null> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let length = 0;
  let text = "";
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      length += piece.length;
      if (length > limit) return null;
      text += decoder.decode(piece, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return null;
  }
}
