import * as v from "valibot";
import type { App } from "../app/app.ts";
import { dispatch, type Handlers } from "./dispatcher.ts";

const BatchSchema = v.object({
  client: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  frames: v.pipe(v.array(v.string()), v.maxLength(1000)),
});

/** Front ends that talk to the engine through the host's bus, because they cannot reach its socket. */
export interface ChannelClients {
  /** Takes the data of an event `rpc` of a page. */
  receive(data: unknown): void;
  /** Forgets all: the bus does not say which page went away. */
  clear(): void;
}

/**
 * Answers frames that come over the host's bus, and tells events there. While one batch is on its way (the bus takes
 * 44 ms) the next one gathers.
 *
 * @param broadcast Sends an event `rpc` to all pages; resolves when it is out.
 */
export function createChannelClients(
  app: Pick<App, "connect" | "onFault">,
  handlers: Handlers,
  broadcast: (data: { client: string; frames: readonly string[] }) => Promise<unknown>,
): ChannelClients {
  const clients = new Map<
    string,
    { readonly send: (frame: string) => void; readonly leave: () => void }
  >();

  function join(client: string) {
    let frames: string[] = [];
    let sending = false;
    const flush = async () => {
      sending = true;
      while (frames.length > 0 && clients.has(client)) {
        const batch = { client, frames };
        frames = [];
        // A host that is gone ends the whole engine.
        await broadcast(batch).catch(() => {});
      }
      sending = false;
    };
    const send = (frame: string) => {
      frames.push(frame);
      if (!sending) void flush();
    };
    const leave = app.connect({ send: (event, data) => send(JSON.stringify({ event, data })) });
    const joined = { send, leave };
    clients.set(client, joined);
    return joined;
  }

  return {
    receive(data) {
      const batch = v.safeParse(BatchSchema, data);
      if (!batch.success) return;
      const { send } = clients.get(batch.output.client) ?? join(batch.output.client);
      for (const frame of batch.output.frames) {
        void dispatch(handlers, frame, app.onFault).then(send);
      }
    },
    clear() {
      for (const { leave } of clients.values()) leave();
      clients.clear();
    },
  };
}
