import { expect, test } from "vitest";
import { BridgeError } from "./bridge.ts";
import { RpcBridge } from "./rpc_bridge.ts";
import type { TransportEvents } from "./transport.ts";

/** Connections and time in the test's hands. */
function createWorld() {
  const connections: {
    events: TransportEvents;
    sent: { id: number; method: string }[];
    closed: boolean;
  }[] = [];
  const timers: { at: number; then: () => void }[] = [];
  let now = 0;
  const bridge = new RpcBridge((events) => {
    const connection = { events, sent: [] as { id: number; method: string }[], closed: false };
    connections.push(connection);
    return {
      send: (frame) => void connection.sent.push(JSON.parse(frame)),
      close: () => void (connection.closed = true),
    };
  }, {
    after(ms, then) {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer) >>> 0, 1);
    },
  });
  return {
    bridge,
    connections,
    last: () => connections.at(-1) ?? fail(),
    pass(ms: number) {
      now += ms;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.then();
      }
    },
  };
}

function fail(): never {
  throw new Error("No connection was tried");
}

test("a call made before there is a connection goes out once there is one", async () => {
  const { bridge, last } = createWorld();
  const answer = bridge.call("engine.status", {});
  expect(last().sent).toEqual([]);
  last().events.onOpen();
  expect(last().sent).toMatchObject([{ method: "engine.status" }]);
  last().events.onFrame(JSON.stringify({ id: last().sent[0]?.id, result: { busy: null } }));
  expect(await answer).toEqual({ busy: null });
});

test("an error of the engine keeps its kind and its advice", async () => {
  const { bridge, last } = createWorld();
  last().events.onOpen();
  const answer = bridge.call("sync.start", {});
  const error = { code: "needsAuth", message: "Signed out", hint: "Sign in" };
  last().events.onFrame(JSON.stringify({ id: last().sent[0]?.id, error }));
  await expect(answer).rejects.toMatchObject({
    code: "needsAuth",
    message: "Signed out",
    hint: "Sign in",
  });
});

test("no call waits longer than its deadline, connected or not", async () => {
  const { bridge, last, pass } = createWorld();
  const early = bridge.call("engine.status", {}, { deadline: 1000 });
  pass(1000);
  await expect(early).rejects.toMatchObject({ code: "timeout" });
  last().events.onOpen();
  const late = bridge.call("engine.status", {}, { deadline: 1000 });
  pass(1000);
  await expect(late).rejects.toThrow(BridgeError);
});

test("an answer that comes after the deadline is ignored", async () => {
  const { bridge, last, pass } = createWorld();
  last().events.onOpen();
  const call = bridge.call("engine.status", {}, { deadline: 10 });
  pass(10);
  await expect(call).rejects.toMatchObject({ code: "timeout" });
  last().events.onFrame(JSON.stringify({ id: last().sent[0]?.id, result: {} }));
});

test("a lost connection fails what was asked over it, and is tried again less and less often", async () => {
  const { bridge, connections, last, pass } = createWorld();
  last().events.onOpen();
  const asked = bridge.call("engine.status", {});
  last().events.onClose("lost");
  await expect(asked).rejects.toMatchObject({ code: "disconnected" });
  expect(bridge.state()).toBe("connecting");
  const waits = [200, 400, 800, 1600, 3000, 3000];
  for (const [index, wait] of waits.entries()) {
    pass(wait - 1);
    expect(connections).toHaveLength(index + 1);
    pass(1);
    expect(connections).toHaveLength(index + 2);
    last().events.onClose("lost");
  }
});

test("a call made while the connection is lost goes out over the next one", async () => {
  const { bridge, last, pass } = createWorld();
  last().events.onOpen();
  last().events.onClose("lost");
  const answer = bridge.call("settings.get", {});
  pass(200);
  last().events.onOpen();
  last().events.onFrame(JSON.stringify({ id: last().sent[0]?.id, result: { theme: "dark" } }));
  expect(await answer).toEqual({ theme: "dark" });
});

test("a refusal is told and not tried again by itself", () => {
  const { bridge, connections, last, pass } = createWorld();
  const states: string[] = [];
  bridge.onState((state) => states.push(state));
  last().events.onClose("refused");
  pass(60_000);
  expect(connections).toHaveLength(1);
  bridge.reconnect();
  last().events.onOpen();
  expect(states).toEqual(["refused", "connecting", "open"]);
});

test("an aborted call is given up at once", async () => {
  const { bridge, last } = createWorld();
  last().events.onOpen();
  const giveUp = new AbortController();
  const call = bridge.call("engine.status", {}, { signal: giveUp.signal });
  giveUp.abort();
  await expect(call).rejects.toMatchObject({ name: "AbortError" });
});

test("events reach those who listen until they stop", () => {
  const { bridge, last } = createWorld();
  const heard: unknown[] = [];
  const stop = bridge.on("waiting", (data) => heard.push(data));
  last().events.onOpen();
  last().events.onFrame(JSON.stringify({ event: "waiting", data: { until: 1 } }));
  last().events.onFrame(JSON.stringify({ event: "progress", data: {} }));
  stop();
  last().events.onFrame(JSON.stringify({ event: "waiting", data: { until: 2 } }));
  expect(heard).toEqual([{ until: 1 }]);
});

test("closing ends every call", async () => {
  const { bridge, last, connections, pass } = createWorld();
  last().events.onOpen();
  const call = bridge.call("engine.status", {});
  bridge.close();
  await expect(call).rejects.toMatchObject({ code: "disconnected" });
  pass(60_000);
  expect(connections).toHaveLength(1);
});
