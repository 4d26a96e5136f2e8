import * as v from "valibot";
import type { App } from "../app/app.ts";
import { toFrameError } from "../frame_error.ts";
import type { SyncError } from "../platform/errors.ts";
import { type ChannelClients, createChannelClients } from "./channel_clients.ts";
import type { HostChannel } from "./host_channel.ts";
import type { Server } from "./server.ts";

/** Milliseconds in which the page has to use its token. */
const TOKEN_LIFE_MS = 10_000;

const HelloSchema = v.object({ nonce: v.pipe(v.string(), v.minLength(1), v.maxLength(100)) });

/** Where a page of the desktop window gets to the engine. */
export interface DesktopDoor {
  /** Hears all events of the host and its pages. */
  hear(event: string, data: unknown): void;
  /** From now on pages are let in. */
  open(
    app: Pick<App, "connect" | "onFault">,
    server: Pick<Server, "origin" | "handlers" | "newToken">,
  ): void;
  /** Pages that ask are told why they have to wait. */
  hold(reason: SyncError): void;
}

/**
 * Answers a page's `hello` with `welcome`: the address of the engine's own socket and a token for it. The protocol
 * itself goes over the host's bus only where that socket cannot be reached.
 */
export function createDesktopDoor(channel: Pick<HostChannel, "call">): DesktopDoor {
  /** Pages that asked before there was an answer. */
  let asked: string[] = [];
  let reason: SyncError | null = null;
  let welcome: ((nonce: string) => void) | null = null;
  let clients: ChannelClients | null = null;

  const broadcast = (event: string, data: unknown) =>
    channel.call("app.broadcast", { event, data });
  const tell = (event: string, data: unknown) => {
    // A host that is gone ends the engine.
    broadcast(event, data).catch(() => {});
  };
  const explain = (nonce: string) =>
    reason && tell("unavailable", { nonce, error: toFrameError(reason) });

  return {
    hear(event, data) {
      switch (event) {
        case "hello": {
          const hello = v.safeParse(HelloSchema, data);
          if (!hello.success) return;
          const { nonce } = hello.output;
          if (welcome) return welcome(nonce);
          asked.push(nonce);
          explain(nonce);
          break;
        }
        case "rpc":
          clients?.receive(data);
          break;
        case "appClientDisconnect":
          clients?.clear();
      }
    },
    hold(why) {
      reason = why;
      asked.forEach(explain);
    },
    open(app, { origin, handlers, newToken }) {
      clients = createChannelClients(app, handlers, (data) => broadcast("rpc", data));
      welcome = (nonce) =>
        tell("welcome", {
          nonce,
          url: `${origin.replace("http:", "ws:")}/socket`,
          token: newToken(TOKEN_LIFE_MS),
        });
      asked.forEach(welcome);
      asked = [];
    },
  };
}
