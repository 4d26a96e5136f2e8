import { type AssetSet, toAssetSet } from "./asset_set.ts";
import type { Database } from "./database.ts";
import { foldText, isAscii } from "./fold_text.ts";

/** More words than anybody types; a pasted page must not become a query of thousands of terms. */
const MAX_WORDS = 16;

/**
 * A text of folded words; what is neither letter nor digit is a blank or ASCII, where FTS5's `ascii` tokenizer splits.
 * Both what is indexed and what is typed goes through here, so the two always agree.
 */
function searchText(text: string): string {
  const folded = foldText(text);
  return isAscii(folded) ? folded : folded.replace(/[^\p{L}\p{N}]+/gu, " ");
}

/** The words that a user typed. Only letters and digits get through, so nothing typed is a command to FTS5. */
function searchWords(typed: string): string[] {
  return searchText(typed).match(/[\p{L}\p{N}]+/gu)?.slice(0, MAX_WORDS) ?? [];
}

/** The assets of which every word is the start of one; null when the search holds no word, which matches all. */
export function searchAssets(db: Database, typed: string): AssetSet | null {
  const words = searchWords(typed);
  if (words.length === 0) return null;
  return toAssetSet(db.get(
    "SELECT count(*) AS total, group_concat(rowid) AS numbers FROM assets_fts WHERE assets_fts MATCH ?",
    words.map((word) => `"${word}"*`).join(" "),
  ));
}

/** Makes the search forget assets. */
export function forgetWords(db: Database, numbers: readonly number[]): void {
  db.run(
    "DELETE FROM assets_fts WHERE rowid IN (SELECT value FROM json_each(?))",
    JSON.stringify(numbers),
  );
}

/** Makes the search find assets, which it must not know yet, by the words of their texts. */
export function learnWords(db: Database, texts: ReadonlyMap<number, string>): void {
  const words = [...texts].map(([number, text]) => [number, searchText(text)] as const);
  // One statement: FTS5 flushes its buffer at each that follows another. Whole numbers as keys come out ascending.
  db.run(
    "INSERT INTO assets_fts (rowid, words) SELECT CAST(key AS INTEGER), value FROM json_each(?)",
    JSON.stringify(Object.fromEntries(words)),
  );
}
