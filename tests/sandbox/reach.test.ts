/** Attempts of a plugin to reach or to learn what it must not. */

import { expect, test } from "vitest";
import { attempt, run, startWorld } from "./world.ts";

const REFUSED_MODULES: [string, string][] = [
  ["a static import", 'import fs from "node:fs"; export default {};'],
  ["a static import of a file", 'import x from "file:///etc/hostname"; export default {};'],
  [
    "local JSON with attributes",
    'import x from "file:///srv/package.json" with { type: "json" }; export default {};',
  ],
  ["an npm import", 'import x from "npm:left-pad"; export default {};'],
  ["a data: import", 'import x from "data:text/javascript,export default 1"; export default {};'],
  ["a dynamic import", attempt('return Object.keys(await import("node:fs"));')],
  ["a computed import", attempt('return Object.keys(await import(["node", "fs"].join(":")));')],
  ["a re-export", 'export * from "node:fs"; export default {};'],
  ["import.meta", attempt("return import.meta.url;")],
];

test.each(REFUSED_MODULES)("A plugin with %s is not even started", (_, source) => {
  expect(() => startWorld(source)).toThrow(
    expect.objectContaining({
      kind: "badInput",
      message: expect.stringContaining("must not import"),
    }),
  );
});

test.each([
  `eval('im' + 'port("node:fs")')`,
  `(0, eval)("1 + 1")`,
  `new Function("return 1")()`,
  `(() => {}).constructor("return 1")()`,
  `(async () => {}).constructor("return im" + "port('node:fs')")()`,
  `(function* () {}).constructor("yield 1")().next()`,
  `Reflect.construct((async function* () {}).constructor, ["yield 1"])().next()`,
  `new Promise((resolve, reject) => { try { setTimeout("1"); } catch (e) { reject(e); } setTimeout(resolve, 50) })`,
])("Code made from strings does not run: %s", async (code) => {
  await using world = startWorld(attempt(`return { got: await (${code}) };`));
  expect(await run(world)).toMatchObject({ kind: "bug" });
});

test("Nothing that reaches or tells anything is visible", async () => {
  await using world = startWorld(attempt(`
    const hidden = "Deno process Buffer global Worker SharedWorker BroadcastChannel MessageChannel MessagePort " +
      "fetch Request Response WebSocket WebSocketStream EventSource XMLHttpRequest caches CacheStorage navigator " +
      "location self name close postMessage onmessage onerror onunhandledrejection importScripts " +
      "SharedArrayBuffer Atomics WebAssembly GPU OffscreenCanvas createImageBitmap eval performance " +
      "localStorage indexedDB Blob File FileReader ReadableStream CompressionStream reportError " +
      "setImmediate require module exports __bootstrap alert prompt confirm WorkerGlobalScope " +
      "addEventListener dispatchEvent constructor";
    const seen = hidden.split(" ").filter((name) => typeof globalThis[name] !== "undefined");
    return seen;`));
  // Inherited from EventTarget and harmless: they reach the plugin's own events.
  expect(await run(world)).toBe('["addEventListener","dispatchEvent","constructor"]');
});

test("The worker's scope holds nothing but what is known to be harmless", async () => {
  await using world = startWorld(attempt(`
    const harmless = ("Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String " +
      "Symbol Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError " +
      "URIError globalThis JSON Math Intl ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array " +
      "Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float16Array Float32Array Float64Array DataView " +
      "Map BigInt Set Iterator WeakMap WeakSet WeakRef Proxy Reflect Temporal decodeURI decodeURIComponent " +
      "encodeURI encodeURIComponent escape unescape isFinite isNaN queueMicrotask AbortController AbortSignal " +
      "TextDecoder TextEncoder URL URLPattern URLSearchParams DOMException Event EventTarget atob btoa setTimeout " +
      "clearTimeout setInterval clearInterval structuredClone crypto Crypto CryptoKey SubtleCrypto console").split(" ");
    return Object.getOwnPropertyNames(globalThis).filter((name) => !harmless.includes(name));`));
  expect(await run(world)).toBe("[]");
});

test("The way up from an object to its realm leads to nothing", async () => {
  await using world = startWorld(attempt(`
    const found = [];
    const visited = new Set();
    const visit = (value, path) => {
      if (Object(value) !== value || visited.has(value) || path.length > 12) return;
      visited.add(value);
      for (const key of Reflect.ownKeys(value)) {
        const name = String(key);
        if (/^(Deno|process|core|ops|internals?|bootstrap|execPath|spawn|fetch|importScripts|Worker)$/.test(name)) found.push([...path, name].join("."));
        const property = Reflect.getOwnPropertyDescriptor(value, key);
        for (const part of [property.value, property.get, property.set]) visit(part, [...path, name]);
      }
      visit(Reflect.getPrototypeOf(value), [...path, "__proto__"]);
    };
    visit(globalThis, []);
    visit(host, ["host"]);
    visit(AbortSignal.timeout(100), ["signal"]);
    visit(setTimeout(() => {}, 10), ["timer"]);
    try { null.x } catch (error) { visit(error, ["error"]); }
    try { new URL("") } catch (error) { visit(error, ["error"]); }
    return found;`));
  expect(await run(world)).toBe("[]");
});

