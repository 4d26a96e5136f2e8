import { tmpdir } from "node:os";
import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Log } from "../platform/ports.ts";
import { LineTooLongError, readLines } from "./lines.ts";
import { workerMessage } from "./messages.ts";
import { cleaned, pluginError } from "./plugin_error.ts";

/** What a plugin may use before it is stopped. */
export interface SandboxLimits {
  /** Milliseconds that one call may take, without the time in which the plugin waits for the host. @default {60_000} */
  readonly callMs?: number;
  /** Milliseconds after which a plugin that does not answer a ping counts as looping. @default {10_000} */
  readonly heartbeatMs?: number;
  /** Bytes of JavaScript heap. @default {128 MiB} */
  readonly heap?: number;
  /** Bytes of memory of the whole process, of which Deno itself takes about 50 MiB. @default {heap + 192 MiB} */
  readonly memory?: number;
  /** Characters of one message. @default {9 MiB} */
  readonly largestMessage?: number;
  /** @default {1000} */
  readonly messagesPerSecond?: number;
  /** Host requests under way at once. @default {16} */
  readonly hostRequests?: number;
}

export interface SandboxOptions {
  /** Named in every error. */
  readonly plugin: string;
  /** The plugin's module, already checked for imports. */
  readonly source: string;
  /** Path of the Deno program. */
  readonly deno: string;
  /** Path of `sandbox_child.ts` or of its bundle. */
  readonly childPath: string;
  /** Answers a host request that the plugin makes in a call of `method`; it is outside data. Aborted when the call ends. */
  readonly onHostCall: (request: unknown, signal: AbortSignal, method: string) => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: SandboxLimits;
}

/** A running plugin. */
export interface Sandbox {
  /**
   * Calls a method of the provider; what it answers is outside data.
   *
   * @throws {SyncError} what the plugin or one of its host requests reported, `cancelled`, or `bug` when the plugin broke a rule and was stopped.
   */
  call(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
  /** Ends the plugin's process; calls under way fail with `cancelled`. */
  close(): Promise<void>;
  /** False as soon as it was closed or broke a rule; calls fail from then on. */
  readonly alive: boolean;
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<void>;
}

interface Call {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: SyncError) => void;
  /** Aborted when the call has ended. */
  readonly stop: AbortController;
  /** Failed host requests, so that they come back as they were when the plugin lets them through. */
  readonly failures: Map<number, SyncError>;
  hostRequests: number;
  /** Milliseconds of the plugin's own time. */
  spent: number;
}

const MIB = 1024 * 1024;
const KEPT_FAILURES = 100;
const LOG_LINES_PER_CALL = 200;

/** Exit codes of `sandbox_child.ts`. */
const EXIT_CAUSES: Readonly<Record<number, string>> = {
  71: "it used too much memory",
  72: "it sent a flood of messages",
  73: "it sent an oversized message",
};

