import { SyncError } from "./errors.ts";

/** A server that only programs of this computer reach. */
export interface LoopbackServer {
  readonly port: number;
  /** Resolves when what is being answered has been. */
  close(): Promise<void>;
}

/**
 * Listens where `http://localhost:<port>` leads.
 *
 * @param port 1 to 65535, or 0 for a free one.
 * @throws {SyncError} `badInput` when another program uses the port.
 */
export type ListenOnLoopback = (
  port: number,
  handler: (request: Request) => Promise<Response>,
) => Promise<LoopbackServer>;

/** Both loopback addresses: browsers take `localhost` for one or the other (RFC 8252, 7.3). */
const ADDRESSES = ["127.0.0.1", "::1"];

/** {@linkcode ListenOnLoopback} by Deno. A computer without IPv6 listens on one address only. */
export const listenOnLoopback: ListenOnLoopback = (port, handler) => {
  const servers: Deno.HttpServer<Deno.NetAddr>[] = [];
  const bound = () => servers[0]?.addr.port ?? port;
  const stop = new AbortController();
  // What is being answered is answered: whoever asked looks at it.
  const close = async () => {
    await Promise.all(servers.map((server) => server.shutdown()));
  };
  try {
    for (const hostname of ADDRESSES) {
      try {
        const options = { hostname, port: bound(), signal: stop.signal, onListen() {} };
        servers.push(Deno.serve(options, handler));
      } catch (error) {
        if (hostname === "127.0.0.1" || error instanceof Deno.errors.AddrInUse) throw error;
      }
    }
  } catch (cause) {
    stop.abort();
    const message = `Port ${port} is used by another program. End it, or choose another port`;
    return Promise.reject(new SyncError("badInput", message, { cause }));
  }
  return Promise.resolve({ port: bound(), close });
};