test.each([
  ["the environment", "Deno.env.toObject()"],
  ["the environment by process", "process.env"],
  ["the program's path", "Deno.execPath()"],
  ["the working directory", "Deno.cwd()"],
  ["the process id", "Deno.pid"],
  ["the computer's name", "Deno.hostname()"],
  ["the user agent", "navigator.userAgent"],
  ["more permissions", 'await Deno.permissions.request({ name: "read" })'],
  ["a file", 'Deno.readTextFileSync("/etc/hostname")'],
  [
    "a sub-worker",
    `new Worker("data:text/javascript,1", { type: "module", deno: { permissions: "inherit" } })`,
  ],
  ["a channel to others", 'new BroadcastChannel("mmf")'],
  ["the end of the process", "Deno.exit(0)"],
  ["the end of the process by process", "process.exit(0)"],
  ["the end of the worker", "close()"],
  ["the network", 'await fetch("FORBIDDEN")'],
  ["a socket", 'new WebSocket("ws://127.0.0.1:PORT")'],
  ["standard output", "Deno.stdout.writeSync(new Uint8Array([10]))"],
])("A plugin does not get at %s", async (_, code) => {
  await using world = startWorld(attempt(`return { got: ${code} };`));
  expect(await run(world)).toMatchObject({
    kind: "bug",
    message: expect.stringContaining("is not defined"),
  });
  expect(world.trespasses).toEqual([]);
});

test.each([
  "https://forbidden.example/",
  "FORBIDDEN/",
  "https://127.0.0.1:PORT/",
  "https://127.0.0.1/",
  "http://127.0.0.1:PORT/",
  "https://localhost:PORT/",
  "http://allowed.example/",
  "https://allowed.example:PORT/",
  "https://allowed.example.forbidden.example/",
  "https://allowed.example@forbidden.example/",
  "https://forbidden.example#@allowed.example/",
  "https://forbidden.example\\\\@allowed.example/",
  "https://sub.allowed.example/",
  "https://allowed.example./",
  "https://169.254.169.254/latest/meta-data/",
  "https://[::1]:PORT/",
  "https://[::ffff:127.0.0.1]/",
  "https://[fe80::1]/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0177.0.0.1/",
  "https://127.1/",
  "https://0/",
  "file:///etc/hostname",
  "data:text/plain,x",
  "ws://127.0.0.1:PORT/",
])("A request to %s is refused, asked for or redirected to", async (url) => {
  const ask = `const answer = [];
    for (const url of ["${url}", "https://allowed.example/?to=" + encodeURIComponent("${url}")]) {
      try { answer.push((await host.request({ url })).body); } catch (error) { answer.push(error.kind); }
    }
    return answer;`;
  await using world = startWorld(attempt(ask));
  expect(await run(world)).toBe('["permission","permission"]');
  expect(world.trespasses).toEqual([]);
  expect(world.seen).toHaveLength(1);
});

test("A refused request fails the call with the permission failure", async () => {
  await using world = startWorld(
    attempt(`await host.request({ url: "https://forbidden.example/" });`),
  );
  expect(await run(world)).toMatchObject({
    kind: "permission",
    message: expect.stringContaining("must not reach https://forbidden.example"),
  });
});

test("A plugin never sees the credential, and cannot replace it", async () => {
  await using world = startWorld(attempt(`
    return host.request({
      url: "https://allowed.example/",
      headers: { Authorization: "Bearer mine", COOKIE: "a=b", Host: "forbidden.example", "User-Agent": "Browser", "X-Real-Ip": "1.1.1.1" },
    });`));
  const answer = await run(world);
  expect(answer).toContain("fine");
  expect(answer).not.toMatch(/T0KEN|session=secret/);
  expect(world.seen).toHaveLength(1);
  expect(world.seen[0]?.headers).toMatchObject({
    authorization: "Bearer T0KEN",
    host: "allowed.example",
    "user-agent": "mmfsync/test",
  });
  expect(world.seen[0]?.headers).not.toHaveProperty("cookie");
  expect(world.seen[0]?.headers).not.toHaveProperty("x-real-ip");
});

test("The credential stays behind when a redirect leads to another host", async () => {
  await using world = startWorld(attempt(
    `return (await host.request({ url: "https://allowed.example/?to=https://cdn.allowed.example/x" })).body;`,
  ));
  expect(await run(world)).toBe("fine");
  expect(world.seen.map(({ host, headers }) => [host, headers["authorization"]])).toEqual([
    ["allowed.example", "Bearer T0KEN"],
    ["cdn.allowed.example", undefined],
  ]);
});

test.each([
  `{ accept: "a\\r\\nAuthorization: Bearer mine" }`,
  `{ accept: "a\\nX-Evil: 1" }`,
  `{ "accept\\r\\nX-Evil": "1", accept: "a\\u0000" }`,
])("Headers cannot be injected: %s", async (headers) => {
  await using world = startWorld(
    attempt(`await host.request({ url: "https://allowed.example/", headers: ${headers} });`),
  );
  expect(await run(world)).toMatchObject({ kind: "badInput" });
  expect(world.seen).toEqual([]);
});
