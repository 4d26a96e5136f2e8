/** A connection's sending half. */
export interface Peer {
  send(text: string): void;
}

/** Who is connected, and what all of them are told. */
export interface Bus {
  readonly pages: ReadonlySet<Peer>;
  readonly extensions: ReadonlyMap<string, Peer>;
  join(peer: Peer, extensionId: string | null): void;
  leave(peer: Peer, extensionId: string | null): void;
  toPages(event: string, data: unknown): void;
  toExtensions(event: string, data: unknown): void;
  /** Whether the extension is connected. */
  toExtension(id: string, event: string, data: unknown): boolean;
  toAll(event: string, data: unknown): void;
}

/**
 * @param delay Milliseconds that an event takes. The real host's take 44 (Nagle's algorithm against a delayed
 * acknowledgement); answers overtake them there as here.
 */
export function createBus(delay: number): Bus {
  const pages = new Set<Peer>();
  const extensions = new Map<string, Peer>();
  const send = (peer: Peer, event: string, data: unknown) => {
    const text = JSON.stringify({ event, data: data ?? null });
    if (delay === 0) peer.send(text);
    else setTimeout(() => peer.send(text), delay);
  };
  const toPages = (event: string, data: unknown) => pages.forEach((to) => send(to, event, data));
  const toExtensions = (event: string, data: unknown) =>
    extensions.forEach((to) => send(to, event, data));
  const toAll = (event: string, data: unknown) => {
    toPages(event, data);
    toExtensions(event, data);
  };
  return {
    pages,
    extensions,
    toPages,
    toExtensions,
    toAll,
    toExtension(id, event, data) {
      const peer = extensions.get(id);
      if (peer) send(peer, event, data);
      return peer !== undefined;
    },
    join(peer, id) {
      if (id === null) pages.add(peer);
      else extensions.set(id, peer);
      toAll(id === null ? "appClientConnect" : "extClientConnect", id ?? pages.size);
      toAll("clientConnect", pages.size + extensions.size);
    },
    leave(peer, id) {
      pages.delete(peer);
      // Whichever connection of that id it was: so does the real host.
      if (id !== null) extensions.delete(id);
      toAll(id === null ? "appClientDisconnect" : "extClientDisconnect", id ?? pages.size);
      toAll("clientDisconnect", pages.size + extensions.size);
    },
  };
}
