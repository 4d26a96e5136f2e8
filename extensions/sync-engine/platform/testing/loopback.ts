/** A small HTTP server on loopback; `await using` ends it. */
export interface Loopback extends AsyncDisposable {
  /** Like `http://127.0.0.1:4711`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
}

/** Starts an HTTP/1.1 server that answers with `handler`, on a port of its own. */
export function serveLoopback(
  handler: (request: Request, info: Deno.ServeHandlerInfo<Deno.NetAddr>) =>
    | Response
    | Promise<Response>,
): Loopback {
  const stop = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: stop.signal, onListen() {} },
    handler,
  );
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    port: server.addr.port,
    async [Symbol.asyncDispose]() {
      // At once, open answers included: a test's reader may never come back for them.
      stop.abort();
      await server.finished;
    },
  };
}

/** A server that speaks bytes, for answers that no HTTP library would send. */
export interface RawLoopback extends Loopback {
  /** What the clients sent so far, a text for each connection. */
  readonly received: readonly string[];
}

/**
 * Calls `talk` for each connection once its request's headers are there; the connection is closed
 * when `talk` ends.
 */
export function serveRawLoopback(talk: (connection: Deno.TcpConn) => Promise<void>): RawLoopback {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const received: string[] = [];
  const connections = new Set<Deno.TcpConn>();
  const serve = async (connection: Deno.TcpConn) => {
    const index = received.push("") - 1;
    const into = new Uint8Array(16_384);
    try {
      while (!received[index]?.includes("\r\n\r\n")) {
        const count = await connection.read(into);
        if (count === null) return;
        received[index] += new TextDecoder().decode(into.subarray(0, count));
      }
      await talk(connection);
    } catch {
      // The client may leave whenever it likes.
    } finally {
      close(connection);
    }
  };
  const close = (connection: Deno.TcpConn) => {
    if (connections.delete(connection)) connection.close();
  };
  const accepting = (async () => {
    for await (const connection of listener) {
      connections.add(connection);
      serve(connection);
    }
  })();
  return {
    origin: `http://127.0.0.1:${listener.addr.port}`,
    port: listener.addr.port,
    received,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of connections) close(connection);
      await accepting;
    },
  };
}
