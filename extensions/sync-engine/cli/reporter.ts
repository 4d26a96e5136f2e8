import type { Emit, FrameError } from "../protocol.ts";

/** How people speak of the library. */
export interface LibraryWords {
  /** What providers are called, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** The option that leads another command to it, empty where none is needed; null when nothing is kept in it. */
  readonly option: string | null;
}

/** How a command tells what it does: to people on a terminal, in a log, or to programs. */
export interface Reporter {
  /** A result: programs get the data as one line, people the text. */
  say(event: string, data: object, text: string): void;
  /** A remark for people only. */
  note(text: string): void;
  learn(library: LibraryWords): void;
  /** Hears what the engine tells. */
  readonly hear: Emit;
  /** The command failed; nothing is said after it. */
  fail(error: FrameError): void;
  /** Leaves the terminal as it was. Safe to call twice. */
  close(): void;
}
