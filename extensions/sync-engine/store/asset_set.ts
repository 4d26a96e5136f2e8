import type { Condition } from "./asset_filter.ts";
import { int, type Row, text } from "./rows.ts";

/** Up to so many assets are looked up one by one; more are found faster by walking an index. */
const FEW = 2_000;

/** As many marks as most libraries need. */
const MARKS = 64 * 1024;

const COMMA = 44;
const ZERO = 48;

/** Some assets by number. One text for all: fetching tens of thousands of rows takes ten times as long. */
export interface AssetSet {
  readonly total: number;
  /** As in `1,20,3`. */
  readonly numbers: string;
}

/** Reads a row of `count(*) AS total, group_concat(…) AS numbers`. */
export function toAssetSet(row: Row = {}): AssetSet {
  const total = int(row, "total");
  return { total, numbers: total === 0 ? "" : text(row, "numbers") };
}

/** The condition that an asset is in the set. */
export function among({ total, numbers }: AssetSet): Condition {
  return total <= FEW
    ? { sql: "a.number IN (SELECT value FROM json_each(?))", value: `[${numbers}]` }
    : { sql: "substr(?, a.number, 1) = x'01'", value: marks(numbers) };
}

/** A byte for each number from 1: 1 when it is in the list. */
function marks(list: string): Uint8Array {
  let bytes = new Uint8Array(MARKS);
  let number = 0;
  for (let i = 0; i <= list.length; i++) {
    const code = i < list.length ? list.charCodeAt(i) : COMMA;
    if (code !== COMMA) {
      number = number * 10 + code - ZERO;
      continue;
    }
    if (number > bytes.length) bytes = enlarge(bytes, number);
    bytes[number - 1] = 1;
    number = 0;
  }
  return bytes;
}

function enlarge(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, 2 * bytes.length));
  larger.set(bytes);
  return larger;
}
