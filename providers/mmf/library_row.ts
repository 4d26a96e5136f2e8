/**
 * One row of `/api/data-library/objectPreviews`: one grant of one model or bundle.
 *
 * @module
 */

import * as v from "valibot";

import type { Quarantined } from "../sdk/mod.ts";
import { clip, date, id, label, names, read, text } from "./lenient.ts";

/** Kinds of item that the app mirrors. */
export type Kind = "object" | "bundle";

/** A row that was understood. Absent and odd values are null. */
export interface LibraryRow {
  /** `object-200`. Objects and bundles have overlapping numbers, so the prefix counts. */
  readonly id: string;
  readonly kind: Kind;
  readonly number: string;
  /** The number that API v2 knows the model by. */
  readonly originalId: string | null;
  readonly title: string | null;
  readonly creator: string | null;
  readonly creatorId: string | null;
  /** Address of a small picture; most rows have none. */
  readonly preview: string | null;
  readonly updatedAt: string | null;
  readonly publishedAt: string | null;
  readonly tags: readonly string[];
  readonly source: string | null;
  readonly release: string | null;
  readonly bundleId: string | null;
  readonly campaignId: string | null;
}

const Row = v.object({
  id: v.optional(text),
  type: v.optional(text),
  originalId: v.optional(id),
  name: v.optional(label),
  creatorName: v.optional(label),
  creatorUsername: v.optional(label),
  creatorId: v.optional(id),
  previewUrl: v.optional(text),
  updatedAt: v.optional(date),
  publishedAt: v.optional(date),
  tags: v.optional(names, []),
  source: v.optional(label),
  release: v.optional(label),
  bundleId: v.optional(id),
  campaignId: v.optional(id),
});

/** Reads a row; `position` counts from 1 and names a row without an id. */
export function parseRow(value: unknown, position: number): LibraryRow | Quarantined {
  const row = read(Row, value);
  if (row === null || Array.isArray(value)) {
    return { item: `row ${position}`, reason: "This row of the library is not a list entry" };
  }
  const given = row.id ?? null;
  // A bare number is read with the type beside it.
  const key = given !== null && /^\d+$/.test(given) && row.type ? `${row.type}-${given}` : given;
  if (key === null) {
    return { item: `row ${position}`, reason: "This row of the library has no id" };
  }
  const match = /^(object|bundle)-(\d{1,16})$/.exec(key);
  if (match === null) {
    const shown = clip(key, 60);
    return {
      item: shown,
      reason: `MyMiniFactory lists "${shown}", which is neither a model nor a bundle`,
    };
  }
  const number = match[2] ?? "";
  return {
    id: key,
    kind: match[1] === "bundle" ? "bundle" : "object",
    number,
    originalId: row.originalId ?? null,
    title: row.name ?? null,
    creator: row.creatorName ?? row.creatorUsername ?? null,
    creatorId: row.creatorId ?? null,
    preview: row.previewUrl ?? null,
    updatedAt: row.updatedAt ?? null,
    publishedAt: row.publishedAt ?? null,
    tags: row.tags,
    source: row.source ? clip(row.source.toLowerCase(), 200) : null,
    release: row.release ?? null,
    bundleId: row.bundleId ?? null,
    campaignId: row.campaignId ?? null,
  };
}
