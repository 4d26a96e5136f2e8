/**
 * Reads typed values out of rows. STRICT tables already guarantee the types; a mismatch here is a fault of
 * this program (a misspelt column, a query that forgot one), so it is reported as one.
 *
 * @module
 */

import type { SQLOutputValue } from "node:sqlite";
import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";

/** One result row by column name. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

const Strings = v.array(v.string());

export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : mismatch(column, "text", value);
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function int(row: Row, column: string): number {
  const value = row[column];
  return typeof value === "number" ? value : mismatch(column, "a number", value);
}

export function intOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : int(row, column);
}

/** A 0 or 1 column. */
export function flag(row: Row, column: string): boolean {
  return int(row, column) !== 0;
}

export function blob(row: Row, column: string): Uint8Array {
  const value = row[column];
  return value instanceof Uint8Array ? value : mismatch(column, "a blob", value);
}

/** A column whose CHECK constraint admits only `allowed`. */
export function oneOf<T extends string>(row: Row, column: string, allowed: readonly T[]): T {
  const value = text(row, column);
  return allowed.find((one) => one === value) ?? mismatch(column, allowed.join(" or "), value);
}

/** A JSON array of strings. */
export function strings(row: Row, column: string): readonly string[] {
  const json = text(row, column);
  return json === "[]" ? [] : parseJson(Strings, json, column);
}

/** Parses a JSON column with a schema. */
export function parseJson<T>(schema: v.GenericSchema<unknown, T>, json: string, column: string): T {
  try {
    return v.parse(schema, JSON.parse(json));
  } catch (cause) {
    throw new SyncError("bug", `Cannot read the column "${column}": its JSON is not as expected`, {
      cause,
    });
  }
}

function mismatch(column: string, expected: string, value: unknown): never {
  const actual = value === undefined ? "missing" : typeof value;
  throw new SyncError("bug", `Cannot read the column "${column}": expected ${expected}, ${actual}`);
}