/** Starts a plugin in a process of its own, without any permission. It is killed when it breaks a rule. */
export function startSandbox(options: SandboxOptions): Sandbox {
  const { plugin, source, deno, childPath, onHostCall, clock, log, limits = {} } = options;
  const { callMs = 60_000, heartbeatMs = 10_000, heap = 128 * MIB } = limits;
  const { memory = heap + 192 * MIB, largestMessage = 9 * MIB } = limits;
  const { messagesPerSecond = 1000, hostRequests = 16 } = limits;

  const child = spawn(deno, childPath, heap);
  const input = child.stdin.getWriter();
  const encoder = new TextEncoder();
  const calls = new Map<number, Call>();
  const over = new AbortController();
  let lastId = 0;
  let logLines = 0;
  let watching = false;
  let ping = { n: 0, answered: true, unansweredFor: 0 };
  let ended: SyncError | null = null;

  function send(message: unknown) {
    // A process that is gone is noticed by its exit.
    input.write(encoder.encode(`${JSON.stringify(message)}\n`)).catch(() => {});
  }

  function end(error: SyncError) {
    if (ended) return;
    ended = error;
    over.abort(error);
    for (const id of [...calls.keys()]) settle(id)?.reject(error);
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself in the meantime.
    }
  }

  function stopFor(cause: string) {
    const error = new SyncError("bug", `The plugin "${plugin}" was stopped: ${cause}`);
    log.error("Plugin stopped", { plugin, cause });
    end(error);
  }

  /** Takes a call off the list; whoever asks first decides how it ends. */
  function settle(id: number): Call | undefined {
    const call = calls.get(id);
    calls.delete(id);
    call?.stop.abort(new SyncError("cancelled", "The call has ended"));
    return call;
  }

  function receive(line: string) {
    const message = v.safeParse(workerMessage, parseJson(line));
    if (!message.success) return stopFor("it sent something that is no message");
    const said = message.output;
    switch (said.t) {
      case "pong":
        if (said.n === ping.n) ping.answered = true;
        break;
      case "done":
        settle(said.id)?.resolve(said.result);
        break;
      case "fail": {
        const call = settle(said.id);
        const failure = said.host === null ? undefined : call?.failures.get(said.host);
        call?.reject(failure ?? pluginError(plugin, said.code, said.message));
        break;
      }
      case "request":
        void serve(said.id, said.call, said.request);
        break;
      case "log":
        if (++logLines <= LOG_LINES_PER_CALL) {
          log[said.level]("Plugin says", { plugin, text: cleaned(said.message) });
        }
    }
  }

  async function serve(id: number, callId: number, request: unknown) {
    const call = calls.get(callId);
    if (!call) return send({ t: "reply", id, error: { kind: "bug", message: "No call is open" } });
    call.hostRequests++;
    const open = [...calls.values()].reduce((sum, { hostRequests }) => sum + hostRequests, 0);
    if (open > hostRequests) {
      return stopFor(`it sent a flood of requests, more than ${hostRequests} at once`);
    }
    try {
      const answer = await onHostCall(request, call.stop.signal, call.method);
      send({ t: "reply", id, answer });
    } catch (error) {
      const failure = error instanceof SyncError
        ? error
        : new SyncError("bug", "A request of a plugin failed in the app", { cause: error });
      call.failures.set(id, failure);
      const [oldest] = call.failures.keys();
      if (call.failures.size > KEPT_FAILURES && oldest) call.failures.delete(oldest);
      send({ t: "reply", id, error: { kind: failure.kind, message: failure.message } });
    } finally {
      call.hostRequests--;
    }
  }

  /** Runs while there are calls: counts the plugin's time and pings it. */
  async function watch() {
    watching = true;
    const tick = Math.min(callMs, heartbeatMs) / 5;
    while (calls.size > 0 && !ended) {
      const before = clock.monotonic();
      await clock.sleep(tick, over.signal);
      // When the computer slept or the app was busy, the plugin is not to blame.
      check(Math.min(clock.monotonic() - before, 2 * tick));
    }
    watching = false;
  }

  function check(elapsed: number) {
    for (const call of calls.values()) {
      if (call.hostRequests === 0) call.spent += elapsed;
      if (call.spent > callMs) return stopFor(`it did not answer within ${callMs} ms`);
    }
    if (ping.answered) {
      ping = { n: ping.n + 1, answered: false, unansweredFor: 0 };
      return send({ t: "ping", n: ping.n });
    }
    ping.unansweredFor += elapsed;
    if (ping.unansweredFor > heartbeatMs) stopFor("it is in an endless loop");
  }

  async function read() {
    try {
      // UTF-8 takes up to three bytes a character.
      for await (const line of readLines(child.stdout, 3 * largestMessage + 16)) {
        if (ended) break;
        receive(line);
      }
    } catch (error) {
      if (error instanceof LineTooLongError) stopFor("it sent an oversized message");
    }
  }

  async function waitForExit() {
    const reading = read();
    const [status, errors] = await Promise.all([child.status, tail(child.stderr), reading]);
    if (!ended) stopFor(causeOf(status, errors));
    await input.abort().catch(() => {});
  }

  send({ source, memory, largestMessage, messagesPerSecond });
  const exited = waitForExit();

  return {
    exited,
    get alive() {
      return ended === null;
    },
    async call(method, params, signal) {
      if (signal?.aborted) throw new SyncError("cancelled", "Stopped", { cause: signal.reason });
      if (ended) throw ended;
      const id = ++lastId;
      const cancel = () =>
        settle(id)?.reject(new SyncError("cancelled", "Stopped", { cause: signal?.reason }));
      try {
        return await new Promise((resolve, reject) => {
          const stop = new AbortController();
          calls.set(id, {
            method,
            resolve,
            reject,
            stop,
            failures: new Map(),
            hostRequests: 0,
            spent: 0,
          });
          signal?.addEventListener("abort", cancel, { once: true });
          logLines = 0;
          send({ t: "call", id, method, params });
          // Its sleep ends with the sandbox.
          if (!watching) watch().catch(() => {});
        });
      } finally {
        signal?.removeEventListener("abort", cancel);
      }
    },
    async close() {
      end(new SyncError("cancelled", `The plugin "${plugin}" was closed`));
      await exited;
    },
  };
}

function spawn(deno: string, childPath: string, heap: number) {
  const heapMb = Math.round(heap / MIB);
  // Windows programs do not start without it; it holds nothing of the user's.
  const systemRoot = Deno.build.os === "windows" ? Deno.env.get("SystemRoot") : undefined;
  return new Deno.Command(deno, {
    args: [
      "run",
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "--no-remote",
      "--no-npm",
      "--unstable-worker-options",
      `--v8-flags=--max-old-space-size=${heapMb},--disallow-code-generation-from-strings`,
      childPath,
    ],
    clearEnv: true,
    env: {
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
      ...(systemRoot === undefined ? {} : { SystemRoot: systemRoot }),
    },
    cwd: tmpdir(),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

function causeOf({ code }: Deno.CommandStatus, errors: string): string {
  if (/Fatal JavaScript out of memory/.test(errors)) return "it used too much memory";
  const cause = EXIT_CAUSES[code];
  if (cause) return cause;
  const words = cleaned(errors.split("\nplugin: ").at(-1) ?? "");
  return `it crashed with code ${code}: ${words || "it gave no reason"}`;
}

/** The last few thousand characters of a stream. */
async function tail(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text = (text + part).slice(-8000);
  }
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
