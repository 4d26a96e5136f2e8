import { DecimalReader } from "./decimal.ts";

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const BACKSLASH = 0x5c;

/**
 * Walks over the words of an ASCII text held as bytes. Words are separated by blanks; every control
 * character counts as one, so that stray NUL bytes and all line endings are harmless.
 */
export class TextCursor {
  /** First byte of the current word. */
  start = 0;
  /** First byte behind the current word. */
  end = 0;
  readonly #bytes: Uint8Array;
  readonly #decimals: DecimalReader;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#decimals = new DecimalReader(bytes);
  }

  /** Moves to the next word of the text; false when there is none. */
  nextWord(): boolean {
    let i = this.end;
    const bytes = this.#bytes;
    while (i < bytes.length && (bytes[i] ?? 0) <= SPACE) i++;
    return this.#take(i);
  }

  /**
   * Moves to the next word of the line, which a backslash at its end continues on the next one; false
   * at the end of the line.
   */
  nextWordOfLine(): boolean {
    const bytes = this.#bytes;
    for (let i = this.end; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === LINE_FEED || this.#isLoneReturn(i)) break;
      if (byte <= SPACE) continue;
      if (byte !== BACKSLASH) return this.#take(i);
      const next = this.#behindLineEnd(i + 1);
      if (next === null) return this.#take(i);
      i = next - 1;
    }
    return false;
  }

  /** Moves behind what is left of the line and all of its continuations. */
  skipLine(): void {
    const bytes = this.#bytes;
    let i = this.end;
    for (; i < bytes.length; i++) {
      if (bytes[i] === LINE_FEED || this.#isLoneReturn(i)) break;
      if (bytes[i] === BACKSLASH) i = (this.#behindLineEnd(i + 1) ?? i + 1) - 1;
    }
    this.end = Math.min(i + 1, bytes.length);
  }

  /** Whether the current word is this lower-case one, in whatever case it is written. */
  is(word: string): boolean {
    if (this.end - this.start !== word.length) return false;
    for (let i = 0; i < word.length; i++) {
      if (((this.#bytes[this.start + i] ?? 0) | 0x20) !== word.charCodeAt(i)) return false;
    }
    return true;
  }

  /** The number that the current word begins with, NaN when it begins with none. */
  number(): number {
    return this.#decimals.read(this.start, this.end);
  }

  #take(start: number): boolean {
    const bytes = this.#bytes;
    let i = start;
    while (i < bytes.length && (bytes[i] ?? 0) > SPACE && bytes[i] !== BACKSLASH) i++;
    if (i === start && i < bytes.length) i++;
    this.start = start;
    this.end = i;
    return i > start;
  }

  #isLoneReturn(at: number): boolean {
    return this.#bytes[at] === 0x0d && this.#bytes[at + 1] !== LINE_FEED;
  }

  /** Behind the line end at `at`, blanks before it allowed; null when something else stands there. */
  #behindLineEnd(at: number): number | null {
    const bytes = this.#bytes;
    for (let i = at; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === LINE_FEED || this.#isLoneReturn(i)) return i + 1;
      if (byte > SPACE) return null;
    }
    return bytes.length;
  }
}
