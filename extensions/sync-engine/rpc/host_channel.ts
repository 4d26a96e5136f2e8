import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";
import type { Introduction } from "./introduction.ts";

const MessageSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([
    v.object({ event: v.string(), data: v.optional(v.unknown()) }),
    v.object({
      id: v.string(),
      data: v.object({
        error: v.optional(v.object({ code: v.string(), message: v.string() })),
        returnValue: v.optional(v.unknown()),
      }),
    }),
  ]),
);

/** Native methods that the engine calls; each stands in the allow list of `neutralino.config.json`. */
export type NativeMethod =
  | "app.broadcast"
  | "app.exit"
  | "window.focus"
  | "window.show"
  | "window.unminimize";

/** The engine's connection to the desktop host. */
export interface HostChannel {
  /**
   * Calls a native method of the host. `app.exit` is never answered.
   *
   * @throws {SyncError} `bug` when the host refuses, `cancelled` when it went away.
   */
  call(method: NativeMethod, data?: unknown): Promise<unknown>;
  /** Resolves when the host is gone, however it ended: it drops the socket and says nothing. */
  readonly closed: Promise<void>;
}

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: SyncError) => void;
}

/**
 * Connects to the host as its extension (wire protocol of Neutralinojs 6.9).
 *
 * @param hear Hears the host's events and those that pages send; the data of the latter is outside data.
 * @throws {SyncError} `cancelled` when the host is not there or does not let this extension in.
 */
export async function connectHost(
  introduction: Introduction,
  hear: (event: string, data: unknown) => void,
): Promise<HostChannel> {
  const { nlPort, nlToken, nlConnectToken, nlExtensionId } = introduction;
  const query = new URLSearchParams({ extensionId: nlExtensionId, connectToken: nlConnectToken });
  const socket = new WebSocket(`ws://127.0.0.1:${nlPort}/?${query}`);
  const calls = new Map<string, Call>();
  const closed = Promise.withResolvers<void>();
  const gone = () => new SyncError("cancelled", "The window's host is gone");

  socket.onmessage = ({ data: text }) => {
    const parsed = v.safeParse(MessageSchema, text);
    if (!parsed.success) return;
    const message = parsed.output;
    if ("event" in message) return hear(message.event, message.data);
    const { id, data: { error, returnValue } } = message;
    const call = calls.get(id);
    calls.delete(id);
    if (error) call?.reject(new SyncError("bug", `The host refused: ${error.message}`));
    else call?.resolve(returnValue);
  };
  const opened = Promise.withResolvers<void>();
  socket.onopen = () => opened.resolve();
  socket.onclose = () => {
    opened.reject(gone());
    for (const { reject } of calls.values()) reject(gone());
    calls.clear();
    closed.resolve();
  };
  // A close follows.
  socket.onerror = (event) => event.preventDefault();
  await opened.promise;

  return {
    closed: closed.promise,
    call(method, data = null) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.reject(gone());
      const id = crypto.randomUUID();
      socket.send(JSON.stringify({ id, method, data, accessToken: nlToken }));
      return new Promise((resolve, reject) => calls.set(id, { resolve, reject }));
    },
  };
}
