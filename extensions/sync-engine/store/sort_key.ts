import { foldText } from "./fold_text.ts";

/** What texts are sorted by: without case and accents, and "Part 2" before "Part 10". */
export function sortKey(text: string): string {
  return foldText(text).replace(/\d+/g, (digits) => digits.padStart(8, "0"));
}
