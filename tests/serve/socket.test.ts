import { expect, test } from "vitest";
import { MAX_FRAME } from "../../extensions/sync-engine/rpc/dispatcher.ts";
import type { TransferProgress } from "../../extensions/sync-engine/protocol.ts";
import { openSocket, openTestServer } from "./world.ts";

test("a socket answers requests and tells events", async () => {
  await using world = await openTestServer();
  using front = openSocket(world.port, {
    cookie: await world.enter(),
    origin: `http://${world.host}`,
  });
  await front.opened;
  expect(front.socket.protocol).toBe("mmfsync");
  front.socket.send(JSON.stringify({ id: 1, method: "engine.hello" }));
  expect(await front.next()).toMatchObject({
    id: 1,
    result: { version: "1.2.3", demo: false, mediaBase: world.mediaBase, canReveal: true },
  });
  world.emit("libraryChanged", {});
  expect(await front.next()).toEqual({ event: "libraryChanged", data: {} });
});

test("a token beside the protocol's name opens one socket", async () => {
  await using world = await openTestServer();
  const protocols = ["mmfsync", `token.${world.server.newToken(60_000)}`];
  using first = openSocket(world.port, { protocols });
  await first.opened;
  expect(first.socket.protocol).toBe("mmfsync");
  using second = openSocket(world.port, { protocols });
  await expect(second.opened).rejects.toThrow("401");
});

test("a socket is only to be had at its address", async () => {
  await using world = await openTestServer();
  const cookie = await world.enter();
  const response = await fetch(`${world.server.origin}/`, {
    headers: { cookie, connection: "upgrade", upgrade: "websocket" },
  });
  await response.body?.cancel();
  using front = openSocket(world.port, {});
  await expect(front.opened).rejects.toThrow("401");
});

test.each([
  ["no JSON", "{", null],
  ["nothing", "", null],
  ["a list", "[]", null],
  ["null bytes", "\0".repeat(100), null],
  ["deep nesting", "[".repeat(100_000), null],
  ["an unknown method", '{"id":1,"method":"engine.explode"}', 1],
  ["an inherited one", '{"id":1,"method":"__proto__"}', 1],
])("a frame of %s is answered, and the socket goes on", async (_, frame, id) => {
  await using world = await openTestServer();
  using front = openSocket(world.port, { cookie: await world.enter() });
  await front.opened;
  front.socket.send(frame);
  expect(await front.next()).toMatchObject({ id, error: { code: "badInput" } });
  front.socket.send('{"id":2,"method":"engine.hello"}');
  expect(await front.next()).toMatchObject({ id: 2, result: {} });
});

test("a frame that is too long closes the socket before it is read", async () => {
  await using world = await openTestServer();
  using front = openSocket(world.port, { cookie: await world.enter() });
  await front.opened;
  front.socket.send("x".repeat(MAX_FRAME + 1));
  expect(await front.closed).toBe(1009);
});

test("a binary frame closes the socket", async () => {
  await using world = await openTestServer();
  using front = openSocket(world.port, { cookie: await world.enter() });
  await front.opened;
  front.socket.send(Uint8Array.of(1, 2, 3));
  expect(await front.closed).toBe(1003);
});

test("a reader that never reads is given up, and nothing piles up for it", async () => {
  await using world = await openTestServer();
  using slow = openSocket(world.port, { cookie: await world.enter() });
  using quick = openSocket(world.port, { cookie: await world.enter() });
  await Promise.all([slow.opened, quick.opened]);
  slow.socket.pause();
  const before = Deno.memoryUsage().rss;
  const path = "x".repeat(100_000);
  for (let i = 0; i < 4000; i++) {
    world.emit("fileDone", { fileId: String(i), assetId: "a", path, bytes: 1 });
    expect(await quick.next()).toMatchObject({ data: { fileId: String(i) } });
  }
  // Of the 400 MB that were told.
  expect(Deno.memoryUsage().rss - before).toBeLessThan(200e6);
  slow.socket.resume();
  expect(await slow.closed).toBe(1006);
});

test("a slow reader misses news of progress, and nothing else", async () => {
  await using world = await openTestServer();
  using slow = openSocket(world.port, { cookie: await world.enter() });
  await slow.opened;
  slow.socket.pause();
  const running: TransferProgress[] = [
    { fileId: "f", title: "t".repeat(50_000), name: "n", done: 0, size: null, speed: 0 },
  ];
  const tell = (fetched: number) =>
    world.emit("progress", { running, fetched, fetchedBytes: 0, failed: 0, waiting: 0, speed: 0 });
  for (let i = 0; i < 1000; i++) {
    tell(i);
    // Lets what was sent reach the connection.
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  world.emit("engineChanged", {});
  slow.socket.resume();
  const events: unknown[] = [];
  while (events.at(-1) !== "engineChanged") events.push((await slow.next())["event"]);
  expect(events.length).toBeGreaterThan(10);
  expect(events.length).toBeLessThan(900);
});

test("no more sockets than fit; one that closes makes room", async () => {
  await using world = await openTestServer();
  const cookie = await world.enter();
  using stack = new DisposableStack();
  const fronts = Array.from({ length: 32 }, () => stack.use(openSocket(world.port, { cookie })));
  await Promise.all(fronts.map(({ opened }) => opened));
  using late = openSocket(world.port, { cookie });
  await expect(late.opened).rejects.toThrow("503");
  fronts[0]?.socket.close();
  await fronts[0]?.closed;
  using next = openSocket(world.port, { cookie });
  await next.opened;
});

test("requests of one socket are worked on together, up to a bound", async () => {
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  await using world = await openTestServer({
    engine: {
      doctor: async () => {
        begun++;
        await gate.promise;
        return { ok: true, findings: [] };
      },
    },
  });
  using front = openSocket(world.port, { cookie: await world.enter() });
  using other = openSocket(world.port, { cookie: await world.enter() });
  await Promise.all([front.opened, other.opened]);
  for (let id = 1; id <= 500; id++) {
    front.socket.send(JSON.stringify({ id, method: "doctor.run" }));
  }
  other.socket.send('{"id":1,"method":"engine.hello"}');
  await other.next();
  await expect.poll(() => begun).toBeGreaterThanOrEqual(32);
  expect(begun).toBe(32);
  gate.resolve();
  const ids = new Set<unknown>();
  while (ids.size < 500) ids.add((await front.next())["id"]);
});

test("a socket whose other side is silent is ended", async () => {
  await using world = await openTestServer();
  using dead = openSocket(world.port, { cookie: await world.enter() });
  using alive = openSocket(world.port, { cookie: await world.enter() });
  await Promise.all([dead.opened, alive.opened]);
  await expect.poll(() => world.clock.sleeping).toBe(2);
  dead.socket.pause();
  for (let i = 0; i < 3; i++) {
    const pinged = new Promise((resolve) => alive.socket.once("ping", resolve));
    await world.clock.advance(20_000);
    await pinged;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  dead.socket.resume();
  expect(await dead.closed).toBe(1006);
});

test("sockets end with the server", async () => {
  const world = await openTestServer();
  using front = openSocket(world.port, { cookie: await world.enter() });
  await front.opened;
  await world[Symbol.asyncDispose]();
  expect(await front.closed).toBe(1001);
});
