/**
 * Schemas for the site's loosely typed values. None of them ever fails: what is not understood becomes null (or an
 * empty list), so that one odd field never costs the whole item.
 *
 * @module
 */

import * as v from "valibot";

const scalar = v.union([v.string(), v.number()]);

/** Trimmed text; numbers are written out; null when empty or of another type. */
export const text = v.pipe(v.unknown(), v.transform(toText));

/** Like `text`, cut to 500 characters: for what is shown. The core refuses a page for one field that is too long. */
export const label = v.pipe(text, v.transform((value) => value === null ? null : clip(value, 500)));

/** Text as it stands, blanks at its ends included; null when blank. For names that the site has to recognize again. */
export const verbatim = v.pipe(
  v.unknown(),
  v.transform((value) => typeof value === "string" && value.trim() !== "" ? value : toText(value)),
);

/** Decimal digits of an id that comes as a number or a string, else null. */
export const id = v.pipe(v.unknown(), v.transform(toId));

/** Bytes, from a number or a string of digits, else null. */
export const bytes = v.pipe(v.unknown(), v.transform(toBytes));

/** ISO 8601 in UTC, from ISO text or milliseconds since the epoch, else null. */
export const date = v.pipe(v.unknown(), v.transform(toIso));

/** Names, from `["a", { name: "b" }]`; whatever is neither is left out. */
export const names = v.pipe(v.unknown(), v.transform(toNames));

/** The items of a list that comes bare, as `{ items }`, or not at all. */
export const list = v.pipe(v.unknown(), v.transform(toList));

/** The value as `schema` reads it, or null. */
export function read<const S extends v.GenericSchema>(
  schema: S,
  value: unknown,
): v.InferOutput<S> | null {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : null;
}

const named = v.object({ name: text });
const listed = v.object({ items: v.array(v.unknown()) });

/** At most `longest` UTF-16 units, without half characters. */
export function clip(value: string, longest: number): string {
  const whole = value.toWellFormed();
  if (whole.length <= longest) return whole;
  return whole.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "") + "…";
}

function toText(value: unknown): string | null {
  if (!v.is(scalar, value)) return null;
  const trimmed = String(value).trim();
  return trimmed === "" ? null : trimmed;
}

function toId(value: unknown): string | null {
  const digits = toText(value);
  return digits !== null && /^\d{1,16}$/.test(digits) ? digits.replace(/^0+(?=\d)/, "") : null;
}

function toBytes(value: unknown): number | null {
  const digits = toText(value);
  if (digits === null || !/^\d{1,16}$/.test(digits)) return null;
  const size = Number(digits);
  return Number.isSafeInteger(size) ? size : null;
}

function toIso(value: unknown): string | null {
  const written = toText(value);
  if (written === null) return null;
  const at = /^\d{10,16}$/.test(written) ? Number(written) : parseIso(written);
  const moment = new Date(at);
  const isUsual = moment.getTime() >= 0 && moment.getUTCFullYear() <= 9999;
  return isUsual ? moment.toISOString() : null;
}

// Without a zone the date is read as UTC: the time zone of this machine must not change it.
function parseIso(written: string): number {
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/
    .exec(written);
  if (parts === null) return NaN;
  const zone = (parts[3] ?? "Z").replace(/^(...)(\d\d)$/, "$1:$2");
  return Date.parse(`${parts[1]}T${parts[2] ?? "00:00"}${zone}`);
}

function toNames(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const name = read(named, entry)?.name ?? toText(entry);
    return name === null ? [] : [clip(name, 200)];
  });
}

function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return read(listed, value)?.items ?? [];
}
