import { ArrowDown, ArrowUp } from "lucide-solid";
import { createMemo, createSignal, For, Index, type JSX, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { shownColumns } from "./columns.tsx";
import type { LibraryModel } from "./library_model.ts";
import { libraryQuery, sortBy } from "./library_query.ts";
import { createWindowed } from "../../ui/windowed.ts";
import { ROW_HEIGHT, TableRow } from "./table_row.tsx";

/**
 * The library as a virtualised grid. The focus stays on the grid; `aria-activedescendant` tells which row it means, so
 * that rows may come and go.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function AssetTable(props: {
  readonly model: LibraryModel;
  readonly onOpen: (assetId: string) => void;
}): JSX.Element {
  const i18n = useI18n();
  const { t } = i18n;
  const { status } = useApp();
  const { rows, selection } = props.model;
  let scroller: HTMLDivElement | undefined;
  const [active, setActive] = createSignal(0);
  let anchor = 0;
  const total = () => rows.total() ?? 0;
  const tracks = createMemo(() => shownColumns().map(({ width }) => width).join(" "));
  const providerNames = createMemo(() =>
    new Map(status()?.providers.map(({ id, name }) => [id, name]))
  );
  const providerName = (id: string) => providerNames().get(id) ?? id;
  const { virtualizer, slots } = createWindowed({
    count: total,
    height: () => ROW_HEIGHT,
    element: () => scroller ?? null,
    onShow: (first, last) => rows.show(first, last),
  });

  function moveTo(index: number, extend: boolean): void {
    const next = Math.max(0, Math.min(total() - 1, index));
    setActive(next);
    virtualizer.scrollToIndex(next);
    if (extend) void props.model.selectRange(anchor, next);
    else anchor = next;
  }

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const row = rows.row(active());
    const control = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "ArrowDown":
        moveTo(active() + 1, event.shiftKey);
        break;
      case "ArrowUp":
        moveTo(active() - 1, event.shiftKey);
        break;
      case "PageDown":
        moveTo(active() + page, event.shiftKey);
        break;
      case "PageUp":
        moveTo(active() - page, event.shiftKey);
        break;
      case "Home":
        moveTo(0, event.shiftKey);
        break;
      case "End":
        moveTo(total() - 1, event.shiftKey);
        break;
      case " ":
        if (row && control) selection.toggle(row.id);
        else if (row) props.model.want(row, !row.wanted);
        break;
      case "Enter":
        if (row) props.onOpen(row.id);
        break;
      case "Escape":
        selection.clear();
        break;
      case "a":
        if (!control) return;
        selection.selectAll();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  function onRowClick(event: MouseEvent, index: number): void {
    const row = rows.row(index);
    if (!row) return;
    setActive(index);
    if (event.shiftKey) return void props.model.selectRange(anchor, index);
    anchor = index;
    if (event.ctrlKey || event.metaKey) selection.toggle(row.id);
    else selection.set([row.id]);
  }

  return (
    <div
      ref={scroller}
      class="asset-table"
      role="grid"
      tabindex="0"
      aria-label={t("views.library.title")}
      aria-describedby="asset-table-keys"
      aria-multiselectable="true"
      aria-rowcount={total() + 1}
      aria-colcount={shownColumns().length}
      aria-activedescendant={total() > 0 ? `asset-row-${active()}` : undefined}
      aria-busy={rows.stale()}
      style={{ "--tracks": tracks() }}
      onKeyDown={onKeyDown}
    >
      <p id="asset-table-keys" class="visually-hidden">{t("views.library.keys")}</p>
      <div class="asset-table-head" role="row" aria-rowindex="1">
        <For each={shownColumns()}>
          {(column) => (
            <div
              role="columnheader"
              class="asset-table-header"
              classList={{ "is-end": column.align === "end" }}
              aria-sort={libraryQuery().sort !== column.sort || !column.sort
                ? undefined
                : libraryQuery().descending
                ? "descending"
                : "ascending"}
            >
              <Show
                when={column.sort}
                fallback={
                  <span classList={{ "visually-hidden": column.id === "wanted" }}>
                    {t(`views.library.column.${column.id}`)}
                  </span>
                }
              >
                {(sort) => (
                  <button type="button" tabindex="-1" onClick={() => sortBy(sort())}>
                    {t(`views.library.column.${column.id}`)}
                    <Show when={libraryQuery().sort === sort()}>
                      {libraryQuery().descending
                        ? <ArrowDown size={12} aria-hidden="true" />
                        : <ArrowUp size={12} aria-hidden="true" />}
                    </Show>
                  </button>
                )}
              </Show>
            </div>
          )}
        </For>
      </div>
      <div
        role="rowgroup"
        class="asset-table-body"
        style={{ height: `${total() * ROW_HEIGHT}px` }}
      >
        <Index each={slots()}>
          {(index) => (
            <TableRow
              index={index()}
              isActive={index() === active()}
              model={props.model}
              providerName={providerName}
              onClick={(event) => onRowClick(event, index())}
              onOpen={props.onOpen}
            />
          )}
        </Index>
      </div>
    </div>
  );
}
