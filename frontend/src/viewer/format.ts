import type { Bounds } from "./parse/mesh.ts";

/** The sides of the box around a model, in mm: width, depth, height. */
export function sidesOf({ min, max }: Bounds): [number, number, number] {
  return [max[0] - min[0], max[1] - min[1], max[2] - min[2]];
}

/** A length as people measure it: to a tenth of a millimetre, finer where everything is small. */
export function formatLength(mm: number, largest: number, locale: string): string {
  const digits = largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(mm);
}

/** Bytes in decimal megabytes, as the rest of the app counts. */
export function formatMegabytes(bytes: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: bytes < 10e6 ? 1 : 0,
  }).format(bytes / 1e6);
}
