/** A port of this computer that takes no connection: who connects gets no answer, not even a refusal. */
export interface DeafPort {
  readonly port: number;
  readonly origin: string;
  close(): void;
}

/** Time in milliseconds after which a connection on the loopback is not going to be made any more. */
const HANGS_MS = 250;

/** Listens without ever accepting, and fills the queue of connections that the system accepts on its own. */
export async function listenDeaf(): Promise<DeafPort> {
  const hostname = "127.0.0.1";
  const listener = Deno.listen({ hostname, port: 0, tcpBacklog: 1 });
  const { port } = listener.addr;
  const made: Deno.Conn[] = [];
  for (let isFull = false; !isFull;) {
    const signal = AbortSignal.timeout(HANGS_MS);
    try {
      made.push(await Deno.connect({ hostname, port, signal }));
    } catch (error) {
      if (!signal.aborted) throw error;
      isFull = true;
    }
  }
  return {
    port,
    origin: `http://${hostname}:${port}`,
    close() {
      listener.close();
      for (const connection of made) connection.close();
    },
  };
}
