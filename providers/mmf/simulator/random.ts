/**
 * Mixes numbers and strings into 32 bits; equal parts give equal results on every machine.
 */
export function hash(...parts: readonly (number | string)[]): number {
  let h = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === "number") {
      h = mix(h ^ (part | 0));
      h = mix(h ^ (Math.floor(part / 0x1_0000_0000) | 0));
    } else {
      for (let i = 0; i < part.length; i++) h = Math.imul(h ^ part.charCodeAt(i), 0x01000193);
      h = mix(h ^ part.length);
    }
  }
  return h >>> 0;
}

function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Hexadecimal text of `length` characters that depends on the parts only. */
export function hashHex(length: number, ...parts: readonly (number | string)[]): string {
  let text = "";
  for (let i = 0; text.length < length; i++) {
    text += hash(i, ...parts).toString(16).padStart(8, "0");
  }
  return text.slice(0, length);
}

/** A small seeded generator (mulberry32): fast, and good enough for shapes and names. */
export class Random {
  #state: number;

  constructor(...seed: readonly (number | string)[]) {
    this.#state = hash(...seed);
  }

  /** A number from 0 (included) to 1 (excluded). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.next() * list.length)] ?? list[0];
  }
}
