import { DecimalReader } from "./decimal.ts";
import { ParseError } from "./parse_error.ts";

const SPACE = 0x20;
const BANG = 0x21;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const COLON = 0x3a;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const QUESTION = 0x3f;

/** Attributes beyond these are passed over; no element of 3MF has half as many. */
const MAX_ATTRIBUTES = 32;

/**
 * Walks over the tags of an XML document held as UTF-8 bytes. Workers have no DOMParser, and a tree of
 * millions of elements would not fit into memory anyway. Knows just what 3MF needs: names without
 * their prefix, attributes, no text and no entities (so that none can expand).
 */
export class XmlTags {
  /** Whether the current tag closes an element, as in `</a>`. */
  isClosing = false;
  /** Whether the current tag opens and closes its element, as in `<a/>`. */
  isEmpty = false;
  #at = 0;
  #nameStart = 0;
  #nameEnd = 0;
  #attributes = 0;
  /** For each attribute: start and end of its name, start and end of its value. */
  readonly #ranges = new Uint32Array(MAX_ATTRIBUTES * 4);
  readonly #bytes: Uint8Array;
  readonly #decimals: DecimalReader;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#decimals = new DecimalReader(bytes);
  }

  /** Moves to the next tag; false at the end of the document. */
  next(): boolean {
    const bytes = this.#bytes;
    for (let i = this.#at;;) {
      while (i < bytes.length && bytes[i] !== LESS) i++;
      if (i >= bytes.length) return false;
      i++;
      if (bytes[i] === QUESTION) i = this.#behind("?>", i);
      else if (bytes[i] === BANG) i = this.#behindDeclaration(i);
      else {
        this.#readTag(i);
        return true;
      }
    }
  }

  /** Whether the current tag has this name, whatever its prefix. */
  is(name: string): boolean {
    return this.#matches(this.#nameStart, this.#nameEnd, name);
  }

  /** The number in an attribute, NaN when there is none. */
  number(name: string): number {
    const at = this.#find(name);
    if (at < 0) return NaN;
    const end = this.#ranges[at + 3] ?? 0;
    let start = this.#ranges[at + 2] ?? 0;
    while (start < end && (this.#bytes[start] ?? 0) <= SPACE) start++;
    return this.#decimals.read(start, end);
  }

  /** The text of an attribute, null when there is none. */
  text(name: string): string | null {
    const at = this.#find(name);
    if (at < 0) return null;
    const value = this.#bytes.subarray(this.#ranges[at + 2], this.#ranges[at + 3]);
    return new TextDecoder().decode(value);
  }

  #find(name: string): number {
    for (let at = 0; at < this.#attributes * 4; at += 4) {
      if (this.#matches(this.#ranges[at] ?? 0, this.#ranges[at + 1] ?? 0, name)) return at;
    }
    return -1;
  }

  #matches(start: number, end: number, name: string): boolean {
    if (end - start !== name.length) return false;
    for (let i = 0; i < name.length; i++) {
      if (this.#bytes[start + i] !== name.charCodeAt(i)) return false;
    }
    return true;
  }

  #readTag(at: number): void {
    const bytes = this.#bytes;
    let i = at;
    this.isClosing = bytes[i] === SLASH;
    if (this.isClosing) i++;
    i = this.#readName(i);
    this.#nameStart = this.#localStart;
    this.#nameEnd = i;
    this.isEmpty = false;
    this.#attributes = 0;
    while (i < bytes.length) {
      const byte = bytes[i] ?? 0;
      if (byte === GREATER) {
        this.#at = i + 1;
        return;
      }
      this.isEmpty = byte === SLASH;
      i = byte <= SPACE || byte === SLASH ? i + 1 : this.#readAttribute(i);
    }
    throw new ParseError("damaged", "The model's XML ends inside a tag");
  }

  #readAttribute(at: number): number {
    const bytes = this.#bytes;
    let i = this.#readName(at);
    const slot = Math.min(this.#attributes, MAX_ATTRIBUTES - 1) * 4;
    this.#ranges[slot] = this.#localStart;
    this.#ranges[slot + 1] = i;
    while (i < bytes.length && (bytes[i] ?? 0) <= SPACE) i++;
    if (bytes[i] !== EQUALS) throw new ParseError("damaged", "The model's XML is malformed");
    i++;
    while (i < bytes.length && (bytes[i] ?? 0) <= SPACE) i++;
    const quote = bytes[i];
    if (quote !== QUOTE && quote !== APOSTROPHE) {
      throw new ParseError("damaged", "The model's XML is malformed");
    }
    const start = ++i;
    while (i < bytes.length && bytes[i] !== quote) i++;
    this.#ranges[slot + 2] = start;
    this.#ranges[slot + 3] = i;
    if (this.#attributes < MAX_ATTRIBUTES) this.#attributes++;
    return i + 1;
  }

  /** Where the name that was read last begins behind its prefix. */
  #localStart = 0;

  #readName(at: number): number {
    const bytes = this.#bytes;
    this.#localStart = at;
    let i = at;
    for (; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === COLON) this.#localStart = i + 1;
      else if (byte <= SPACE || byte === GREATER || byte === SLASH || byte === EQUALS) break;
    }
    return i;
  }

  #behindDeclaration(at: number): number {
    if (this.#matches(at, at + 3, "!--")) return this.#behind("-->", at + 3);
    if (this.#matches(at, at + 8, "![CDATA[")) return this.#behind("]]>", at + 8);
    throw new ParseError("unsupported", "The model's XML has a document type, which 3MF forbids");
  }

  /** Behind the first `end` at or after `at`; the end of the document when there is none. */
  #behind(end: string, at: number): number {
    const bytes = this.#bytes;
    for (let i = at; i < bytes.length; i++) {
      if (this.#matches(i, i + end.length, end)) return i + end.length;
    }
    return bytes.length;
  }
}
