/**
 * The program of a plugin's process. It has no permission at all and imports nothing. Its main thread starts a worker
 * without permissions that runs the plugin, carries lines between that worker and the engine
 * (standard input and output, one message a line) and watches memory and noise.
 *
 * The worker and all that it says is the plugin's; what is judged here is only size, number and form.
 *
 * @module
 */

/** The first line on standard input. */
interface Start {
  /** The plugin's module. */
  readonly source: string;
  /** Bytes that this process may hold in memory. */
  readonly memory: number;
  /** Characters of the longest message that the worker may send. */
  readonly largestMessage: number;
  readonly messagesPerSecond: number;
}

/** How the process ends when the plugin misbehaves; `sandbox.ts` reads them. */
const EXIT = { crashed: 70, memory: 71, flood: 72, oversized: 73 } as const;

const MEMORY_CHECK_MS = 50;

/**
 * Runs in the worker before the plugin: takes away everything that a provider does not need, and
 * returns what starts the conversation. It must not refer to anything outside of itself, because its
 * text is what is run. The plugin shares the worker's world and can spoil it, but only for itself.
 */
function prelude(): (module: { readonly default?: unknown }) => void {
  interface Scope {
    postMessage(message: string): void;
    addEventListener(type: "message", listen: (event: { readonly data: string }) => void): void;
  }
  interface Waiting {
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: unknown) => void;
  }
  type Incoming =
    | { t: "ping"; n: number }
    | { t: "call"; id: number; method: string; params: unknown[] }
    | { t: "reply"; id: number; answer?: unknown; error?: { kind: string; message: string } };

  const needed = new Set(
    ("Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date " +
      "Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError " +
      "URIError globalThis JSON Math Intl ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array " +
      "Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float16Array Float32Array " +
      "Float64Array DataView Map BigInt Set Iterator WeakMap WeakSet WeakRef Proxy Reflect Temporal " +
      "decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN " +
      "queueMicrotask AbortController AbortSignal TextDecoder TextEncoder URL URLPattern URLSearchParams " +
      "DOMException Event EventTarget atob btoa setTimeout clearTimeout setInterval clearInterval " +
      "structuredClone crypto Crypto CryptoKey SubtleCrypto").split(" "),
  );
  // The worker's own scope has these; the library types of this program are those of the main thread.
  const scope = globalThis as unknown as Scope;
  const post = scope.postMessage.bind(scope);
  const listen = scope.addEventListener.bind(scope);
  const { parse, stringify } = JSON;
  const world = globalThis;
  const { setTimeout, clearTimeout, setInterval, clearInterval } = world;

  // Deno loads parts of itself when they are first used, and those parts look for globals that are
  // taken away below: so they are used once.
  clearTimeout(setTimeout(() => {}));
  clearInterval(setInterval(() => {}));
  for (const name of needed) Reflect.get(world, name);
  structuredClone(new Map([[new Error("x"), new Uint8Array(1)]]));
  new TextDecoder().decode(new TextEncoder().encode(atob(btoa("x"))), { stream: true });
  new URLPattern({ pathname: new URL("https://x.test/").pathname }).test("https://x.test/");
  new EventTarget().dispatchEvent(new Event("x"));
  AbortSignal.any([new AbortController().signal, AbortSignal.timeout(1), AbortSignal.abort()]);
  crypto.getRandomValues(new Uint8Array(1));
  crypto.randomUUID();
  crypto.subtle.digest("SHA-256", new Uint8Array()).catch(() => {});

  for (const name of Object.getOwnPropertyNames(world)) {
    if (needed.has(name)) continue;
    if (!Reflect.deleteProperty(world, name)) throw new Error(`Cannot remove ${name}`);
  }

  const errors = new WeakMap<Error, { code: string | null; host: number | null }>();
  const waiting = new Map<number, Waiting>();
  let lastRequest = 0;

  const send = (message: unknown) => post(stringify(message));
  const log = (level: string, message: unknown) =>
    send({ t: "log", level, message: String(message).slice(0, 2000) });
  const consoleMethod = (level: string) => (...parts: unknown[]) =>
    log(level, parts.map(String).join(" "));
  // Deno's own timers answer with objects that lead into its insides; numbers lead nowhere.
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let lastTimer = 0;
  const give = (name: string, value: unknown) =>
    Object.defineProperty(world, name, { value, configurable: true, writable: true });
  const clear = (id?: number) => {
    if (id === undefined) return;
    clearTimeout(timers.get(id));
    timers.delete(id);
  };
  type Work = (...parts: unknown[]) => void;
  give("setTimeout", (work: Work, ms?: number, ...parts: unknown[]) => {
    const id = ++lastTimer;
    const run = () => {
      timers.delete(id);
      work(...parts);
    };
    timers.set(id, setTimeout(run, ms));
    return id;
  });
  give("setInterval", (work: Work, ms?: number, ...parts: unknown[]) => {
    timers.set(++lastTimer, setInterval(() => work(...parts), ms));
    return lastTimer;
  });
  give("clearTimeout", clear);
  give("clearInterval", clear);
  give("console", {
    log: consoleMethod("debug"),
    debug: consoleMethod("debug"),
    info: consoleMethod("info"),
    warn: consoleMethod("warn"),
    error: consoleMethod("error"),
  });

  const hostOf = (call: number) => ({
    request: (request: unknown) =>
      new Promise((resolve, reject) => {
        const id = ++lastRequest;
        send({ t: "request", id, call, request });
        waiting.set(id, { resolve, reject });
      }),
    log,
    error(code: string, message: string) {
      const error = new Error(message);
      errors.set(error, { code, host: null });
      return error;
    },
  });

  async function run(provider: unknown, id: number, method: string, params: unknown[]) {
    try {
      const work = (provider as Record<string, unknown> | null | undefined)?.[method];
      if (typeof work !== "function") throw new TypeError(`It has no method "${method}"`);
      const result = await Reflect.apply(work, provider, [hostOf(id), ...params]);
      send({ t: "done", id, result: result ?? null });
    } catch (error) {
      const known = error instanceof Error ? errors.get(error) : undefined;
      const message = error instanceof Error ? error.message : String(error);
      const { code = null, host = null } = known ?? {};
      send({ t: "fail", id, code, host, message: String(message).slice(0, 1000) });
    }
  }

  function settle({ id, answer, error }: Extract<Incoming, { t: "reply" }>) {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (!error) return resolve?.(answer);
    const failure = Object.assign(new Error(error.message), {
      name: "HostError",
      kind: error.kind,
    });
    errors.set(failure, { code: null, host: id });
    reject?.(failure);
  }

  return (module) => {
    listen("message", ({ data }) => {
      const message: Incoming = parse(data);
      if (message.t === "ping") send({ t: "pong", n: message.n });
      if (message.t === "call") run(module.default, message.id, message.method, message.params);
      if (message.t === "reply") settle(message);
    });
  };
}

