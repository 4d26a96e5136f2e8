import { type Accessor, createMemo, For, Index, type JSX, Show } from "solid-js";
import type { PagedRows } from "../stores/paged_rows.ts";
import { createWindowed } from "./windowed.ts";

/** Height of a line in pixels, as `.history-line` has it. */
const LINE_HEIGHT = 48;

/** A table whose rows come in pages, however many there are: only those on the screen have elements. */
export function LongTable<Row>(props: {
  readonly label: string;
  readonly rows: PagedRows<Row>;
  /** Heads of the columns; the last one stands at the end of its column. */
  readonly heads: readonly string[];
  /** Of the head and of each line. */
  readonly class?: string | undefined;
  /** The cells of a row. */
  readonly children: (row: Accessor<Row & object>) => JSX.Element;
}): JSX.Element {
  const total = () => props.rows.total() ?? 0;
  const withClass = (name: string) => props.class === undefined ? name : `${name} ${props.class}`;
  let scroller: HTMLDivElement | undefined;
  const { slots } = createWindowed({
    count: total,
    height: () => LINE_HEIGHT,
    element: () => scroller ?? null,
    onShow: (first, last) => props.rows.show(first, last),
  });
  return (
    <div
      ref={scroller}
      class="history"
      role="table"
      tabindex="0"
      aria-label={props.label}
      aria-rowcount={total() + 1}
    >
      <div class={withClass("history-head")} role="row" aria-rowindex="1">
        <For each={props.heads}>
          {(head, at) => (
            <span role="columnheader" classList={{ "is-end": at() === props.heads.length - 1 }}>
              {head}
            </span>
          )}
        </For>
      </div>
      <div class="history-body" role="rowgroup" style={{ height: `${total() * LINE_HEIGHT}px` }}>
        <Index each={slots()}>
          {(index) => {
            const row = createMemo(() => props.rows.row(index()));
            return (
              <div
                class={withClass("history-line")}
                role="row"
                aria-rowindex={index() + 2}
                style={{ transform: `translateY(${index() * LINE_HEIGHT}px)` }}
              >
                <Show when={row()}>{(one) => props.children(one)}</Show>
              </div>
            );
          }}
        </Index>
      </div>
    </div>
  );
}
