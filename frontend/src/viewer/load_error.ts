import type { ParseErrorCode } from "./parse/parse_error.ts";

/** Why a model is not shown: what parsers say, or that its bytes did not come, or took too long. */
export type LoadErrorCode = ParseErrorCode | "unreachable" | "timedOut";

/** The only error that {@linkcode loadModel} rejects with, besides `AbortError`. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly code: LoadErrorCode;

  constructor(code: LoadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
