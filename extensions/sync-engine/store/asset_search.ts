import type { Database } from "./database.ts";
import { text } from "./rows.ts";

/** More words than anybody types; a pasted page must not become a query of thousands of terms. */
const MAX_WORDS = 16;

const COMMA = 44;
const ZERO = 48;

/**
 * The FTS5 query for what a user typed: every word, as a prefix. Only letters, marks and digits get through, so
 * nothing typed has a meaning of its own to FTS5. Null when there is no word to look for.
 */
export function ftsQuery(typed: string): string | null {
  const words = typed.match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu)?.slice(0, MAX_WORDS) ?? [];
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(" ");
}

/** The numbers of the assets that match; null when the search holds no word, which matches all. */
export function searchAssets(db: Database, typed: string): number[] | null {
  const query = ftsQuery(typed);
  if (query === null) return null;
  // One text for all rows: fetching tens of thousands of rows one by one takes ten times as long.
  const row = db.get(
    "SELECT ifnull(group_concat(rowid), '') AS numbers FROM assets_fts WHERE assets_fts MATCH ?",
    query,
  );
  return parseNumbers(text(row ?? {}, "numbers"));
}

/** `"1,20,3"` as numbers, without a text for each. */
function parseNumbers(list: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (let i = 0; i < list.length; i++) {
    const code = list.charCodeAt(i);
    if (code === COMMA) {
      numbers.push(number);
      number = 0;
    } else {
      number = number * 10 + code - ZERO;
    }
  }
  if (list !== "") numbers.push(number);
  return numbers;
}
