import { type Accessor, batch, createEffect, createSignal, on, onCleanup } from "solid-js";
import type { Page } from "../../../extensions/sync-engine/protocol.ts";
import { isAbort } from "../bridge/bridge.ts";

/** Options for {@linkcode createPagedRows}. */
export interface PagedRowsOptions<Row, Query> {
  /** What is shown: when it changes everything is asked for anew. Compared by its JSON. */
  readonly query: Accessor<Query>;
  fetch(query: Query, offset: number, limit: number, signal: AbortSignal): Promise<Page<Row>>;
  /** Rows that are asked for at once, 500 at most. @default {100} */
  readonly pageSize?: number;
  /** Shortest time between two requests while one scrolls, in milliseconds. @default {120} */
  readonly pause?: number;
}

/** Rows of a list that is too long to be held: pages come as they are shown, and go when they are far away. */
export interface PagedRows<Row> {
  /** Rows on all pages, null before the first answer. */
  readonly total: Accessor<number | null>;
  /** A row, undefined while it is not here; the same object as long as nothing of it changed. Tracked. */
  row(index: number): Row | undefined;
  /** Says which rows are on the screen. */
  show(first: number, last: number): void;
  /** Asks again for what is shown; the old rows stay until the new ones come. */
  refresh(): void;
  /** Changes rows that are here, ahead of the engine; what the engine says comes with the next `refresh`. */
  patch(matches: (row: Row) => boolean, change: (row: Row) => Partial<Row>): void;
  /** Why the last page did not come, null when it did. */
  readonly error: Accessor<unknown>;
  /** Whether rows on the screen belong to an older query. */
  readonly stale: Accessor<boolean>;
}

/** Pages that stay in memory. */
const KEPT_PAGES = 12;

/** The rows of a query to the engine. */
export function createPagedRows<Row extends object, Query>(
  options: PagedRowsOptions<Row, Query>,
): PagedRows<Row> {
  const { query, pageSize = 100, pause = 120 } = options;
  // Plain rows in one signal. A store's proxies took ten times as long to put a page in: 0.7 ms, and 9 ms at worst,
  // instead of 0.06 ms and 0.2 ms with 38 rows on the screen.
  const [pages, setPages] = createSignal<ReadonlyMap<number, readonly Row[]>>(new Map());
  const [total, setTotal] = createSignal<number | null>(null);
  const [error, setError] = createSignal<unknown>(null);
  const [stale, setStale] = createSignal(false);
  const asked = new Map<number, AbortController>();
  /** Pages that have been asked for since they were last known to be wrong. */
  const fresh = new Set<number>();
  let shown = { first: 0, last: pageSize - 1 };
  let generation = 0;
  let resting: ReturnType<typeof setTimeout> | null = null;

  function take(page: number, answer: Page<Row>): void {
    batch(() => {
      // The first answer to a new query: rows of the old one go.
      const held = new Map(stale() ? [] : pages());
      held.set(page, reuse(pages().get(page), answer.rows));
      forgetFar(held);
      setPages(held);
      setStale(false);
      setTotal(answer.total);
      setError(null);
    });
  }

  async function ask(page: number): Promise<void> {
    const controller = new AbortController();
    const mine = generation;
    asked.set(page, controller);
    fresh.add(page);
    try {
      const { signal } = controller;
      const answer = await options.fetch(query(), page * pageSize, pageSize, signal);
      if (mine === generation && !signal.aborted) take(page, answer);
    } catch (failure) {
      fresh.delete(page);
      if (!isAbort(failure) && mine === generation) setError(() => failure);
    } finally {
      if (asked.get(page) === controller) asked.delete(page);
    }
  }

  function forgetFar(held: Map<number, readonly Row[]>): void {
    const middle = (shown.first + shown.last) / 2 / pageSize;
    const far = [...held.keys()].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
      .slice(KEPT_PAGES);
    for (const page of far) {
      held.delete(page);
      fresh.delete(page);
    }
  }

  function askForShown(): void {
    const first = Math.floor(shown.first / pageSize);
    const last = Math.floor(shown.last / pageSize);
    for (const [page, controller] of asked) {
      if (page >= first - 1 && page <= last + 1) continue;
      controller.abort();
      fresh.delete(page);
    }
    const end = total();
    for (let page = first; page <= last; page++) {
      if (end !== null && page > 0 && page * pageSize >= end && !stale()) continue;
      if (!fresh.has(page)) void ask(page);
    }
  }

  function rested(): void {
    resting = null;
    askForShown();
  }

  function abandon(): void {
    generation++;
    for (const controller of asked.values()) controller.abort();
    asked.clear();
    fresh.clear();
  }

  function refresh(): void {
    abandon();
    askForShown();
  }

  createEffect(on(() => JSON.stringify(query()), () => {
    setStale(total() !== null);
    refresh();
  }));
  onCleanup(() => {
    generation++;
    if (resting !== null) clearTimeout(resting);
    for (const controller of asked.values()) controller.abort();
  });

  return {
    total,
    row: (index) => pages().get(Math.floor(index / pageSize))?.[index % pageSize],
    show(first, last) {
      shown = { first: Math.max(0, first), last: Math.max(first, last) };
      // Whoever scrolls past ten thousand rows wants the ones where it ends.
      if (resting !== null) return;
      askForShown();
      if (pause > 0) resting = setTimeout(rested, pause);
    },
    refresh,
    patch(matches, change) {
      // Answers that are on their way know nothing of the change: they would take it back for a moment.
      abandon();
      setPages((held) =>
        new Map([...held].map(([page, rows]) => [
          page,
          rows.map((row) => matches(row) ? { ...row, ...change(row) } : row),
        ]))
      );
    },
    error,
    stale,
  };
}

/** The new rows; those that did not change as the objects that they were, so that nothing draws them again. */
function reuse<Row>(before: readonly Row[] | undefined, rows: readonly Row[]): readonly Row[] {
  return rows.map((row, n) => {
    const old = before?.[n];
    return old !== undefined && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
}
