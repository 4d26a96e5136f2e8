import type { IndexEntry } from "./index_entry.ts";

/** What a list of assets can be sorted by. */
export type AssetSort = "title" | "creator" | "provider" | "updated" | "added" | "synced";

type Compare = (a: IndexEntry, b: IndexEntry) => number;

const byTitle: Compare = (a, b) => compareTexts(a.titleKey, b.titleKey) || a.number - b.number;

const COMPARE: Readonly<Record<AssetSort, Compare>> = {
  title: byTitle,
  creator: (a, b) => compareTexts(a.creatorKey, b.creatorKey) || byTitle(a, b),
  provider: (a, b) => compareTexts(a.provider, b.provider) || byTitle(a, b),
  updated: (a, b) => a.updatedAt - b.updatedAt || a.number - b.number,
  added: (a, b) => a.addedAt - b.addedAt || a.number - b.number,
  synced: (a, b) => a.syncedAt - b.syncedAt || a.number - b.number,
};

/** Above this many moves, sorting anew is faster than inserting one by one. */
const MAX_INSERTS = 1_000;

/** The entries in one order, kept as they change. */
export class AssetOrder {
  readonly #compare: Compare;
  #entries: IndexEntry[];
  #numbers: Int32Array | null = null;

  constructor(sort: AssetSort, entries: Iterable<IndexEntry>) {
    this.#compare = COMPARE[sort];
    this.#entries = [...entries].sort(this.#compare);
  }

  /** Asset numbers, ascending by the order: walking them is ten times as fast as walking objects. */
  get numbers(): Int32Array {
    this.#numbers ??= Int32Array.from(this.#entries, (entry) => entry.number);
    return this.#numbers;
  }

  /** Whether an entry that changes from `before` to `after` changes its place. */
  moves(before: IndexEntry, after: IndexEntry): boolean {
    return this.#compare(before, after) !== 0;
  }

  remove(entries: ReadonlySet<IndexEntry>): void {
    if (entries.size === 0) return;
    this.#entries = this.#entries.filter((entry) => !entries.has(entry));
    this.#numbers = null;
  }

  insert(entries: ReadonlySet<IndexEntry>): void {
    if (entries.size > 0) this.#numbers = null;
    if (entries.size > MAX_INSERTS) {
      this.#entries = [...this.#entries, ...entries].sort(this.#compare);
    } else {
      for (const entry of entries) this.#entries.splice(this.#placeOf(entry), 0, entry);
    }
  }

  #placeOf(entry: IndexEntry): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#entries[middle];
      if (other && this.#compare(other, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What texts are sorted by: without case and accents, and "Part 2" before "Part 10". */
export function sortKey(text: string): string {
  const plain = isAscii(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(8, "0"));
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
