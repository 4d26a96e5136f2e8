import { BadAnswer } from "./bad_answer.ts";

const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  "3mf": ["PK\x03\x04"],
  "7z": ["7z\xBC\xAF\x27\x1C"],
  gif: ["GIF8"],
  jpeg: ["\xFF\xD8\xFF"],
  jpg: ["\xFF\xD8\xFF", "\x89PNG", "RIFF"],
  pdf: ["%PDF"],
  png: ["\x89PNG", "\xFF\xD8\xFF", "RIFF"],
  rar: ["Rar!"],
  webp: ["RIFF"],
  zip: ["PK\x03\x04", "PK\x05\x06", "PK\x07\x08"],
};

const PAGE = /^\s*(?:<!doctype html|<html|<\?xml[^>]*\?>\s*<error>)/i;

/** How many bytes `contradiction` looks at. */
const SNIFF_LENGTH = 256;

/**
 * Compares the first bytes of a download with what its name promises. Sites answer 200 with a login or
 * error page now and then; image extensions are forgiving because sites re-encode images.
 *
 * @param head The first bytes; no more than 256 are looked at.
 * @returns What arrived instead, in words, or null when nothing speaks against the name.
 */
export function contradiction(name: string, head: Uint8Array): string | null {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const text = String.fromCharCode(...head.subarray(0, SNIFF_LENGTH));
  const isPage = PAGE.test(text.replace(/^\xEF\xBB\xBF/, ""));
  if (isPage && !["html", "htm", "xml", "svg"].includes(extension)) return "a web page";
  const signatures = SIGNATURES[extension];
  // The first block may be shorter than a signature.
  const begins = (signature: string) => text.startsWith(signature.slice(0, text.length));
  if (!signatures || signatures.some(begins)) return null;
  return `something that is not a ${extension} file`;
}

/**
 * Refuses a download whose first bytes are not what its name promises.
 *
 * @throws {BadAnswer} With what arrived instead.
 */
export function requirePromised(name: string, head: Uint8Array): void {
  const found = contradiction(name, head);
  if (found) throw new BadAnswer(`The site sent ${found} under this name`);
}
