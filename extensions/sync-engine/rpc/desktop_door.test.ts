import { expect, test } from "vitest";
import type { App, Client } from "../app/app.ts";
import { SyncError } from "../platform/errors.ts";
import { METHODS } from "../protocol.ts";
import { createDesktopDoor } from "./desktop_door.ts";
import type { Handlers } from "./dispatcher.ts";

/** Answers every method with its parameters. */
const echo = Object.fromEntries(
  Object.keys(METHODS).map((method) => [method, (params: unknown) => Promise.resolve(params)]),
) as unknown as Handlers; // Built from the very keys that the type lists.

/** A host's bus whose messages take as long as a test wants. */
class FakeBus {
  readonly sent: { readonly event: string; readonly data: unknown }[] = [];
  readonly clients = new Set<Client>();
  #release = () => {};
  slow = false;

  readonly door = createDesktopDoor({
    call: (_method, data) => {
      this.sent.push(data as { event: string; data: unknown });
      if (!this.slow) return Promise.resolve();
      return new Promise<void>((resolve) => this.#release = resolve);
    },
  });

  open(): void {
    const app: Pick<App, "connect" | "onFault"> = {
      onFault() {},
      connect: (client) => {
        this.clients.add(client);
        return () => void this.clients.delete(client);
      },
    };
    const server = { origin: "http://127.0.0.1:7", handlers: echo, newToken: () => "secret" };
    this.door.open(app, server);
  }

  async arrive(): Promise<void> {
    this.#release();
    await settled();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const frame = (id: number) => JSON.stringify({ id, method: "engine.status", params: {} });
const answer = (id: number) => JSON.stringify({ id, result: {} });

test("a page that says hello is told where to connect and with which token", () => {
  const bus = new FakeBus();
  bus.open();
  bus.door.hear("hello", { nonce: "n" });
  expect(bus.sent).toEqual([{
    event: "welcome",
    data: { nonce: "n", url: "ws://127.0.0.1:7/socket", token: "secret" },
  }]);
});

test("a page that comes too early is told why it has to wait, and let in later", () => {
  const bus = new FakeBus();
  bus.door.hear("hello", { nonce: "early" });
  expect(bus.sent).toEqual([]);
  bus.door.hold(new SyncError("badInput", "Another program has the library"));
  expect(bus.sent).toMatchObject([{
    event: "unavailable",
    data: {
      nonce: "early",
      error: { code: "badInput", message: "Another program has the library" },
    },
  }]);
  bus.open();
  expect(bus.sent.at(-1)).toMatchObject({ event: "welcome", data: { nonce: "early" } });
});

test.each([undefined, null, {}, { nonce: 1 }, { nonce: "" }, { nonce: "x".repeat(101) }])(
  "a hello of %o is not answered",
  (data) => {
    const bus = new FakeBus();
    bus.open();
    bus.door.hear("hello", data);
    expect(bus.sent).toEqual([]);
  },
);

test("frames over the bus are answered together, and those that come meanwhile in the next message", async () => {
  const bus = new FakeBus();
  bus.open();
  bus.slow = true;
  bus.door.hear("rpc", { client: "page", frames: [frame(1)] });
  await settled();
  bus.door.hear("rpc", { client: "page", frames: [frame(2), frame(3)] });
  await settled();
  expect(bus.sent).toEqual([{ event: "rpc", data: { client: "page", frames: [answer(1)] } }]);
  await bus.arrive();
  expect(bus.sent.at(-1)).toEqual({
    event: "rpc",
    data: { client: "page", frames: [answer(2), answer(3)] },
  });
});

test("a page on the bus hears events until pages go away", async () => {
  const bus = new FakeBus();
  bus.open();
  bus.door.hear("rpc", { client: "page", frames: [] });
  for (const { send } of bus.clients) send("libraryChanged", {});
  await settled();
  expect(bus.sent).toEqual([{
    event: "rpc",
    data: { client: "page", frames: ['{"event":"libraryChanged","data":{}}'] },
  }]);
  bus.door.hear("appClientDisconnect", 0);
  expect(bus.clients.size).toBe(0);
});

test.each([{}, { client: "", frames: [] }, { client: "page", frames: [1] }, {
  frames: [frame(1)],
}])(
  "%o is no message of a page",
  async (data) => {
    const bus = new FakeBus();
    bus.open();
    bus.door.hear("rpc", data);
    await settled();
    expect([bus.sent, bus.clients.size]).toEqual([[], 0]);
  },
);
