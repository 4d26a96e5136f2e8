import type {
  Asked,
  EventName,
  Events,
  FrameError,
  Method,
  Results,
} from "../../../extensions/sync-engine/protocol.ts";

/**
 * How it stands with the engine.
 *
 * - `connecting`: not yet, or not any more; it is being tried
 * - `open`: calls are answered
 * - `refused`: the engine wants a launch link or a password first
 */
export type ConnectionState = "connecting" | "open" | "refused";

export interface CallOptions {
  /** Gives the answer up; the engine still does what was asked. */
  readonly signal?: AbortSignal;
  /** Milliseconds until the call fails with `timeout`. @default {15_000} */
  readonly deadline?: number;
}

/** The way to the engine. */
export interface Bridge {
  /**
   * Asks the engine. While there is no connection the call waits for one, within its deadline.
   *
   * @throws {BridgeError}
   */
  call<M extends Method>(method: M, params: Asked<M>, options?: CallOptions): Promise<Results[M]>;
  /** Hears an event until the returned function is called. */
  on<E extends EventName>(event: E, hear: (data: Events[E]) => void): () => void;
  state(): ConnectionState;
  /** Hears changes of the state until the returned function is called. */
  onState(hear: (state: ConnectionState) => void): () => void;
  close(): void;
}

/** What the bridge itself may answer, besides the engine's failure kinds. */
export type BridgeFailure = "timeout" | "disconnected";

/** A call that failed. `code` is a failure kind of the engine, or a {@linkcode BridgeFailure}. */
export class BridgeError extends Error {
  override readonly name = "BridgeError";
  readonly code: string;
  /** What the user can do, in the engine's words. */
  readonly hint: string | null;

  constructor({ code, message, hint }: FrameError) {
    super(message);
    this.code = code;
    this.hint = hint ?? null;
  }
}

/** Whether a failure is the caller's own giving up. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
