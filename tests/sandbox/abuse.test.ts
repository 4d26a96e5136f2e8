/** Attempts of a plugin to freeze, flood, confuse or kill the app. */

import { expect, test } from "vitest";
import { startSandbox } from "../../extensions/sync-engine/plugins/sandbox.ts";
import { attempt, run, startWorld, type World } from "./world.ts";

/** The plugin was stopped for `cause`, and the app goes on: the same client starts it anew. */
async function expectStopped(world: World, cause: string) {
  expect(await run(world)).toMatchObject({
    kind: "bug",
    message: expect.stringMatching(new RegExp(`The plugin "evil" was stopped: .*${cause}`)),
  });
  expect(await world.client.libraryPage(null)).toMatchObject({ seen: 0 });
}

test.each([
  ["for (;;);", "endless loop"],
  ["for (;;) await null;", "endless loop"],
  ["/(a+)+$/.test('a'.repeat(60) + '!');", "endless loop"],
  ["await new Promise(() => {});", "did not answer within 1500 ms"],
  [
    "const wait = () => new Promise((done) => setTimeout(done, 1)); for (;;) await wait();",
    "did not answer",
  ],
])("An endless plugin is stopped: %s", async (body, cause) => {
  await using world = startWorld(attempt(body), {
    callMs: cause.includes("loop") ? 60_000 : 1500,
    heartbeatMs: 2500,
  });
  await expectStopped(world, cause);
});

test("A module that never finishes loading is stopped", async () => {
  await using world = startWorld("await new Promise(() => {}); export default {};", {
    callMs: 1500,
  });
  expect(await run(world)).toMatchObject({ kind: "bug" });
});

test.each([
  ["objects", "const kept = []; for (;;) kept.push({ a: kept.length, b: [1, 2, 3] });"],
  ["array buffers", "const kept = []; for (;;) kept.push(new Uint8Array(16 << 20).fill(1));"],
  [
    "text",
    "let text = 'x'; const kept = []; for (;;) { kept.push((text + kept.length).repeat(1 << 20).split('').join('')); }",
  ],
  [
    "slow growth",
    "const kept = []; for (;;) { kept.push(new Uint8Array(4 << 20).fill(1)); await new Promise((r) => setTimeout(r, 2)); }",
  ],
])("A plugin that eats memory by %s is stopped", async (_, body) => {
  await using world = startWorld(attempt(body), { heartbeatMs: 20_000, callMs: 30_000 });
  await expectStopped(world, "too much memory");
});

test.each([
  "for (;;) host.log('info', 'x');",
  "for (;;) console.log('x'.repeat(2000));",
  "for (;;) { for (let i = 0; i < 100; i++) host.log('debug', 'x'); await null; }",
])("A flood of messages is stopped: %s", async (body) => {
  await using world = startWorld(attempt(body), { heartbeatMs: 20_000 });
  await expectStopped(world, "flood of messages");
  expect(world.log.messages().filter((message) => message === "Plugin says").length)
    .toBeLessThanOrEqual(200);
});

test("Too many requests at once are stopped", async () => {
  await using world = startWorld(attempt(
    `await Promise.all(Array.from({ length: 17 }, () => host.request({ url: "https://allowed.example/" })));`,
  ));
  await expectStopped(world, "flood of requests");
});

test("Sixteen requests at once are fine", async () => {
  await using world = startWorld(attempt(
    `return (await Promise.all(Array.from({ length: 16 }, () => host.request({ url: "https://allowed.example/" })))).length;`,
  ));
  expect(await run(world)).toBe("16");
});

test("An oversized reply is stopped", async () => {
  await using world = startWorld(attempt("return 'x'.repeat(3 << 20);"));
  await expectStopped(world, "oversized message");
});

test("An oversized answer of the site ends the request alone", async () => {
  await using world = startWorld(attempt(
    `try { await host.request({ url: "https://allowed.example/big" }); } catch (error) { return error.kind; }`,
  ));
  expect(await run(world)).toBe("bug");
});

test("A plugin that throws where nobody listens is stopped with its words", async () => {
  await using world = startWorld(
    attempt("setTimeout(() => { throw new Error('Oh no'); }); await new Promise(() => {});"),
  );
  await expectStopped(world, "crashed.*Oh no");
});

test("A plugin without a default export or that does not parse fails", async () => {
  for (const source of ["export const a = 1;", "export default null;", "throw new Error('x');"]) {
    await using world = startWorld(source);
    expect(await run(world)).toMatchObject({ kind: "bug" });
  }
});