/** Lines of a stream of UTF-8. */
async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let parts: string[] = [];
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      yield parts.join("") + text.slice(start, end);
      parts = [];
      start = end + 1;
    }
    if (start < text.length) parts.push(text.slice(start));
  }
}

function fail(cause: keyof typeof EXIT, message: string): never {
  Deno.stderr.writeSync(new TextEncoder().encode(`\nplugin: ${message.slice(0, 1000)}\n`));
  Deno.exit(EXIT[cause]);
}

function startWorker(source: string): Worker {
  const urlOf = (text: string) =>
    URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const main = `import { start } from "${urlOf(`export const start = (${prelude})();`)}";` +
    `import * as plugin from "${urlOf(source)}";` +
    "start(plugin);";
  return new Worker(urlOf(main), { type: "module", deno: { permissions: "none" } });
}

/** Passes on what the worker says as long as it stays within its bounds. */
function relay(worker: Worker, { largestMessage, messagesPerSecond }: Start): void {
  const encoder = new TextEncoder();
  let written = Promise.resolve();
  let queued = 0;
  let count = 0;
  let since = performance.now();

  async function write(data: Uint8Array) {
    for (let at = 0; at < data.length;) at += await Deno.stdout.write(data.subarray(at));
    queued -= data.length;
  }

  worker.onmessage = ({ data }) => {
    const now = performance.now();
    if (now - since > 1000) {
      since = now;
      count = 0;
    }
    if (++count > messagesPerSecond) {
      fail("flood", `It sent more than ${messagesPerSecond} messages within a second`);
    }
    if (typeof data !== "string" || data.includes("\n")) {
      fail("crashed", "It broke its own channel");
    }
    if (data.length > largestMessage) {
      fail("oversized", `It sent ${data.length} characters at once, ${largestMessage} are allowed`);
    }
    const line = encoder.encode(`${data}\n`);
    queued += line.length;
    if (queued > 4 * largestMessage) fail("flood", "It sent more than could be read");
    written = written.then(() => write(line));
  };
  worker.onmessageerror = () => fail("crashed", "It sent something that cannot be read");
  worker.onerror = (event) => {
    event.preventDefault();
    fail("crashed", event.message);
  };
}

// A terminal sends Ctrl-C to every process of the group; only the engine decides when this one ends.
Deno.addSignalListener("SIGINT", () => {});

const input = linesOf(Deno.stdin.readable);
const first = await input.next();
if (first.done) Deno.exit(0);
// The engine writes this line; nobody else can.
const start: Start = JSON.parse(first.value);
setInterval(() => {
  const { rss } = Deno.memoryUsage();
  if (rss > start.memory) fail("memory", `It used ${rss} bytes, ${start.memory} are allowed`);
}, MEMORY_CHECK_MS);
const worker = startWorker(start.source);
relay(worker, start);
for await (const line of input) worker.postMessage(line);
Deno.exit(0);
