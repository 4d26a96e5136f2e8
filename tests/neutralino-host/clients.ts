import * as v from "valibot";
import type { Host } from "./host.ts";

const MessageSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/** A page or an extension, as the host sees it. */
export interface Client extends Disposable {
  /** Calls a native method; resolves to `data` of the answer. */
  call(method: string, data?: unknown, accessToken?: string): Promise<unknown>;
  send(text: string): void;
  /** The next event of that name that was not taken yet. */
  event(name: string): Promise<unknown>;
  /** Names of all events so far. */
  readonly heard: readonly string[];
}

/** Connects as `@neutralinojs/lib` does (no id), or as an extension does. */
export async function connectTo(
  host: Pick<Host, "port" | "tokens">,
  extensionId?: string,
): Promise<Client> {
  const id = extensionId === undefined ? "" : `extensionId=${extensionId}&`;
  const socket = new WebSocket(
    `ws://127.0.0.1:${host.port}/?${id}connectToken=${host.tokens.connect}`,
  );
  const answers = new Map<unknown, (data: unknown) => void>();
  const heard: string[] = [];
  const untaken: { readonly name: string; readonly data: unknown }[] = [];
  const waiting = new Map<string, (data: unknown) => void>();
  socket.onmessage = ({ data: text }) => {
    const { id, event, data } = v.parse(MessageSchema, text);
    if (typeof event !== "string") return answers.get(id)?.(data);
    heard.push(event);
    const take = waiting.get(event);
    waiting.delete(event);
    if (take) take(data);
    else untaken.push({ name: event, data });
  };
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error("The host refused the connection"));
  });
  return {
    heard,
    call(method, data = null, accessToken = host.tokens.access) {
      const id = crypto.randomUUID();
      socket.send(JSON.stringify({ id, method, data, accessToken }));
      return new Promise((resolve) => answers.set(id, resolve));
    },
    send: (text) => socket.send(text),
    event(name) {
      const at = untaken.findIndex((known) => known.name === name);
      if (at >= 0) return Promise.resolve(untaken.splice(at, 1)[0]?.data);
      return new Promise((resolve) => waiting.set(name, resolve));
    },
    [Symbol.dispose]: () => socket.close(),
  };
}
