/**
 * The library as the user's own browser has saved it: the list, and the names that the site's pages ask for beside it.
 *
 * @module
 */

import * as v from "valibot";

import type { Host, SavedDocument } from "../sdk/mod.ts";
import { type Library, parseLibrary } from "./library.ts";
import { id, list, read, text } from "./lenient.ts";
import { NAME_ANSWERS, type NameAnswer, noNames, takeNames } from "./names.ts";
import { SITE } from "./site.ts";

/** Where the list is. */
const LIST = `${SITE}/api/data-library/objectPreviews`;

/**
 * Reads documents, in whatever order. Each is told by its address, or by its shape where that is not known.
 *
 * @throws `badInput` that says what to do, when one is of no use or none is the list
 */
export function readSavedLibrary(host: Host, documents: readonly SavedDocument[]): Library {
  const rows: unknown[] = [];
  const names = noNames();
  let lists = 0;
  for (const given of documents) {
    const answer = kindByUrl(given.url);
    // A recording holds all that the page asked for, refused and broken answers included.
    if (given.url !== null && answer === null) continue;
    const value = parse(host, given);
    const kind = answer ?? kindByShape(value);
    if (kind === null) {
      throw host.error(
        "badInput",
        `${given.name} is something else than the list of your library: open ${LIST} and save that`,
      );
    }
    if (kind !== "list") {
      takeNames(names, kind, value);
      continue;
    }
    if (!Array.isArray(value)) {
      throw host.error(
        "badInput",
        `${given.name} is no list: sign in on the site, open ${LIST} and save that`,
      );
    }
    lists++;
    // One by one: a list may be longer than a call may have arguments.
    for (const row of value) rows.push(row);
  }
  if (lists > 0) return parseLibrary(rows, names);
  throw host.error(
    "badInput",
    `The list of your library is not among this: open ${LIST} and add what it shows`,
  );
}

/** Null for addresses that say nothing about the library. */
function kindByUrl(url: string | null): "list" | NameAnswer | null {
  const path = /\/api\/data-library\/(\w+)/.exec(url ?? "")?.[1] ?? null;
  return path === "objectPreviews"
    ? "list"
    : NAME_ANSWERS.find((answer) => answer === path) ?? null;
}

const Shape = v.object({
  id: v.optional(text),
  originalId: v.optional(id),
  source: v.optional(v.unknown()),
  type: v.optional(v.unknown()),
  libraryAddedAt: v.optional(v.unknown()),
  label: v.optional(v.unknown()),
  creator: v.optional(v.unknown()),
  pledges: v.optional(v.unknown()),
});

/** What a document without an address is: what most of its entries look like. */
function kindByShape(value: unknown): "list" | NameAnswer | null {
  if (!Array.isArray(value)) {
    return read(Shape, value)?.pledges === undefined ? null : "frontier_releases_metadata";
  }
  // Nothing owned, or nothing with a name: only the list is worth saying so.
  if (value.length === 0) return "list";
  const votes = new Map<"list" | NameAnswer, number>();
  for (const entry of v.parse(list, value).slice(0, 1000)) {
    const kind = kindOfEntry(entry);
    if (kind !== null) votes.set(kind, (votes.get(kind) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function kindOfEntry(entry: unknown): "list" | NameAnswer | null {
  const shape = read(Shape, entry);
  if (shape === null || shape.id === undefined || shape.id === null) return null;
  if (shape.type !== undefined || shape.libraryAddedAt !== undefined) return "list";
  if (/^[a-z]+-\d+$/.test(shape.id)) {
    if (shape.source !== undefined) return "list";
    return shape.id.startsWith("bundle-") ? "bundles_metadata" : "objects";
  }
  if (shape.label !== undefined) return "tribe_releases_metadata";
  if (shape.source !== undefined) return "tribes_metadata";
  return shape.creator !== undefined ? "frontiers_metadata" : "userGroups_metadata";
}

function parse(host: Host, { name, text }: SavedDocument): unknown {
  const start = text.trimStart();
  if (start === "") {
    throw host.error("badInput", `${name} is empty: open ${LIST} and save it again`);
  }
  if (start.startsWith("<")) throw host.error("badInput", pageText(name, start));
  try {
    return JSON.parse(text);
  } catch {
    throw host.error(
      "badInput",
      start.startsWith("[") || start.startsWith("{")
        ? `${name} breaks off or was changed: wait until the page has loaded to its end, then save it again`
        : `${name} is not the list of your library: open ${LIST} and save that`,
    );
  }
}

/** What a page that was saved instead of the list means. */
function pageText(name: string, html: string): string {
  if (/just a moment|attention required|cdn-cgi\/challenge-platform/i.test(html)) {
    return `${name} is the site's check for robots: open ${LIST} again in your browser, wait for the list, then save it`;
  }
  if (/type=["']?password|\/login|sign in|log in/i.test(html)) {
    return `${name} is the sign-in page: sign in on www.myminifactory.com in your browser, open ${LIST}, then save it`;
  }
  return `${name} is a page of the site, not the list: open ${LIST} and save what it shows`;
}
