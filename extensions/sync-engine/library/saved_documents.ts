/**
 * What people save from a browser, made into the plain answers of the site: a JSON text as it is, the page that a
 * browser makes around one, or a recording of the network (HAR), of which nothing but addresses and answers is taken.
 *
 * @module
 */

import * as v from "valibot";
import type { SavedDocument } from "../../../providers/sdk/mod.ts";
import { SyncError } from "../platform/errors.ts";

/** A file that the user gave, as it is on disk. */
export interface SavedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Most bytes of all files of an import together. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** Characters of a file name that are repeated to the user and to plugins. */
const LONGEST_NAME = 100;

const Recording = v.object({
  log: v.object({
    entries: v.array(v.object({
      request: v.object({ url: v.string(), method: v.optional(v.string(), "GET") }),
      response: v.object({
        status: v.optional(v.number(), 200),
        content: v.optional(
          v.object({ text: v.optional(v.string(), ""), encoding: v.optional(v.string(), "") }),
          { text: "", encoding: "" },
        ),
      }),
    })),
  }),
});

/**
 * Reads files for a plugin.
 *
 * @param isOurs Whether the site answers at an address; the rest of a recording is none of the plugin's business.
 * @throws {SyncError} `badInput` when there is too much or nothing of it is text
 */
export function readDocuments(
  files: readonly SavedFile[],
  isOurs: (url: URL) => boolean,
): SavedDocument[] {
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > MOST_BYTES) {
    throw new SyncError(
      "badInput",
      `${
        Math.ceil(bytes / 1024 / 1024)
      } MB are too much at once: save the list alone, it has a few MB`,
    );
  }
  return files.flatMap((file) => {
    const name = shortName(file.name);
    const text = textOf(name, file.bytes);
    return text.startsWith("{") ? unpacked(name, text, isOurs) : [{ name, url: null, text }];
  });
}

/** The answers of a recording; a text that is none is what it is. */
function unpacked(name: string, text: string, isOurs: (url: URL) => boolean): SavedDocument[] {
  const recording = v.safeParse(Recording, parsed(text));
  if (!recording.success) return [{ name, url: null, text }];
  return recording.output.log.entries.flatMap(({ request, response }) => {
    const url = URL.parse(request.url);
    if (!url || !isOurs(url) || request.method !== "GET" || response.status !== 200) return [];
    const { text, encoding } = response.content;
    const body = encoding === "base64" ? fromBase64(text) : text;
    return body === "" ? [] : [{ name, url: url.origin + url.pathname, text: body }];
  });
}

function textOf(name: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes).trim();
    return text.startsWith("<") ? preformatted(text) ?? text : text;
  } catch (cause) {
    throw new SyncError("badInput", `${name} is no text: save the page as text or JSON`, { cause });
  }
}

/** By the mark at the begin; without one it is UTF-8. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** The JSON in the page that browsers make of one, null for any other page. */
function preformatted(html: string): string | null {
  const start = /<pre\b[^>]*>/i.exec(html);
  const end = html.toLowerCase().lastIndexOf("</pre>");
  if (start === null || end < start.index) return null;
  const text = html.slice(start.index + start[0].length, end)
    .replace(/&(?:lt|gt|quot|nbsp|#39|#x27|apos);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll("&amp;", "&").trim();
  return /^[[{]/.test(text) ? text : null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&nbsp;": "\u00a0",
  "&#39;": "'",
  "&#x27;": "'",
  "&apos;": "'",
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fromBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
  } catch {
    return "";
  }
}

function shortName(name: string): string {
  // deno-lint-ignore no-control-regex -- it is shown on terminals
  const clean = name.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ").trim();
  return clean.length > LONGEST_NAME ? `${clean.slice(0, LONGEST_NAME - 1)}…` : clean || "The text";
}
