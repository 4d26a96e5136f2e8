import * as v from "valibot";
import type { EventName, Events, Method } from "../../../extensions/sync-engine/protocol.ts";
import {
  type Bridge,
  BridgeError,
  type BridgeFailure,
  type CallOptions,
  type ConnectionState,
} from "./bridge.ts";
import type { Connect, Transport } from "./transport.ts";

const FrameSchema = v.union([
  v.object({
    id: v.number(),
    error: v.object({
      code: v.string(),
      message: v.string(),
      hint: v.exactOptional(v.string()),
      retryAfter: v.exactOptional(v.number()),
    }),
  }),
  v.object({ id: v.number(), result: v.unknown() }),
  v.object({ event: v.string(), data: v.unknown() }),
]);

type Frame = v.InferOutput<typeof FrameSchema>;

/** Milliseconds. */
const DEADLINE = 15_000;
const FIRST_RETRY = 200;
const LONGEST_RETRY = 3_000;

/** Time, so that tests need not wait for it. */
export interface Timers {
  /** Calls `then` after so many milliseconds, unless the returned function is called before. */
  after(ms: number, then: () => void): () => void;
}

export const systemTimers: Timers = {
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

const MESSAGES: Readonly<Record<BridgeFailure, string>> = {
  timeout: "The engine did not answer in time",
  disconnected: "The connection to the engine was lost",
};

interface Call {
  readonly frame: string;
  /** Whether it went out on the present connection. */
  sent: boolean;
  readonly settle: (frame: Frame | BridgeFailure) => void;
}

/** Requests and events over any transport: connects again by itself, and lets no call wait for ever. */
export class RpcBridge implements Bridge {
  readonly #connect: Connect;
  readonly #timers: Timers;
  readonly #calls = new Map<number, Call>();
  readonly #ears = new Map<string, Set<(data: never) => void>>();
  readonly #stateEars = new Set<(state: ConnectionState) => void>();
  #transport: Transport | null = null;
  #state: ConnectionState = "connecting";
  #nextId = 1;
  #retry = FIRST_RETRY;
  #cancelRetry = () => {};
  #closed = false;

  constructor(connect: Connect, timers: Timers = systemTimers) {
    this.#connect = connect;
    this.#timers = timers;
    this.#open();
  }

  state(): ConnectionState {
    return this.#state;
  }

  onState(hear: (state: ConnectionState) => void): () => void {
    this.#stateEars.add(hear);
    return () => void this.#stateEars.delete(hear);
  }

  on<E extends EventName>(event: E, hear: (data: Events[E]) => void): () => void {
    const ears = this.#ears.get(event) ?? new Set();
    this.#ears.set(event, ears.add(hear));
    return () => void ears.delete(hear);
  }

  call(method: Method, params: unknown, options: CallOptions = {}): Promise<never> {
    const { signal, deadline = DEADLINE } = options;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const end = () => {
        this.#calls.delete(id);
        cancelDeadline();
        signal?.removeEventListener("abort", onAbort);
      };
      const settle: Call["settle"] = (answer) => {
        end();
        if (typeof answer === "string") {
          reject(new BridgeError({ code: answer, message: MESSAGES[answer] }));
        } else if ("error" in answer) {
          reject(new BridgeError(answer.error));
        } else if ("result" in answer) {
          // Both sides come from one build: what a method answers is what the protocol says.
          resolve(answer.result as never);
        }
      };
      const onAbort = () => {
        end();
        reject(signal?.reason);
      };
      const cancelDeadline = this.#timers.after(deadline, () => settle("timeout"));
      signal?.addEventListener("abort", onAbort, { once: true });
      const call = { frame: JSON.stringify({ id, method, params }), sent: false, settle };
      this.#calls.set(id, call);
      this.#send(call);
    });
  }

  /** Tries at once, whatever was waited for: after a sign-in, or when the user asks. */
  reconnect(): void {
    if (this.#closed || this.#state === "open") return;
    this.#cancelRetry();
    this.#transport?.close();
    this.#tell("connecting");
    this.#open();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#transport?.close();
    for (const { settle } of this.#calls.values()) settle("disconnected");
  }

  #open(): void {
    this.#transport = this.#connect({
      onOpen: () => {
        this.#retry = FIRST_RETRY;
        this.#tell("open");
        for (const call of this.#calls.values()) this.#send(call);
      },
      onFrame: (frame) => this.#receive(frame),
      onClose: (reason) => this.#lost(reason),
    });
  }

  #send(call: Call): void {
    if (this.#state !== "open" || call.sent) return;
    call.sent = true;
    this.#transport?.send(call.frame);
  }

  #lost(reason: "lost" | "refused"): void {
    if (this.#closed) return;
    this.#transport = null;
    // What was asked may or may not have been done: whoever asked decides.
    for (const { sent, settle } of [...this.#calls.values()]) if (sent) settle("disconnected");
    if (reason === "refused") return this.#tell("refused");
    this.#tell("connecting");
    this.#cancelRetry = this.#timers.after(this.#retry, () => this.#open());
    this.#retry = Math.min(LONGEST_RETRY, this.#retry * 2);
  }

  #receive(text: string): void {
    const frame = v.parse(FrameSchema, JSON.parse(text));
    if ("id" in frame) return this.#calls.get(frame.id)?.settle(frame);
    // See above: the data of an event is what the protocol says.
    for (const hear of this.#ears.get(frame.event) ?? []) hear(frame.data as never);
  }

  #tell(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const hear of this.#stateEars) hear(state);
  }
}
