const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LETTER_E = 0x65;

/** More digits than this do not change a double. */
const MEANINGFUL_DIGITS = 17;

/** 10 to the power of 0 … 22, which doubles hold exactly. */
const POWERS = Array.from({ length: 23 }, (_, power) => 10 ** power);

/**
 * Reads decimal numbers straight from ASCII bytes: a text model has millions of them, and a string
 * for each takes several times as long. Exact to a unit or two in the last place of a double.
 */
export class DecimalReader {
  /** Where the number that was read last ends. */
  end = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * The number that starts at `at` and ends before `limit`, as in `-1.5e-3`; NaN when there is none.
   * What follows it directly does not matter.
   */
  read(at: number, limit: number): number {
    const bytes = this.#bytes;
    let i = at;
    const negative = bytes[i] === MINUS;
    if (negative || bytes[i] === PLUS) i++;

    let value = 0;
    let digits = 0;
    let meaningful = 0;
    let exponent = 0;
    let afterPoint = false;
    for (; i < limit; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === POINT && !afterPoint) {
        afterPoint = true;
        continue;
      }
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9) break;
      digits++;
      if (meaningful < MEANINGFUL_DIGITS) {
        value = value * 10 + digit;
        if (value > 0) meaningful++;
        if (afterPoint) exponent--;
      } else if (!afterPoint) exponent++;
    }
    this.end = i;
    if (digits === 0) return NaN;
    if (i < limit && ((bytes[i] ?? 0) | 0x20) === LETTER_E) {
      exponent += this.#exponent(i + 1, limit);
    }
    const scaled = scale(value, exponent);
    return negative ? -scaled : scaled;
  }

  /** The exponent after an `e`; without digits the `e` does not belong to the number. */
  #exponent(at: number, limit: number): number {
    const bytes = this.#bytes;
    let i = at;
    const negative = bytes[i] === MINUS;
    if (negative || bytes[i] === PLUS) i++;
    const first = i;
    let exponent = 0;
    for (; i < limit; i++) {
      const digit = (bytes[i] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      if (exponent < 10_000) exponent = exponent * 10 + digit;
    }
    if (i === first) return 0;
    this.end = i;
    return negative ? -exponent : exponent;
  }
}

function scale(value: number, exponent: number): number {
  if (exponent === 0 || value === 0) return value;
  const power = POWERS[Math.abs(exponent)];
  if (power !== undefined) return exponent < 0 ? value / power : value * power;
  // In two steps, because 10 ** -320 would already be rounded.
  const half = Math.trunc(exponent / 2);
  return value * 10 ** half * 10 ** (exponent - half);
}
