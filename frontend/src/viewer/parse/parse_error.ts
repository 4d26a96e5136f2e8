/** Why a file cannot be shown. Translated by code; the message says the details in English. */
export type ParseErrorCode = "damaged" | "empty" | "tooLarge" | "unsupported";

/** What every parser throws for a file that it cannot or will not read; nothing else is expected. */
export class ParseError extends Error {
  override readonly name = "ParseError";
  readonly code: ParseErrorCode;

  constructor(code: ParseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
