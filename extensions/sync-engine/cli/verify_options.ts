import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { Subset } from "../protocol.ts";

/** Bytes of the units that people write; sizes of disks are decimal. */
const UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** Milliseconds. */
const PERIODS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

/** Reads `5%`, `10G` or `1/5`. */
export function parseSubset(text: string): Subset {
  const subset = percentOf(text) ?? partOf(text) ?? sizeOf(text);
  if (subset) return subset;
  throw new InvalidArgumentError(
    "Give a share (5%), a size (10G, 500M), or one of several parts (1/5).",
  );
}

/** Reads `30d`, `12h` or `2w`; milliseconds. */
export function parsePeriod(text: string): number {
  const [, count, unit = ""] = /^(\d{1,6})([hdw])$/.exec(text) ?? [];
  const period = PERIODS[unit];
  if (count !== undefined && period !== undefined) return Number(count) * period;
  throw new InvalidArgumentError("Give hours, days or weeks: 12h, 30d, 2w.");
}

function percentOf(text: string): Subset | null {
  const percent = Number(/^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(text)?.[1]);
  return percent > 0 && percent <= 100 ? { kind: "share", percent } : null;
}

function partOf(text: string): Subset | null {
  const [, n, of] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (n === undefined || of === undefined) return null;
  return n >= 1 && n <= of && of <= 10_000 ? { kind: "part", n, of } : null;
}

function sizeOf(text: string): Subset | null {
  const [, count, unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?)([kmgt])b?$/i.exec(text) ?? [];
  const bytes = Math.round(Number(count) * (UNITS[unit.toLowerCase()] ?? NaN));
  return Number.isSafeInteger(bytes) && bytes > 0 ? { kind: "size", bytes } : null;
}
