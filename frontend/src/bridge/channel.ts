import * as v from "valibot";
import type { Connect } from "./transport.ts";

/** The host's own message bus, as far as a connection needs it. */
export interface Channel {
  /** Sends an event to the engine. */
  dispatch(event: string, data: unknown): Promise<void>;
  /** Hears an event of the engine or the host until the returned function is called. */
  on(event: string, hear: (data: unknown) => void): () => void;
}

const BatchSchema = v.object({ client: v.string(), frames: v.array(v.string()) });

/**
 * Connects through the host's bus: the fall-back where the engine's own socket cannot be reached. A message takes 44 ms
 * there, so frames of one turn go together.
 */
export function connectByChannel(channel: Channel): Connect {
  return ({ onOpen, onFrame, onClose }) => {
    const client = crypto.randomUUID();
    let frames: string[] = [];
    const unhear = [
      channel.on("rpc", (data) => {
        const batch = v.safeParse(BatchSchema, data);
        if (!batch.success || batch.output.client !== client) return;
        for (const frame of batch.output.frames) onFrame(frame);
      }),
      channel.on("extClientDisconnect", () => lose()),
    ];
    const end = () => unhear.forEach((stop) => stop());
    const lose = () => {
      end();
      onClose("lost");
    };
    const flush = () => {
      const batch = { client, frames };
      frames = [];
      channel.dispatch("rpc", batch).catch(lose);
    };
    channel.dispatch("rpc", { client, frames: [] }).then(onOpen, lose);
    return {
      send(frame) {
        if (frames.push(frame) === 1) queueMicrotask(flush);
      },
      close: end,
    };
  };
}