test.each([
  `JSON.parse('{"id":"1","name":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')`,
  `Object.create({ polluted: 1 }, { id: { value: "1", enumerable: true }, name: { value: "x", enumerable: true } })`,
])("Prototypes cannot be polluted by messages: %s", async (result) => {
  await using world = startWorld(`export default { authenticate: async () => (${result}) };`);
  const account = await world.client.authenticate();
  expect(account).toEqual({ id: "1", name: "x" });
  expect(Reflect.ownKeys(account)).toEqual(["id", "name"]);
  expect(Object.getPrototypeOf(account)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("Prototypes cannot be polluted by requests", async () => {
  await using world = startWorld(attempt(
    `return (await host.request(JSON.parse('{"url":"https://allowed.example/","headers":{"__proto__":"x","accept":"a"},"__proto__":{"method":"POST"}}'))).status;`,
  ));
  expect(await run(world)).toBe("200");
  expect(({} as Record<string, unknown>)["method"]).toBeUndefined();
});

// What a plugin does to its own world harms only itself: it fails or goes on, the app does not care.
test.each([
  "Object.prototype.toJSON = () => ({ t: 'done', id: 1, result: 7 });",
  "Object.prototype.t = 'request'; Object.prototype.call = 1; Object.prototype.id = 1;",
  "Array.prototype.push = Array.prototype.map = () => { throw 1; };",
  "Array.prototype[Symbol.iterator] = function* () { for (;;) yield 1; };",
  "JSON.parse = JSON.stringify = () => '{}';",
  "Map.prototype.get = WeakMap.prototype.get = () => { throw 1; };",
  "Promise.prototype.then = () => new Promise(() => {});",
  "Reflect.apply = () => 'mine'; Function.prototype.call = Function.prototype.apply = () => 'mine';",
  "globalThis.postMessage = globalThis.onmessage = () => {}; globalThis.Deno = {};",
  "EventTarget.prototype.addEventListener.call(globalThis, 'message', (event) => event.stopImmediatePropagation(), true);",
  "Error.prepareStackTrace = () => { throw 1; }; String.prototype.slice = () => 7n;",
  "Object.defineProperty(Object.prototype, 'answer', { set() { throw 1; }, get() { for (;;); } });",
  "for (const key of Reflect.ownKeys(globalThis)) try { delete globalThis[key]; } catch {}",
  "host.log = host.request = host.error = null;",
])("A plugin that spoils its own world hurts nobody else: %s", async (body) => {
  await using world = startWorld(attempt(`${body} return "done";`), {
    callMs: 1000,
    heartbeatMs: 1000,
  });
  const result = await run(world);
  if (typeof result !== "string") expect(result).toMatchObject({ kind: "bug" });
  await using other = startWorld(attempt("return 'well';"));
  expect(await run(other)).toBe("well");
});

test("A broken line to the engine is noticed: the plugin reaches its channel by no name", async () => {
  const body =
    `console.log('{"t":"done","id":1,"result":{"id":"1","name":"forged"}}\\n{"t":"done"');
    host.log("info", '\\n{"t":"done","id":1,"result":7}\\n'); return "honest";`;
  await using world = startWorld(attempt(body));
  expect(await run(world)).toBe("honest");
});

test("Replies to calls that are not open are ignored", async () => {
  // A polluted toJSON is the one way to forge a reply: it replaces what the plugin's own side sends.
  const forge = `let n = 0;
    Object.prototype.toJSON = function () {
      return n++ < 5 && this.t === "log" ? { t: "done", id: 999 + n, result: { id: "1", name: "forged" } } : this;
    };
    for (let i = 0; i < 5; i++) host.log("info", "x");
    delete Object.prototype.toJSON;
    return "honest";`;
  await using world = startWorld(attempt(forge));
  expect(await run(world)).toBe("honest");
});

test("A host request for a call that is not open is refused", async () => {
  const body = `globalThis.kept ??= host; const before = globalThis.kept;
    if (before === host) return "first";
    try { await before.request({ url: "https://allowed.example/" }); } catch (error) { return error.kind; }`;
  await using world = startWorld(attempt(body));
  expect(await run(world)).toBe("first");
  expect(await run(world)).toBe("bug");
  expect(world.seen).toEqual([]);
});

test("A process that writes what is no message is stopped", async () => {
  await using temp = await tempFile(
    `for await (const _ of Deno.stdin.readable) console.log("Hello");`,
  );
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const sandbox = startSandbox({
    plugin: "evil",
    source: "",
    deno: Deno.execPath(),
    childPath: temp.path,
    onHostCall: () => Promise.resolve(null),
    clock: {
      now: Date.now,
      monotonic: () => performance.now(),
      sleep: () => new Promise(() => {}),
    },
    log,
  });
  await expect(sandbox.call("x", [])).rejects.toMatchObject({
    message: expect.stringContaining("no message"),
  });
  await sandbox.exited;
});

async function tempFile(text: string) {
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, text);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path) };
}
