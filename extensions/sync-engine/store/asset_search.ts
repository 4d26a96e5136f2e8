import type { Database } from "./database.ts";
import { text } from "./rows.ts";

/** More words than anybody types; a pasted page must not become a query of thousands of terms. */
const MAX_WORDS = 16;

/**
 * The FTS5 query for what a user typed: every word, as a prefix. Only letters, marks and digits get through, so
 * nothing typed has a meaning of its own to FTS5. Null when there is no word to look for.
 */
export function ftsQuery(typed: string): string | null {
  const words = typed.match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu)?.slice(0, MAX_WORDS) ?? [];
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(" ");
}

/** Marks the numbers of the assets that match; null when the search holds no word, which matches all. */
export function searchAssets(db: Database, typed: string, highest: number): Uint8Array | null {
  const query = ftsQuery(typed);
  if (query === null) return null;
  // One text for all rows: fetching tens of thousands of rows one by one takes ten times as long.
  const row = db.get(
    "SELECT ifnull(group_concat(rowid), '') AS numbers FROM assets_fts WHERE assets_fts MATCH ?",
    query,
  );
  return marks(text(row ?? {}, "numbers"), highest);
}

function marks(numbers: string, highest: number): Uint8Array {
  const found = new Uint8Array(highest + 1);
  let number = 0;
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers.charCodeAt(i);
    if (code === 44) {
      found[number] = 1;
      number = 0;
    } else {
      number = number * 10 + code - 48;
    }
  }
  found[number] = 1;
  return found;
}
