import { MAX_PAGE } from "../protocol.ts";

/** As good as all. */
export const MOST_ROWS = 1_000_000_000;

/** Which rows of a list. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** Shows page after page up to the limit. */
export function inPages(
  { offset, limit: most }: Slice,
  signal: AbortSignal,
  show: (page: Slice) => { readonly rows: readonly unknown[]; readonly total: number },
): { readonly shown: number; readonly total: number } {
  let [shown, total] = [0, 0];
  while (shown < most && !signal.aborted) {
    const limit = Math.min(MAX_PAGE, most - shown);
    const page = show({ offset: offset + shown, limit });
    total = page.total;
    shown += page.rows.length;
    if (page.rows.length < limit) break;
  }
  return { shown, total };
}

/** How much of all was shown. */
export function countText(
  all: string,
  { total, shown, offset }: { readonly [K in "total" | "shown" | "offset"]: number },
): string {
  if (shown === total) return all;
  if (shown === 0) return `Nothing left: there are ${all}, and --offset leaves ${offset} out`;
  const number = (n: number) => n.toLocaleString("en-US");
  const which = offset === 0 ? number(shown) : `${number(offset + 1)} to ${number(offset + shown)}`;
  return `${which} of ${all}${offset + shown < total ? "; --all shows them all" : ""}`;
}
