import type { ParseErrorCode } from "./parse/parse_error.ts";

/** Why a file is not shown: what parsers say, or that its bytes did not come, took too long, or are locked. */
export type LoadErrorCode = ParseErrorCode | "unreachable" | "timedOut" | "password";

/** The only error that loading a file for a viewer rejects with, besides `AbortError`. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly code: LoadErrorCode;

  constructor(code: LoadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
